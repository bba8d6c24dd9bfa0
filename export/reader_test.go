package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lotigraph/graph"
	"lotigraph/oracle"
	"lotigraph/record"
)

// reading is what a library found in an export.
type reading struct {
	Nodes []string
	Edges [][4]string // id, from, to, type
	More  map[string]any
}

// otherReaders are libraries that others wrote, and what each reads.
var otherReaders = []struct{ library, format string }{
	{"networkx", "graphml"}, {"networkx", "gexf"}, {"igraph", "graphml"}, {"openpyxl", "xlsx"}, {"rdflib", "jsonld"}, {"jsonld", "jsonld"},
}

// reader is the command that reads a file with a library: Python's, but for
// jsonld, which is one of npm's.
func reader(t *testing.T, library, format string) []string {
	t.Helper()
	if library != "jsonld" {
		return []string{oracle.Python(t, library), "testdata/read.py", library, format}
	}
	if _, err := os.Stat("testdata/node_modules/jsonld"); err != nil {
		oracle.Missing(t, "npm's jsonld: run `npm ci --ignore-scripts` in export/testdata")
	}
	return []string{oracle.Program(t, "node", "Node.js: install it"), "testdata/read.mjs"}
}

// TestOthersRead holds that libraries which others wrote find in the small graph
// and in the seed what JSON Lines say.
func TestOthersRead(t *testing.T) {
	stores := map[string]*graph.Snapshot{"small": snapshot(t, small(t)), "seed": snapshot(t, programme(t))}
	for _, r := range otherReaders {
		t.Run(r.library+" "+r.format, func(t *testing.T) {
			command := reader(t, r.library, r.format)
			for store, s := range stores {
				o := about(staff())
				file := filepath.Join(t.TempDir(), "export."+r.format)
				if err := os.WriteFile(file, write(t, s, r.format, o), 0o644); err != nil {
					t.Fatal(err)
				}
				got, err := readBy(t, command, file)
				if err != nil {
					t.Fatal(err)
				}
				want := toldByLines(t, write(t, s, "jsonl", o), r.library)
				same(t, store+": records", got.Nodes, want.Nodes)
				same(t, store+": links", got.Edges, want.Edges)
				if store == "small" {
					golden(t, filepath.Join("testdata", "small", r.library+"."+r.format+".json"), got.More)
				}
			}
		})
	}
}

// readBy lets a library read a file; an error is what it complains of.
func readBy(t *testing.T, command []string, file string) (got reading, err error) {
	t.Helper()
	run := exec.CommandContext(t.Context(), command[0], append(command[1:], file)...)
	var complaint strings.Builder
	run.Stderr = &complaint
	raw, err := run.Output()
	if err != nil {
		return got, fmt.Errorf("%w: %s", err, complaint.String())
	}
	return got, json.Unmarshal(raw, &got)
}

// TestOthersRefuseBrokenFiles holds that those libraries would notice a broken
// export: one that is cut off, and one with a sign that its format cannot hold.
func TestOthersRefuseBrokenFiles(t *testing.T) {
	s := snapshot(t, small(t))
	for _, r := range otherReaders {
		t.Run(r.library+" "+r.format, func(t *testing.T) {
			command := reader(t, r.library, r.format)
			whole := write(t, s, r.format, about(staff()))
			for what, broken := range map[string][]byte{
				"cut off":  whole[:len(whole)*2/3],
				"a stray":  bytes.Replace(bytes.Clone(whole), []byte("Data Map"), []byte("Data\x01<Map"), 1),
				"no start": whole[1:],
			} {
				if r.format == "xlsx" && what == "a stray" {
					continue // its names are compressed
				}
				file := filepath.Join(t.TempDir(), "export."+r.format)
				if err := os.WriteFile(file, broken, 0o644); err != nil {
					t.Fatal(err)
				}
				if got, err := readBy(t, command, file); err == nil {
					t.Errorf("%s: it read %d records and %d links", what, len(got.Nodes), len(got.Edges))
				}
			}
		})
	}
}

// toldByLines is what a library should find: the links as it names them, in a
// workbook without ids and once for each quote.
func toldByLines(t *testing.T, raw []byte, library string) (r reading) {
	t.Helper()
	for line := range strings.Lines(string(raw)) {
		var l struct {
			Node *struct{ ID string }
			Link *record.Link
		}
		parse(t, []byte(line), &l)
		if l.Node != nil {
			r.Nodes = append(r.Nodes, l.Node.ID)
		}
		if l.Link == nil {
			continue
		}
		edge, times := [4]string{l.Link.ID, string(l.Link.From), string(l.Link.To), l.Link.Type.String()}, 1
		switch library {
		case "openpyxl":
			edge[0], times = "", len(l.Link.Evidence)
		case "rdflib", "jsonld":
			for i, id := range edge[:3] {
				edge[i] = "https://graph.example.org/" + strings.Replace(id, ":", "/", 1)
			}
		}
		for range times {
			r.Edges = append(r.Edges, edge)
		}
	}
	return r
}

func same[T [4]string | string](t *testing.T, what string, got, want []T) {
	t.Helper()
	count := map[T]int{}
	for _, v := range want {
		count[v]++
	}
	for _, v := range got {
		count[v]--
	}
	for v, n := range count {
		if n != 0 {
			t.Errorf("%s: %v is missing %d times", what, v, n)
		}
	}
	if len(want) == 0 {
		t.Errorf("%s: there is nothing to compare", what)
	}
}

// golden holds what a library said to a file.
func golden(t *testing.T, file string, got any) {
	t.Helper()
	raw, err := json.MarshalIndent(got, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	raw = append(raw, '\n')
	if *update {
		if err := os.WriteFile(file, raw, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(raw, want) {
		t.Errorf("got %s, want %s", raw, want)
	}
}

// TestLibreOfficeReads holds that the sheets of a workbook, opened in LibreOffice
// and saved as text, are the tables that export writes as text.
func TestLibreOfficeReads(t *testing.T) {
	office := oracle.Program(t, "soffice", "LibreOffice: run `apt-get install libreoffice-calc-nogui` as root")
	for name, store := range map[string]*graph.Store{"small": small(t), "seed": programme(t)} {
		s, dir, o := snapshot(t, store), t.TempDir(), about(staff())
		if err := os.WriteFile(filepath.Join(dir, "loti.xlsx"), write(t, s, "xlsx", o), 0o644); err != nil {
			t.Fatal(err)
		}
		// 44, 34, 76: commas, quotation marks, UTF-8; -1: every sheet, as it is shown.
		run := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+dir+"/profile", "--headless",
			"--convert-to", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1", "--outdir", dir, filepath.Join(dir, "loti.xlsx"))
		if said, err := run.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, said)
		}
		for sheet, format := range map[string]string{"Records": "nodes.csv", "Links": "links.csv"} {
			raw, err := os.ReadFile(filepath.Join(dir, "loti-"+sheet+".csv"))
			if err != nil {
				t.Fatal(err)
			}
			got, want := rows(t, raw), rows(t, write(t, s, format, o))
			if len(got) != len(want) {
				t.Errorf("%s, %s: got %d rows, want %d", name, sheet, len(got), len(want))
				continue
			}
			for i := range want {
				if !maps.Equal(got[i], want[i]) {
					t.Errorf("%s, %s, row %d: got %q, want %q", name, sheet, i+2, got[i], want[i])
				}
			}
		}
	}
}
