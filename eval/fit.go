package eval

import (
	"encoding/csv"
	"io"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"

	"lotigraph/extract"
)

// Instance is a candidate for a link with what people say of it.
type Instance struct {
	extract.Candidate
	Right  bool    // people found the link in the text, perhaps as a guess
	Counts float64 // how much it counts in the fitting
	text   int     // which text it is of
}

// A candidate counts in full where people quoted its passage; less where they found
// the link elsewhere in the text, and half of that where they only guessed it.
const (
	elsewhere = 0.3
	guessed   = 0.5
)

// instances are the candidates of a text, labelled by what people found in it.
func instances(c Case, lex *extract.Lexicon, text int) (list []Instance) {
	for _, candidate := range extract.Evidence(c.Source, lex) {
		in := Instance{Candidate: candidate, Counts: 1, text: text}
		for _, want := range c.Gold.Relations {
			if in.Right || !sameLink(want, GoldLink{Subject: candidate.Subject, Predicate: candidate.Predicate, Object: candidate.Object}) {
				continue
			}
			in.Right = true
			if !strings.Contains(want.Quote, candidate.Quote) && !strings.Contains(candidate.Quote, want.Quote) {
				in.Counts *= elsewhere
			}
			if want.inferred() {
				in.Counts *= guessed
			}
		}
		list = append(list, in)
	}
	return list
}

const (
	// ridge pulls weights to what is known beforehand: the more, the fewer texts say
	// otherwise.
	ridge = 1.5
	// rounds of fitting, after which the weights stand still to two decimals.
	rounds = 150
	// rarely seen features get no weight.
	leastSeen = 2
)

// atLeast says how likely a link must be to be proposed: three times out of four.
const atLeast = 0.75

// beforehand is what the guidelines of those who annotate say before any text is
// seen: who only pays, tells of something, or learns from it, hardly takes part.
var beforehand = extract.Weights{
	"does: pay": -1, "done by: pay": -1, "does: copy": -1.5, "does: say": -0.5, "sentence: hope": -0.5, "sentence: copy": -0.5,
	"preceded by: like": -1, "preceded by: than": -1,
}

// fit is logistic regression: it finds, step by step, the weights under which what
// people said is most likely, each pulled to what is known beforehand (a Gaussian
// prior, or ridge). A step is Newton's with the curvature bounded feature by feature,
// so that all weights can move at once and none overshoots.
func fit(list []Instance) extract.Weights {
	names, rows := numbered(list)
	prior := make([]float64, len(names))
	for i, name := range names {
		prior[i] = beforehand[name]
	}
	w := slices.Clone(prior)
	slope, curve := make([]float64, len(w)), make([]float64, len(w))
	for range rounds {
		for i := range w {
			slope[i], curve[i] = -ridge*(w[i]-prior[i]), ridge
		}
		for n, row := range rows {
			sum, right := 0.0, 0.0
			for _, f := range row {
				sum += w[f]
			}
			if list[n].Right {
				right = 1
			}
			p := 1 / (1 + math.Exp(-sum))
			for _, f := range row {
				slope[f] += list[n].Counts * (right - p)
				curve[f] += list[n].Counts * p * (1 - p) * float64(len(row))
			}
		}
		for i := range w {
			w[i] += slope[i] / curve[i]
		}
	}
	out := extract.Weights{extract.AtLeast: atLeast}
	for i, name := range names {
		if x := math.Round(w[i]*100) / 100; x != 0 {
			out[name] = x
		}
	}
	for name, x := range beforehand {
		if _, ok := out[name]; !ok {
			out[name] = x
		}
	}
	return out
}

// numbered are the features that are seen often enough, in order, and the instances
// as their numbers.
func numbered(list []Instance) (names []string, rows [][]int) {
	seen := make(map[string]int)
	for _, in := range list {
		for _, f := range in.Features {
			seen[f]++
		}
	}
	maps.DeleteFunc(seen, func(_ string, n int) bool { return n < leastSeen })
	names = slices.Sorted(maps.Keys(seen))
	number := make(map[string]int, len(names))
	for i, name := range names {
		number[name] = i
	}
	for _, in := range list {
		var row []int
		for _, f := range in.Features {
			if i, ok := number[f]; ok {
				row = append(row, i)
			}
		}
		rows = append(rows, row)
	}
	return names, rows
}

// Fitting are annotated texts with their candidates, ready to fit weights.
type Fitting struct {
	Cases []Case
	list  []Instance
}

// NewFitting gathers the candidates of some texts, each read with the lexicon of its
// own.
func NewFitting(cases []Case, lexicon func(base string) *extract.Lexicon) *Fitting {
	f := &Fitting{Cases: cases}
	for i, c := range cases {
		f.list = append(f.list, instances(c, lexicon(c.Gold.File), i)...)
	}
	return f
}

// Weights are those that fit all texts.
func (f *Fitting) Weights() extract.Weights { return fit(f.list) }

// Without are the weights that fit all texts but the i-th: what is found in that one
// with them says how a new text fares.
func (f *Fitting) Without(i int) extract.Weights {
	return fit(slices.DeleteFunc(slices.Clone(f.list), func(in Instance) bool { return in.text == i }))
}

// WriteWeights writes the table that package extract carries.
func WriteWeights(out io.Writer, w extract.Weights) error {
	table := csv.NewWriter(out)
	_ = table.Write([]string{"feature", "weight"}) // Error tells of it below
	for _, feature := range slices.Sorted(maps.Keys(w)) {
		_ = table.Write([]string{feature, strconv.FormatFloat(w[feature], 'f', 2, 64)})
	}
	table.Flush()
	return table.Error()
}
