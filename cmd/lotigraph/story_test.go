package main

import (
	"bytes"
	"flag"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "rewrite the answers that the documents show")

// TestDocumentedStories runs the commands that a document shows, one after another
// beside one server, and holds what they print against what it shows. A command
// stands behind "$ " in a code block, and what it prints below it.
func TestDocumentedStories(t *testing.T) {
	for _, name := range []string{"../../docs/inbox.md"} {
		t.Run(filepath.Base(name), func(t *testing.T) {
			document := readFile(t, name)
			told := newStory(t, document).tell(document)
			if told == document {
				return
			}
			if *update {
				if err := os.WriteFile(name, []byte(told), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			got, want := strings.Split(told, "\n"), strings.Split(document, "\n")
			for i := range got {
				if i >= len(want) || got[i] != want[i] {
					t.Fatalf("line %d is\n%s\nand the document shows\n%s", i+1, got[i], want[min(i, len(want)-1)])
				}
			}
		})
	}
}

// story is a person who follows a document.
type story struct {
	*person
	server string
	folder string
}

var savedFile = regexp.MustCompile("(?m)^Save this as `([\\w.-]+)`:\n\n((?:(?: {4}.*)?\n)+)")

func newStory(t *testing.T, document string) story {
	s := story{newPerson(t), "", t.TempDir()}
	for _, file := range savedFile.FindAllStringSubmatch(document, -1) {
		body := regexp.MustCompile(`(?m)^ {4}`).ReplaceAllString(strings.TrimRight(file[2], "\n")+"\n", "")
		if err := os.WriteFile(filepath.Join(s.folder, file[1]), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.server = s.serve("--data", t.TempDir()).url
	s.env["LOTIGRAPH_SERVER"] = s.server
	return s
}

// tell is the document with what its commands print below them.
func (s story) tell(document string) string {
	var out []string
	lines := strings.Split(document, "\n")
	for i := 0; i < len(lines); i++ {
		out = append(out, lines[i])
		command, ok := strings.CutPrefix(lines[i], "    $ ")
		if !ok {
			continue
		}
		for line := range strings.SplitSeq(strings.TrimRight(s.do(command), "\n"), "\n") {
			out = append(out, strings.TrimRight("    "+line, " "))
		}
		for i+1 < len(lines) && (strings.HasPrefix(lines[i+1], "    ") && !strings.HasPrefix(lines[i+1], "    $ ") ||
			lines[i+1] == "" && s.goesOn(lines[i+1:])) {
			i++
		}
	}
	return strings.Join(out, "\n")
}

// goesOn tells whether the output goes on behind blank lines.
func (s story) goesOn(lines []string) bool {
	for _, line := range lines {
		if line != "" {
			return strings.HasPrefix(line, "    ")
		}
	}
	return false
}

// do runs a command and returns what it prints.
func (s story) do(command string) string {
	s.t.Helper()
	words := wordsOf(command)
	switch words[0] {
	case "bin/lotigraph":
		for i, w := range words {
			if _, err := os.Stat(filepath.Join(s.folder, w)); err == nil {
				words[i] = filepath.Join(s.folder, w)
			}
		}
		return s.must(words[1:]...)
	case "curl":
		return s.post(words[len(words)-1])
	}
	s.t.Fatalf("%q is no command of a story", command)
	return ""
}

func (s story) post(body string) string {
	s.t.Helper()
	response, err := http.Post(s.server+"/graphql", "application/json", bytes.NewReader([]byte(body)))
	if err != nil {
		s.t.Fatal(err)
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return string(raw)
}

// wordsOf parts a command as a shell does, as far as the documents need it.
func wordsOf(command string) (words []string) {
	for _, m := range regexp.MustCompile(`'([^']*)'|"([^"]*)"|(\S+)`).FindAllStringSubmatch(command, -1) {
		words = append(words, m[1]+m[2]+m[3])
	}
	return words
}
