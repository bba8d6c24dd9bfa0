package extract

import (
	"encoding/csv"
	"encoding/json"
	"flag"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"lotigraph/record"
)

var verbose = flag.Bool("misses", false, "print every miss and every false find of the scores")

const shared = "../../shared"

// table reads a CSV table of ../seed into rows by column name.
func table(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "seed", name+".csv"))
	if err != nil {
		t.Skip("no seed tables: ", err)
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		m := make(map[string]string)
		for i, v := range row {
			m[rows[0][i]] = v
		}
		list = append(list, m)
	}
	return list
}

// seedNodes are the records of a seed table.
func seedNodes(t testing.TB, kind record.Kind) []record.Node {
	t.Helper()
	var list []record.Node
	for _, row := range table(t, kind.Plural()) {
		n := record.Node{ID: record.NewID(kind, record.Slugify(row["name"])), Name: row["name"]}
		if row["aliases"] != "" {
			n.Aliases = strings.Split(row["aliases"], ";")
		}
		if kind == record.PartnerKind {
			n.Partner = &record.Partner{Sector: row["sector"]}
		}
		list = append(list, n)
	}
	return list
}

func boroughLexicon(t testing.TB) *Lexicon {
	return NewLexicon(slices.Values(seedNodes(t, record.BoroughKind)))
}

func seedLexicon(t testing.TB) *Lexicon {
	nodes := seedNodes(t, record.BoroughKind)
	for _, kind := range []record.Kind{record.PartnerKind, record.PersonKind, record.ProjectKind} {
		nodes = append(nodes, seedNodes(t, kind)...)
	}
	return NewLexicon(slices.Values(nodes))
}

// goldTexts are the shared texts that have gold, by their name without ending.
func goldTexts(t testing.TB) map[string]Source {
	t.Helper()
	golds, _ := filepath.Glob(filepath.Join(shared, "corpus", "gold", "*.json"))
	if len(golds) == 0 {
		t.Skip("no shared corpus")
	}
	texts := make(map[string]Source)
	for _, g := range golds {
		base := strings.TrimSuffix(filepath.Base(g), ".json")
		for _, ending := range []string{".md", ".txt"} {
			for _, dir := range []string{"weeknotes", "pages"} {
				if b, err := os.ReadFile(filepath.Join(shared, "corpus", dir, base+ending)); err == nil {
					texts[base] = Source{Name: base + ending, Body: strings.ReplaceAll(string(b), "\r\n", "\n")}
				}
			}
		}
	}
	return texts
}

