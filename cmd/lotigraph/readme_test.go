package main

import (
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	queryOfReadme = regexp.MustCompile(`(?m)^    curl .* --data '(.*)'$`)
	replyOfReadme = regexp.MustCompile(`(?m)^    (\{"data".*)$`)
	callOfReadme  = regexp.MustCompile(`(?m)^ {4}.*bin/lotigraph (.*)$`)
)

// What README.md shows is what happens: the first query and its answer.
func TestReadmeAnswer(t *testing.T) {
	readme := readFile(t, "../../README.md")
	query, reply := queryOfReadme.FindStringSubmatch(readme), replyOfReadme.FindStringSubmatch(readme)
	if query == nil || reply == nil {
		t.Fatal("README.md shows no query with its answer")
	}
	s := newPerson(t).serve("--data", t.TempDir())
	response, err := http.Post(s.url+"/graphql", "application/json", strings.NewReader(query[1]))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var got strings.Builder
	if err := response.Write(&got); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got.String(), reply[1]) {
		t.Errorf("README.md says that the answer is\n%s\nbut it is\n%s", reply[1], got.String())
	}
}

// Commands that the documents show have the flags they show.
func TestDocumentedFlags(t *testing.T) {
	w := newPerson(t)
	for _, name := range []string{"../../README.md", "../../docs/operations.md", "../../docs/ask.md", "../../docs/assist.md", "../../docs/sources.md", "../../seed/README.md"} {
		for _, call := range callOfReadme.FindAllStringSubmatch(readFile(t, name), -1) {
			words := strings.Fields(call[1])
			usage := strings.Fields(w.must("help", words[0]))
			for _, word := range words[1:] {
				if flag, _, _ := strings.Cut(word, "="); strings.HasPrefix(flag, "--") && !slices.Contains(usage, flag) {
					t.Errorf("%s: %s has no flag %s", name, words[0], flag)
				}
			}
		}
	}
}

func readFile(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}
