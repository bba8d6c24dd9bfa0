package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// sourceFolder is a folder with one file of each sort.
func sourceFolder(t *testing.T) string {
	dir := t.TempDir()
	book := excelize.NewFile()
	for i, row := range [][]any{{"", "Data Ethics", "Data Skils"}, {"Camden", "lead", "x"}, {"Sutton", 44197, "perhaps"}} {
		if err := book.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	var workbook bytes.Buffer
	if err := book.Write(&workbook); err != nil {
		t.Fatal(err)
	}
	for name, body := range map[string]string{
		"note.md":      "Weeknote 1\n\nCamden came.\n",
		"page.html":    "<title>Data Ethics \u2013 LOTI</title><link rel=canonical href=https://loti.example/ethics/><nav>Menu</nav><h1>Data Ethics</h1><p>Sutton came.</p>",
		"feed.xml":     `<rss version="2.0"><channel><item><title>Weeknote 2</title><link>https://loti.example/2/</link><description>Barnet came.</description></item></channel></rss>`,
		"posts.json":   `[{"id":3,"link":"https://loti.example/3/","date":"2021-01-04T09:00:00","title":{"rendered":"Weeknote 3"},"content":{"rendered":"<p>Brent came.</p>"}}]`,
		"projects.csv": "Project name\nData Ethics\n",
		"people.tsv":   "Name\tURL\nAda Ex\xe9mple\t\n",
		"grid.xlsx":    workbook.String(),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// A folder of every sort of source goes in, into a folder and through a server
// alike; a second time nothing changes.
func TestImportSources(t *testing.T) {
	w := newPerson(t)
	s := w.serve("--seed=false", "--data", t.TempDir())
	dir := sourceFolder(t)
	for _, where := range [][]string{{"--data", t.TempDir()}, {"--server", s.url}} {
		r := w.run("import", where[0], where[1], dir)
		for _, says := range []string{"texts    5 added", "records  2 added", "links    2 confirmed"} {
			if !strings.Contains(r.out, says) {
				t.Errorf("%s: it does not say %q:\n%s%s", where[0], says, r.out, r.err)
			}
		}
		for _, says := range []string{`grid.xlsx: sheet Sheet1, row 1, column C: no record is called "Data Skils"`, `grid.xlsx: sheet Sheet1, row 3, column C (Data Skils): "perhaps" is not understood`} {
			if !strings.Contains(r.err, says) {
				t.Errorf("%s: it does not say %q:\n%s", where[0], says, r.err)
			}
		}
		again := w.run("import", where[0], where[1], dir)
		if !strings.Contains(again.out, "texts    5 there already\nrecords  no change\nlinks    no change") {
			t.Errorf("%s: the second time it says\n%s", where[0], again.out)
		}
	}
}

// site is a feed that changes.
func site(t *testing.T, items *string) string {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		tag := fmt.Sprintf(`"%d"`, len(*items))
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		fmt.Fprintf(w, `<rss version="2.0"><channel>%s</channel></rss>`, *items)
	}))
	t.Cleanup(s.Close)
	return s.URL
}