// score reads the gold texts with a lexicon for each and returns what the
// shared scorer prints.
func score(t *testing.T, lexicon func(base string, src Source) *Lexicon) string {
	t.Helper()
	python, err := exec.LookPath("python3")
	if err != nil {
		t.Skip("no python3")
	}
	var out strings.Builder
	enc := json.NewEncoder(&out)
	for base, src := range goldTexts(t) {
		if err := enc.Encode(Read(src, lexicon(base, src)).Facts(src.Name)); err != nil {
			t.Fatal(err)
		}
	}
	file := filepath.Join(t.TempDir(), "predictions.jsonl")
	if err := os.WriteFile(file, []byte(out.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	args := []string{filepath.Join(shared, "eval", "score.py"), filepath.Join(shared, "corpus", "gold"), file}
	if *verbose {
		args = append(args, "-v")
	}
	b, err := exec.Command(python, args...).CombinedOutput()
	if err != nil {
		t.Fatal(err, string(b))
	}
	return string(b)
}

var scoreLine = regexp.MustCompile(`(?m)^(\w+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s`)

var countRules = flag.Bool("count-rules", false, "count how often each rule is right, and write confidence.csv")

// TestConfidence reads the gold texts with nothing but the boroughs known and
// counts how often each rule is right.
func TestConfidence(t *testing.T) {
	if !*countRules {
		t.Skip("run with -count-rules to write confidence.csv")
	}
	lex, seed := boroughLexicon(t), seedLexicon(t)
	texts := goldTexts(t)
	var out strings.Builder
	enc := json.NewEncoder(&out)
	for _, base := range slices.Sorted(maps.Keys(texts)) {
		known := Read(texts[base], seed).Explain(texts[base].Name) // for the names of the lexicon only
		known.Explain.Links = nil
		known.Explain.Names = slices.DeleteFunc(known.Explain.Names, func(n NameFact) bool {
			return !strings.Contains(n.Rule, "known ") || n.Kind == record.BoroughKind.String()
		})
		for _, f := range []Facts{Read(texts[base], lex).Explain(texts[base].Name), known} {
			if f.Explain.Links == nil {
				f.Explain.Links = []RelationFact{}
			}
			if err := enc.Encode(f); err != nil {
				t.Fatal(err)
			}
		}
	}
	file := filepath.Join(t.TempDir(), "readings.jsonl")
	if err := os.WriteFile(file, []byte(out.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("python3", filepath.Join("testdata", "count.py"), filepath.Join(shared, "eval", "score.py"), filepath.Join(shared, "corpus", "gold"), file)
	cmd.Stderr = os.Stderr
	table, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("confidence.csv", table, 0o644); err != nil {
		t.Fatal(err)
	}
}

var fidelity = regexp.MustCompile(`quote fidelity (\d+)/(\d+)`)

// floor is the least precision, recall and F1 of a class.
type floor struct{ precision, recall, f1 float64 }

func checkScore(t *testing.T, printed string, floors map[string]floor) {
	t.Helper()
	t.Log("\n" + printed)
	if m := fidelity.FindStringSubmatch(printed); m == nil || m[1] != m[2] {
		t.Error("a quote is not an exact part of its text")
	}
	for _, m := range scoreLine.FindAllStringSubmatch(printed, -1) {
		f, ok := floors[m[1]]
		if !ok {
			continue
		}
		var got [3]float64
		for i := range got {
			got[i], _ = strconv.ParseFloat(m[i+2], 64)
		}
		if got[0] < f.precision || got[1] < f.recall || got[2] < f.f1 {
			t.Errorf("%s: precision %.3f, recall %.3f, F1 %.3f; at least %v", m[1], got[0], got[1], got[2], f)
		}
	}
}

func TestScoreBoroughsOnly(t *testing.T) {
	lex := boroughLexicon(t)
	checkScore(t, score(t, func(string, Source) *Lexicon { return lex }), map[string]floor{
		"boroughs": {0.98, 0.98, 0.98}, "people": {0.97, 0.97, 0.97}, "organisations": {0.97, 0.97, 0.97}, "roles": {0.9, 0.9, 0.9},
		"projects": {0.94, 0.93, 0.94}, "relations": {0.97, 0.97, 0.97}, "metadata": {1, 1, 1}})
}

// TestScoreLeftOut reads each text with a lexicon that lacks what only this
// text names: how a new text fares in a graph that knows the others.
func TestScoreLeftOut(t *testing.T) {
	all := corpus(t)
	lexicons := make(map[string]*Lexicon)
	for base := range goldTexts(t) {
		var others strings.Builder
		for name, body := range all {
			if name != base {
				others.WriteString(record.Fold(body))
				others.WriteString(" | ")
			}
		}
		var nodes []record.Node
		for _, kind := range []record.Kind{record.BoroughKind, record.PartnerKind, record.PersonKind, record.ProjectKind} {
			for _, n := range seedNodes(t, kind) {
				if kind == record.BoroughKind || slices.ContainsFunc(n.Names(), func(name string) bool {
					return strings.Contains(others.String(), " "+record.Fold(name)+" ")
				}) {
					nodes = append(nodes, n)
				}
			}
		}
		lexicons[base] = NewLexicon(slices.Values(nodes))
	}
	checkScore(t, score(t, func(base string, _ Source) *Lexicon { return lexicons[base] }), map[string]floor{
		"boroughs": {0.98, 0.98, 0.98}, "people": {0.98, 0.98, 0.98}, "organisations": {0.97, 0.98, 0.98}, "roles": {0.9, 0.9, 0.9},
		"projects": {0.95, 0.95, 0.95}, "relations": {0.97, 0.97, 0.97}, "metadata": {1, 1, 1}})
}

// corpus is every shared text by its name without ending.
func corpus(t *testing.T) map[string]string {
	t.Helper()
	texts := make(map[string]string)
	files, _ := filepath.Glob(filepath.Join(shared, "corpus", "*", "*.*"))
	for _, f := range files {
		if ending := filepath.Ext(f); ending == ".md" || ending == ".txt" {
			b, err := os.ReadFile(f)
			if err != nil {
				t.Fatal(err)
			}
			texts[strings.TrimSuffix(filepath.Base(f), ending)] = string(b)
		}
	}
	return texts
}

func TestScoreSeed(t *testing.T) {
	lex := seedLexicon(t)
	checkScore(t, score(t, func(string, Source) *Lexicon { return lex }), map[string]floor{
		"boroughs": {0.98, 0.98, 0.98}, "people": {0.98, 0.98, 0.98}, "organisations": {0.98, 0.98, 0.98}, "roles": {0.9, 0.9, 0.9},
		"projects": {0.95, 0.95, 0.95}, "relations": {0.97, 0.96, 0.97}, "metadata": {1, 1, 1}})
}
