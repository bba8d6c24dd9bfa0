package extract

import (
	_ "embed" // for the counts
	"encoding/csv"
	"strconv"
	"strings"
)

// confidence.csv says of each rule how often it found something in the shared
// gold, and how often that was right; a link that the gold calls inferred counts
// half. It is made by
//
//	go test -run TestConfidence -count-rules ./extract/
//
//go:embed confidence.csv
var counts string

// readCounts is the confidence of each rule of the table: (right+1)/(seen+2),
// so that one that was always right is not taken for certain.
func readCounts() map[string]float64 {
	rows, err := csv.NewReader(strings.NewReader(counts)).ReadAll()
	if err != nil {
		panic("extract: confidence.csv: " + err.Error()) // embedded: a test reads it
	}
	sure := make(map[string]float64, len(rows))
	for _, row := range rows[1:] {
		right, _ := strconv.ParseFloat(row[1], 64)
		seen, _ := strconv.Atoi(row[2])
		sure[row[0]] = (right + 1) / float64(seen+2)
	}
	return sure
}

// sure is the confidence of a rule; one half where nothing was counted.
func (l *Lexicon) sure(rule string) float64 {
	if c, ok := l.rules[rule]; ok {
		return c
	}
	return 0.5
}
