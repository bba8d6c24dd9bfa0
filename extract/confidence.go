package extract

import (
	_ "embed" // for the counts
	"encoding/csv"
	"strconv"
	"strings"
	"sync"
)

// confidence.csv says of each rule how often it found something in the texts
// that people have annotated, and how often that was right; a link that they
// called inferred counts half. It is made by
//
//	go test ./eval -run TestConfidence -count-rules
//
//go:embed confidence.csv
var counts string

// ruleCount is a row of the table.
type ruleCount struct {
	right float64
	seen  int
}

// sure is (right+1)/(seen+2), so that a rule that was always right is not taken
// for certain, and one that was never seen is as likely right as wrong.
func (c ruleCount) sure() float64 { return (c.right + 1) / float64(c.seen+2) }

// ruleCounts is the table by rule, read when first needed.
var ruleCounts = sync.OnceValue(func() map[string]ruleCount {
	rows, err := csv.NewReader(strings.NewReader(counts)).ReadAll()
	if err != nil {
		panic("extract: confidence.csv: " + err.Error()) // embedded: a test reads it
	}
	list := make(map[string]ruleCount, len(rows))
	for _, row := range rows[1:] {
		right, _ := strconv.ParseFloat(row[1], 64)
		seen, _ := strconv.Atoi(row[2])
		list[row[0]] = ruleCount{right, seen}
	}
	return list
})

// sure is the confidence of a rule.
func (l *Lexicon) sure(rule string) float64 { return l.rules[rule].sure() }
