package ingest_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"lotigraph/ingest"
)

// TestTexts reads each file of the archives in testdata/sources, and compares
// the texts and problems found with the part of that name and ".want".
func TestTexts(t *testing.T) {
	files, err := filepath.Glob("testdata/sources/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no sources: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			wanted := map[string]string{}
			for _, f := range archive.Files {
				if name, ok := strings.CutSuffix(f.Name, ".want"); ok {
					wanted[name] = string(f.Data)
				}
			}
			var now []txtar.File
			for _, f := range archive.Files {
				if strings.HasSuffix(f.Name, ".want") {
					continue
				}
				got := said(ingest.Texts(ingest.File{Name: f.Name, Body: f.Data}))
				now = append(now, f, txtar.File{Name: f.Name + ".want", Data: []byte(got)})
				if !*update && got != wanted[f.Name] {
					t.Errorf("%s: got\n%s\nwant\n%s", f.Name, got, wanted[f.Name])
				}
			}
			if *update {
				archive.Files = now
				if err := os.WriteFile(file, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

func said(list []ingest.File, problems []ingest.Problem) string {
	var b strings.Builder
	for _, f := range list {
		fmt.Fprintf(&b, "== %s\n%s", f.Name, f.Body)
	}
	for _, p := range problems {
		fmt.Fprintf(&b, "problem: %s\n", p.Error())
	}
	return b.String()
}

// What a page says of itself is what the record says of it.
func TestPageDetails(t *testing.T) {
	store := open(t)
	page := ingest.File{Name: "saved.html", Body: []byte(`<title>Second steps – LOTI</title><link rel="canonical" href="https://loti.example/second/">
<meta property="article:published_time" content="2020-12-11T09:00:00Z"><meta name="author" content="Ann Lee">
<nav>Home</nav><h1>Second steps</h1><p>Barnet came, and so did Sutton, and they spoke about data for a while.</p>`)}
	if _, err := ingest.New(store).File(t.Context(), page, ingest.Options{Now: noon}); err != nil {
		t.Fatal(err)
	}
	node, text, err := snapshot(t, store).BySource(t.Context(), "https://loti.example/second/")
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(node.Name, "; ", node.URL, "; ", node.Weeknote.Date, "; ", node.Weeknote.Byline, "; ", text.Main.Of(text.Body))
	if want := "Second steps; https://loti.example/second/; 2020-12-11; Ann Lee; Barnet came, and so did Sutton, and they spoke about data for a while."; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	sound(t, store)
}

// A page is read in the character set that it says, or that its bytes say.
func TestCharacterSets(t *testing.T) {
	utf16 := func(s string) []byte {
		b := []byte("\xff\xfe")
		for _, r := range s {
			b = append(b, byte(r), byte(r>>8))
		}
		return b
	}
	for _, body := range [][]byte{
		[]byte("<meta charset=windows-1252><title>Caf\xe9</title><p>Caf\xe9 \x93x\x94"),
		[]byte("<title>Caf\xe9</title><p>Caf\xe9 \x93x\x94"),
		[]byte("<meta charset=utf-8><title>Café</title><p>Café “x”"),
		[]byte("\xef\xbb\xbf<title>Café</title><p>Café “x”"),
		[]byte("<title>" + strings.Repeat(" ", 2000) + "Café</title><p>Café “x”"),
		utf16("<title>Café</title><p>Café “x”"),
	} {
		if got := said(ingest.Texts(ingest.File{Name: "a.html", Body: body})); !strings.Contains(got, "# Café\n\nCafé “x”\n") {
			t.Errorf("%q: %s", body[:20], got)
		}
	}
}
