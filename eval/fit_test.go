package eval_test

import (
	"bytes"
	"flag"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"testing"

	"lotigraph/eval"
	"lotigraph/extract"
)

var fitAgain = flag.Bool("fit", false, "fit the weights of evidence, and write extract/weights.csv")

// fitting are the candidates of all developed sets, with the set of each text.
func fitting(t *testing.T) (f *eval.Fitting, sets []string, lexicon func(string) *extract.Lexicon) {
	t.Helper()
	var all []eval.Case
	for _, set := range eval.Developed() {
		for _, c := range cases(t, set) {
			all, sets = append(all, c), append(sets, set)
		}
	}
	lexicon, err := eval.Others()
	if err != nil {
		t.Fatal(err)
	}
	return eval.NewFitting(all, lexicon), sets, lexicon
}

// TestWeights holds that the weights which the reader carries are those that the
// annotated texts give.
func TestWeights(t *testing.T) {
	f, _, _ := fitting(t)
	want := f.Weights()
	if *fitAgain {
		var out bytes.Buffer
		if err := eval.WriteWeights(&out, want); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join("..", "extract", "weights.csv"), out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	const close = 0.03 // other processors round otherwise
	got := extract.Fitted()
	for feature, x := range want {
		if math.Abs(got[feature]-x) > close {
			t.Fatalf("%q weighs %.2f, and the texts give %.2f: go test ./eval -run TestWeights -fit, then -update and -count-rules", feature, got[feature], x)
		}
	}
}

// TestLeaveOut reads each text with the weights that the others give, and compares
// with leaveout.txt. The links in what real weeknotes say must be as precise as asked.
func TestLeaveOut(t *testing.T) {
	f, sets, lexicon := fitting(t)
	rules, weighed := make(map[string]*eval.Score), make(map[string]*eval.Score)
	for i, c := range f.Cases {
		if rules[sets[i]] == nil {
			rules[sets[i]], weighed[sets[i]] = eval.NewScore(), eval.NewScore()
		}
		lex := lexicon(c.Gold.File)
		rules[sets[i]].Add(c, extract.Read(c.Source, lex.Weighed(nil)).Facts(c.Source.Name))
		weighed[sets[i]].Add(c, extract.Read(c.Source, lex.Weighed(f.Without(i))).Facts(c.Source.Name))
	}
	var out bytes.Buffer
	for _, set := range eval.Developed() {
		for _, how := range []struct {
			name  string
			score *eval.Score
		}{{"rules alone", rules[set]}, {"rules, and evidence weighed without the text", weighed[set]}} {
			fmt.Fprintf(&out, "%s: %s\n\n", set, how.name)
			how.score.PrintLinks(&out)
			out.WriteByte('\n')
		}
		if *misses {
			for _, line := range weighed[set].Wrong {
				t.Log(set, line)
			}
		}
		const least = 0.85
		if p := weighed[set].Class["relations"].Precision(); p < least {
			t.Errorf("%s: the precision of links is %.3f, and must be %.2f", set, p, least)
		}
	}
	if *update {
		if err := os.WriteFile("leaveout.txt", out.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile("leaveout.txt")
	if err != nil {
		t.Fatal(err)
	}
	if got := out.String(); got != string(want) {
		t.Errorf("the figures have changed; go test ./eval -update writes them down:\n%s", changed(string(want), got))
	}
}
