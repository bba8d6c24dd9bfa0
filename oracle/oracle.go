// Package oracle asks programs that others wrote, so that tests can compare: what
// Python's networkx says of a graph, and what interpreters and offices read of a
// file. Only tests import it.
//
// What is not installed makes a test skip, saying how to get it. With
// LOTIGRAPH_REQUIRE_ALL=1 the test fails instead: nothing is left unproven then.
package oracle

import (
	"os"
	"os/exec"
	"testing"
)

// Python is an interpreter that can import the library: the one on the path, or
// the one that Debian's packages belong to.
func Python(t testing.TB, library string) string {
	t.Helper()
	for _, name := range []string{"/usr/bin/python3", "python3"} {
		if exec.CommandContext(t.Context(), name, "-c", "import "+library).Run() == nil {
			return name
		}
	}
	Missing(t, "Python's "+library+": run `apt-get install python3-"+library+"` as root")
	return ""
}

// Program is where a program is.
func Program(t testing.TB, name, how string) string {
	t.Helper()
	file, err := exec.LookPath(name)
	if err != nil {
		Missing(t, how)
	}
	return file
}

// Missing ends a test whose means are not there.
func Missing(t testing.TB, what string) {
	t.Helper()
	if os.Getenv("LOTIGRAPH_REQUIRE_ALL") == "1" {
		t.Fatal("this test needs " + what)
	}
	t.Skip("this test needs " + what)
}
