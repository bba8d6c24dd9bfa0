package extract

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lotigraph/record"

	"golang.org/x/tools/txtar"
)

var update = flag.Bool("update", false, "rewrite the findings in testdata")

// TestCases reads the notes in testdata and compares what is found with what
// stands beneath them; testdata/README.md says the format. Between them the
// cases show every rule at work.
func TestCases(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join("testdata", "*.txt"))
	if len(files) == 0 {
		t.Fatal("no cases")
	}
	used := make(map[string]bool)
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) { runCases(t, file, used) })
	}
	names := make(map[string]bool)
	for _, rule := range Rules() {
		if names[rule.Name] {
			t.Errorf("two rules are called %q", rule.Name)
		}
		names[rule.Name] = true
		if !used[rule.Name] {
			t.Errorf("no case shows the rule %q", rule.Name)
		}
	}
	for rule := range used {
		if !names[rule] {
			t.Errorf("the rule %q is not in the list of rules", rule)
		}
	}
}

func runCases(t *testing.T, file string, used map[string]bool) {
	ar, err := txtar.ParseFile(file)
	if err != nil {
		t.Fatal(err)
	}
	// All rules are equally sure here, so that a recount moves no case: of rules
	// that say the same, the first in the list is shown.
	few := fewLexicon()
	few.rules = nil
	if filepath.Base(file) != "evidence.txt" {
		few.weights = nil // the other files show what the rules read by themselves
	}
	lex := few
	var note txtar.File
	for i, f := range ar.Files {
		name, part, _ := strings.Cut(f.Name, ".")
		switch part {
		case "known":
			lex = few.With(knownNodes(t, string(f.Data))...)
		case "note":
			note = f
		case "findings":
			r := Read(Source{Name: name + ".md", Body: string(note.Data)}, lex)
			for _, found := range r.Found {
				used[found.Rule] = true
			}
			for _, rel := range r.Relations {
				used[rel.Rule] = true
			}
			got := describe(r)
			if *update {
				ar.Files[i].Data = []byte(got)
			} else if want := string(f.Data); got != want {
				t.Errorf("%s: found\n%s\nwant\n%s", name, got, want)
			}
		default:
			t.Fatalf("%s: a part is called known, note or findings", f.Name)
		}
	}
	if *update {
		if b := txtar.Format(ar); !bytes.Equal(b, nil) {
			if err := os.WriteFile(file, b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// knownNodes reads lines such as "project Open Map = The Map; OM".
func knownNodes(t *testing.T, lines string) []record.Node {
	var list []record.Node
	for line := range strings.Lines(lines) {
		kindName, rest, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok {
			continue
		}
		kind, err := record.ParseKind(kindName)
		if err != nil {
			t.Fatal(err)
		}
		name, aliases, _ := strings.Cut(rest, " = ")
		n := record.Node{ID: record.NewID(kind, record.Slugify(name)), Name: name}
		if aliases != "" {
			n.Aliases = strings.Split(aliases, "; ")
		}
		list = append(list, n)
	}
	return list
}

// describe says a reading in lines that a person can check.
func describe(r Reading) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("title: %s", r.Title)
	if r.Number > 0 {
		line("number: %d", r.Number)
	}
	if !r.Date.IsZero() {
		line("date: %s", r.Date)
	}
	if r.Byline != "" {
		line("byline: %s", r.Byline)
	}
	if r.Form != record.FormWeeknote {
		line("form: %s", r.Form)
	}
	if r.Visibility != 0 {
		line("visibility: %s", r.Visibility)
	}
	for _, err := range r.Problems {
		line("problem: %v", err)
	}
	for _, kind := range record.Kinds() {
		for _, f := range r.Found {
			if f.Kind != kind {
				continue
			}
			more := ""
			if len(f.Aliases) > 0 {
				more += " = " + strings.Join(f.Aliases, "; ")
			}
			if f.Role != "" {
				more += " (" + f.Role + ")"
			}
			if f.ID != "" && f.Kind != record.BoroughKind {
				more += " known"
			}
			if len(f.Spans) > 1 {
				more += fmt.Sprintf(" ×%d", len(f.Spans))
			}
			line("%s: %s%s [%s]", kind.Slug(), f.Name, more, f.Rule)
		}
	}
	for _, rel := range r.Relations {
		to, role := "this text", ""
		if rel.To != SelfText {
			to = r.Found[rel.To].Name
		}
		if rel.Role != "" {
			role = " (" + rel.Role + ")"
		}
		for _, d := range []struct {
			word string
			date record.PartialDate
		}{{" since ", rel.Since}, {" until ", rel.Until}} {
			if !d.date.IsZero() {
				role += d.word + d.date.String()
			}
		}
		line("%s %s %s%s [%s]", r.Found[rel.From].Name, rel.Type, to, role, rel.Rule)
		line("  “%s”", rel.Span.Of(r.Text.Body))
	}
	if last := len(r.Text.Furniture) - 1; last >= 0 {
		if s := r.Text.Furniture[last]; s.Start >= r.Text.Main.End {
			line("footer: %s", strings.Join(strings.Fields(s.Of(r.Text.Body)), " "))
		}
	}
	return b.String()
}

// TestEmbedded reads the tables that the package carries.
func TestEmbedded(t *testing.T) {
	if n := len(gazetteer()); n < 300 {
		t.Errorf("%d bodies", n)
	}
	for rule, c := range ruleCounts() {
		if sure := c.sure(); sure <= 0 || sure >= 1 || c.right > float64(c.seen) {
			t.Errorf("%q: %+v", rule, c)
		}
	}
	for name, list := range map[string]string{"words.txt": commonWords, "givennames.txt": givenNames} {
		lines := strings.Split(strings.TrimSuffix(list, "\n"), "\n")
		if !slices.IsSorted(lines) {
			t.Errorf("%s is not sorted by bytes", name)
		}
		for _, w := range []string{lines[0], lines[len(lines)/2], lines[len(lines)-1]} {
			if !listed(list, w) {
				t.Errorf("%s: %q is not found", name, w)
			}
		}
		if listed(list, "") || listed(list, "zzzz") || listed(list, "0") {
			t.Errorf("%s has what it has not", name)
		}
	}
}
