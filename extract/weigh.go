package extract

import (
	"cmp"
	_ "embed" // for the weights
	"encoding/csv"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"

	"lotigraph/record"
)

// weighedRule is the name under which links are shown for which evidence was weighed.
const weighedRule = "weighed evidence"

// AtLeast is the row of the table that is no feature: how likely a link must be to
// be proposed.
const AtLeast = "(at least)"

// Weights say how much a feature speaks for a link, above 0, or against it, below, as
// the logarithm of odds. They are fitted to annotated texts by
//
//	go test ./eval -run TestWeights -fit
type Weights map[string]float64

//go:embed weights.csv
var weightTable string

// fittedWeights is the table that the package carries, read when first needed.
var fittedWeights = sync.OnceValue(func() Weights {
	rows, err := csv.NewReader(strings.NewReader(weightTable)).ReadAll()
	if err != nil {
		panic("extract: weights.csv: " + err.Error()) // embedded: a test reads it
	}
	w := make(Weights, len(rows))
	for _, row := range rows[1:] {
		w[row[0]], _ = strconv.ParseFloat(row[1], 64)
	}
	return w
})

// Fitted are the weights that the package carries.
func Fitted() Weights { return fittedWeights() }

// Weighed is the lexicon for a reader with other weights, such as those fitted
// without the text that is to be read.
func (l *Lexicon) Weighed(w Weights) *Lexicon {
	other := *l
	other.weights = w
	return &other
}

// likely is how likely a link with these features is, from 0 to 1.
func (w Weights) likely(features []string) float64 {
	sum := 0.0
	for _, f := range features {
		sum += w[f]
	}
	return 1 / (1 + math.Exp(-sum))
}

// relateEvidence proposes the links for which enough speaks and that no rule has read:
// of each, the passage that speaks for it most.
func (p *page) relateEvidence(r *Reading) {
	w := p.lex.weights
	if len(w) == 0 {
		return
	}
	said := make(map[[2]int]bool)
	for _, rel := range r.Relations {
		if rel.Type == record.Joined || rel.Type == record.PartnerIn {
			said[[2]int{rel.From, rel.To}] = true
		}
	}
	best, likely := make(map[[2]int]candidate), make(map[[2]int]float64)
	var order [][2]int
	for _, c := range p.evidence(r.Relations) {
		pair := [2]int{c.from.index, c.to.index}
		if x := w.likely(c.features); !said[pair] && x >= w[AtLeast] && x > likely[pair] {
			if likely[pair] == 0 {
				order = append(order, pair)
			}
			best[pair], likely[pair] = c, x
		}
	}
	for _, pair := range order {
		rel := p.linkOf(best[pair])
		rel.Because = w.reasons(best[pair].features)
		r.Relations = append(r.Relations, rel)
	}
}

// linkOf is the link that a candidate stands for.
func (p *page) linkOf(c candidate) Relation {
	rel := Relation{Type: record.Joined, From: c.from.index, To: c.to.index, Role: "participant",
		Span: p.passages[c.at].Span, Rule: weighedRule, Confidence: p.lex.sure(weighedRule)}
	if c.from.kind == record.PartnerKind {
		rel.Type, rel.Role = record.PartnerIn, ""
	}
	return rel
}

// Reason is a feature that spoke for a link, or against it, and how much.
type Reason struct {
	Feature string  `json:"feature"`
	Weight  float64 `json:"weight"`
}

// reasons are the features that have a weight, the weightiest first.
func (w Weights) reasons(features []string) (list []Reason) {
	for _, f := range features {
		if x := w[f]; x != 0 {
			list = append(list, Reason{f, x})
		}
	}
	slices.SortStableFunc(list, func(a, b Reason) int {
		return cmp.Or(cmp.Compare(math.Abs(b.Weight), math.Abs(a.Weight)), cmp.Compare(a.Feature, b.Feature))
	})
	return list
}
