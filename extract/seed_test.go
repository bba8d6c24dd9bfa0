package extract

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"lotigraph/record"
)

// shared is the folder beside the repository that holds more texts, where there
// is one.
const shared = "../../shared"

// seedLexicon knows the names of the starter programme.
func seedLexicon(t testing.TB) *Lexicon {
	t.Helper()
	var nodes []record.Node
	for _, kind := range []record.Kind{record.BoroughKind, record.PartnerKind, record.PersonKind, record.ProjectKind} {
		f, err := os.Open(filepath.Join("..", "seed", kind.Plural()+".csv"))
		if err != nil {
			t.Skip("no seed tables: ", err)
		}
		defer f.Close()
		r := csv.NewReader(f)
		r.Comment = '#'
		rows, err := r.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, row := range rows[1:] { // name and aliases come first in every table
			n := record.Node{ID: record.NewID(kind, record.Slugify(row[0])), Name: row[0]}
			if row[1] != "" {
				n.Aliases = strings.Split(row[1], ";")
			}
			nodes = append(nodes, n)
		}
	}
	return NewLexicon(slices.Values(nodes))
}
