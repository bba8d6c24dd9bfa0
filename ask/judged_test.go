package ask_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"lotigraph/ask"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// judged is a question with the reading that it must have.
type judged struct{ want, question string }

func readJudged(t testing.TB, name string) (list []judged) {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(data)) {
		if want, question, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); ok && !strings.HasPrefix(line, "#") {
			list = append(list, judged{want, question})
		}
	}
	return list
}

// readingOf is how a question was read, as the files write it.
func readingOf(a *ask.Answer) string {
	switch {
	case a.Template == "" && strings.Contains(a.Sentence, "choose one"):
		return "ask"
	case a.Template == "":
		return "search"
	}
	parts := []string{a.Template}
	for _, s := range a.Slots {
		value := s.Value
		if _, slug, ok := strings.Cut(value, ":"); ok {
			value = slug
		}
		parts = append(parts, strings.ReplaceAll(value, " ", "_"))
	}
	switch {
	case !a.Lens.AsOf.IsZero():
		parts = append(parts, "@"+a.Lens.AsOf.String())
	case a.When != ask.When{}:
		parts = append(parts, a.When.From.String()+".."+a.When.To.String())
	}
	return strings.Join(parts, " ")
}

// TestJudged asks the questions of testdata/judged.txt and compares the answers
// with the golden file, where a person reads them. Of those in testdata/held.txt,
// on which nobody tunes, only the figures are kept.
func TestJudged(t *testing.T) {
	a := seeded(t)
	for _, set := range []string{"judged", "held"} {
		t.Run(set, func(t *testing.T) { judge(t, a, set, set == "judged") })
	}
}

func judge(t *testing.T, a ask.Asker, set string, shown bool) {
	counts := map[string]int{}
	var each strings.Builder
	list := readJudged(t, "testdata/"+set+".txt")
	for _, j := range list {
		answer := asked(t, a, j.question)
		got := readingOf(answer)
		verdict := "wrong"
		switch {
		case got == j.want:
			verdict = "right"
		case got == "search" || got == "ask":
			verdict = "fallback"
		}
		counts[verdict]++
		fmt.Fprintf(&each, "%s: %s\n    read  %s\n", verdict, j.question, got)
		if verdict != "right" {
			fmt.Fprintf(&each, "    want  %s\n", j.want)
		}
		fmt.Fprintf(&each, "    says  %s\n", answer.Sentence)
	}
	golden := fmt.Sprintf("%d questions: %d right, %d fallback, %d wrong\n", len(list), counts["right"], counts["fallback"], counts["wrong"])
	t.Log(golden)
	if shown {
		golden += "\n" + each.String()
	}
	compare(t, "testdata/"+set+".golden", golden)
	if counts["wrong"] > 0 {
		t.Errorf("%d questions are read wrongly", counts["wrong"])
	}
}

func compare(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if string(want) != got {
		t.Errorf("%s differs; read what moved and run with -update if it is better", name)
	}
}

// Every example of a template is read as that template, with its own slots, and
// everything that is offered beside an answer is understood when it is asked.
func TestExamplesAndOffers(t *testing.T) {
	a := seeded(t)
	if n := len(ask.Templates()); n < 20 {
		t.Errorf("%d templates", n)
	}
	var names []string
	for _, tpl := range ask.Templates() {
		if slices.Contains(names, tpl.Name) {
			t.Error("twice:", tpl.Name)
		}
		names = append(names, tpl.Name)
		answer := asked(t, a, tpl.Example)
		if answer.Template != tpl.Name {
			t.Errorf("%s is read as %q", tpl.Example, readingOf(answer))
			continue
		}
		if again := asked(t, a, answer.Question); readingOf(again) != readingOf(answer) {
			t.Errorf("%s is read as %q", answer.Question, readingOf(again))
		}
		for _, q := range answer.OtherReadings {
			if other := asked(t, a, q); other.Understood == "" {
				t.Errorf("%s, offered beside %s, is not understood", q, tpl.Example)
			}
		}
	}
}
