package extract

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"
)

// family is the sort of a feature, without what it is filled with: "does", "done with".
func family(feature string) string {
	name, _, _ := strings.Cut(feature, ";")
	name, _, _ = strings.Cut(name, ":")
	switch {
	case prepositions[strings.TrimSuffix(name, " project")]:
		return "… project"
	case strings.HasPrefix(name, "a rule ties"):
		return "a rule ties"
	case strings.HasPrefix(name, "their person "):
		return "their person"
	case strings.HasPrefix(name, "done "):
		return "done"
	}
	return name
}

// TestFeaturesAreShown holds that the notes in testdata show every sort of feature that
// has a weight.
func TestFeaturesAreShown(t *testing.T) {
	shown := make(map[string]bool)
	files, _ := filepath.Glob(filepath.Join("testdata", "*.txt"))
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range ar.Files {
			if strings.HasSuffix(f.Name, ".note") {
				for _, c := range Evidence(Source{Name: f.Name, Body: string(f.Data)}, fewLexicon()) {
					for _, feature := range c.Features {
						shown[family(feature)] = true
					}
				}
			}
		}
	}
	var missing []string
	for feature := range Fitted() {
		if name := family(feature); feature != AtLeast && !shown[name] && !slices.Contains(missing, name) {
			missing = append(missing, name)
		}
	}
	if slices.Sort(missing); len(missing) > 0 {
		t.Errorf("no note in testdata shows the features %q", missing)
	}
}

// TestReasonsAddUp holds that what is said to speak for a link is what it was judged
// by: the weights that are shown make it likely enough.
func TestReasonsAddUp(t *testing.T) {
	weighed := 0
	files, _ := filepath.Glob(filepath.Join("testdata", "*.txt"))
	for _, file := range files {
		ar, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range ar.Files {
			if !strings.HasSuffix(f.Name, ".note") {
				continue
			}
			for _, rel := range Read(Source{Name: f.Name, Body: string(f.Data)}, fewLexicon()).Relations {
				if (rel.Rule == weighedRule) != (len(rel.Because) > 0) {
					t.Errorf("%s: rule %q because %v", f.Name, rel.Rule, rel.Because)
				}
				if rel.Rule != weighedRule {
					continue
				}
				weighed++
				shown := make(Weights)
				var names []string
				for i, reason := range rel.Because {
					name := strings.Repeat("+", i) + reason.Feature // a feature may stand twice
					shown[name] = reason.Weight
					names = append(names, name)
				}
				if x := shown.likely(names); x < Fitted()[AtLeast]-1e-9 {
					t.Errorf("%s: the reasons %v make it %.2f likely", f.Name, rel.Because, x)
				}
			}
		}
	}
	if weighed == 0 {
		t.Error("no evidence was weighed")
	}
}
