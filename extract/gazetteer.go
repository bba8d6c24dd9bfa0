package extract

import (
	_ "embed" // for the table of bodies
	"encoding/csv"
	"io"
	"strings"

	"lotigraph/record"
)

//go:embed bodies.csv
var bodies string

// gazetteer is the general knowledge of public bodies and other well-known
// organisations: it names what occurs in a text and says nothing more of it. A
// name that begins with ~ is a town's, which stands for its council in the
// company of other councils only.
func gazetteer() []entry {
	r := csv.NewReader(strings.NewReader(bodies))
	r.Comment = '#'
	r.FieldsPerRecord = 3
	var list []entry
	for first := true; ; first = false {
		row, err := r.Read()
		if err == io.EOF {
			return list
		}
		if err != nil {
			panic("extract: bodies.csv: " + err.Error()) // embedded: a test reads it
		}
		if first {
			continue
		}
		e := entry{kind: record.PartnerKind, name: row[1], sector: row[2]}
		if row[0] != "" {
			e.aliases = strings.Split(row[0], ";")
		}
		list = append(list, e)
	}
}
