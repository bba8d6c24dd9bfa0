package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// A network is the same from a folder and through a server, and what is wrong is
// said before anything is opened.
func TestNetworkCommand(t *testing.T) {
	w := newPerson(t)
	data := t.TempDir()
	s := w.serve("--data", data)
	through := w.must("network", "--server", s.url, "--first", "3")
	s.stop()
	here := w.must("network", "--data", data, "--first", "3")
	if here != through {
		t.Errorf("from the folder\n%s\nthrough the server\n%s", here, through)
	}
	for _, want := range []string{"London Office of Technology and Innovation  ", "betweenness", "more; --first 0 shows up to 500", "Who shares most:", "City Tools"} {
		if !strings.Contains(here, want) {
			t.Errorf("the network lacks %q:\n%s", want, here)
		}
	}
	documented, err := os.ReadFile("../../docs/networks.md")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(here) {
		if !strings.Contains(string(documented), strings.TrimSuffix(line, "\n")) {
			t.Errorf("docs/networks.md lacks the line %q", line)
		}
	}
	var got netAnswer
	if err := json.Unmarshal([]byte(w.must("network", "--data", data, "--json", "--of", "borough", "--first", "0", "--weight", "newman", "--from", "2020", "--proposed")), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Nodes) != got.NodeCount || len(got.Edges) != got.EdgeCount || got.EdgeCount == 0 || got.DataVersion == "" {
		t.Errorf("as JSON: %+v", got)
	}
}