// A feed is followed into a folder and through a server; what it said last is
// remembered, and a signal ends it cleanly.
func TestFollow(t *testing.T) {
	w := newPerson(t)
	s := w.serve("--seed=false", "--data", t.TempDir())
	for _, where := range [][]string{{"--data", t.TempDir()}, {"--server", s.url}} {
		items := "<item><title>Weeknote 1</title><link>https://loti.example/1/</link><description>Camden came.</description></item>"
		address := site(t, &items)
		if out := w.must("follow", "--once", where[0], where[1], address); !strings.Contains(out, "1 added") {
			t.Errorf("%s: first %s", where[0], out)
		}
		if out := w.must("follow", "--once", where[0], where[1], address); !strings.Contains(out, "nothing changed") {
			t.Errorf("%s: then %s", where[0], out)
		}
		items += "<item><title>Weeknote 2</title><link>https://loti.example/2/</link><description>Sutton came.</description></item>"
		ctx, stop := context.WithCancel(t.Context())
		out, ended := &watched{}, make(chan int, 1)
		go func() { ended <- w.program(out, io.Discard, "follow", where[0], where[1], address).run(ctx) }()
		for !strings.Contains(out.String(), "1 added, 1 there already") || !strings.Contains(out.String(), "next look in 1h0m0s") {
			select {
			case code := <-ended:
				t.Fatalf("%s: it ended with exit code %d: %s", where[0], code, out)
			case <-time.After(10 * time.Millisecond):
			}
		}
		stop()
		if code := <-ended; code != exitOK {
			t.Errorf("%s: ended by a signal, the exit code is %d", where[0], code)
		}
	}
	for _, args := range [][]string{{"follow"}, {"follow", "--every", "1s", "https://loti.example/"}} {
		if r := w.run(args...); r.code != exitMisuse {
			t.Errorf("%q: exit code %d", args, r.code)
		}
	}
	if r := w.run("follow", "--once", "--data", t.TempDir(), "http://127.0.0.1:1/feed"); r.code != exitFailed || !strings.Contains(r.err, "does not answer") {
		t.Errorf("nobody there: exit code %d, %s", r.code, r.err)
	}
}

var exampleOfSources = regexp.MustCompile("(?m)^`([a-z]+\\.[a-z]+)`:\n\n((?:    .*\n|\n)+)")

// The examples of docs/sources.md go in as they stand there, and its commands
// have the flags that it shows.
func TestSourcesDocument(t *testing.T) {
	w := newPerson(t)
	document := readFile(t, "../../docs/sources.md")
	dir := t.TempDir()
	examples := exampleOfSources.FindAllStringSubmatch(document, -1)
	for _, example := range examples {
		body := strings.ReplaceAll("\n"+strings.TrimRight(example[2], "\n"), "\n    ", "\n")[1:] + "\n"
		if err := os.WriteFile(filepath.Join(dir, example[1]), []byte(body), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if len(examples) != 7 {
		t.Errorf("docs/sources.md has %d examples", len(examples))
	}
	out := w.must("import", "--data", t.TempDir(), dir)
	for _, says := range []string{"texts    6 added", "records  2 added", "links    7 confirmed"} {
		if !strings.Contains(out, says) {
			t.Errorf("it does not say %q:\n%s", says, out)
		}
	}
	for _, call := range callOfReadme.FindAllStringSubmatch(document, -1) {
		words := strings.Fields(call[1])
		usage := strings.Fields(w.must("help", words[0]))
		for _, word := range words[1:] {
			if strings.HasPrefix(word, "--") && !slices.Contains(usage, word) {
				t.Errorf("docs/sources.md: %s has no flag %s", words[0], word)
			}
		}
	}
}

// A text is pasted through a pipe, into a folder and through a server.
func TestPipedText(t *testing.T) {
	w := newPerson(t)
	pipe := func(args ...string) ran {
		var out, err bytes.Buffer
		p := w.program(&out, &err, args...)
		p.stdin = strings.NewReader("Weeknote 9\n\nCamden is well.\n")
		code := p.run(t.Context())
		return ran{out.String(), err.String(), code}
	}
	data := t.TempDir()
	if r := pipe("import", "--data", data, "--name", "nine.md", "-"); r.code != exitOK || !strings.Contains(r.out, "1 added") {
		t.Errorf("into a folder: %d %s%s", r.code, r.out, r.err)
	}
	if r := pipe("import", "--data", data, "--name", "nine.md", "-"); !strings.Contains(r.out, "1 there already") {
		t.Errorf("again: %s%s", r.out, r.err)
	}
	if r := pipe("import", "--server", w.serve("--data", t.TempDir()).url, "-"); r.code != exitOK || !strings.Contains(r.out, "1 added") {
		t.Errorf("through a server: %d %s%s", r.code, r.out, r.err)
	}
	for _, wrong := range [][]string{{"import", "--data", data, "-", "x.md"}, {"import", "--data", data, "--name", "../x.md", "-"}} {
		if r := pipe(wrong...); r.code != exitMisuse {
			t.Errorf("%v: %d %s", wrong, r.code, r.err)
		}
	}
}
