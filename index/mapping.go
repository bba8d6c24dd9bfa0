package index

import (
	"strconv"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/document"
	api "github.com/blevesearch/bleve_index_api"

	"lotigraph/record"
)

// This file decides the ranking: what is searched, how it is cut into words,
// what each field weighs and when a name is exact.

// mappingVersion is written with the position; an index of another version is
// made anew. Raise it with every change to what a document holds: a field, an
// analyser, a rule of words.go. Weights and tiers are read at search time and
// need no new version.
//
//	1  names, aliases, topics, summaries and main parts
const mappingVersion = 1

// A field is searched for every word of a query.
type field struct {
	name   string
	words  analyser
	weight float64 // what a word counts here
	usual  int     // words in a usual field; longer ones count a word less
	stored bool    // kept, for snippets
	text   func(*record.Document) []string
}

// fields lists what is searched, the most telling first. A word counts where it
// counts most, and a tenth of what it counts elsewhere.
var fields = [...]field{
	{name: "name", words: asIs, weight: 8, usual: 4, stored: true,
		text: func(d *record.Document) []string { return []string{d.Node.Name} }},
	{name: "alias", words: asIs, weight: 6, usual: 3, stored: true,
		text: func(d *record.Document) []string { return d.Node.Aliases }},
	{name: "title", words: stemmed, weight: 4, usual: 6,
		text: func(d *record.Document) []string { return d.Node.Names() }},
	{name: "topic", words: stemmed, weight: 3, usual: 4, stored: true, text: topics},
	{name: "summary", words: stemmed, weight: 2, usual: 30, stored: true,
		text: func(d *record.Document) []string { return []string{d.Node.Summary} }},
	{name: "body", words: stemmed, weight: 1, usual: 500, stored: true,
		text: func(d *record.Document) []string { return []string{d.Main.Of(d.Body)} }},
}

// elsewhere is the part of a word's weight that counts in all fields but its
// best one.
const elsewhere = 0.1

// The tiers, and how the weight of words becomes the fraction above a tier.
const (
	exactName  = 3  // the query is the name of a borough, person, partner or project
	exactAlias = 2  // … an alias of one
	exactText  = 1  // … the title of a text
	half       = 20 // words that weigh this much count half a tier
)

// score puts a tier and the weight of the words together.
func score(tier, words float64) float64 { return tier + words/(words+half) }

// tierOf is the tier of a record whose name, or alias, the query is.
func tierOf(kind record.Kind, alias bool) float64 {
	switch {
	case kind == record.WeeknoteKind:
		return exactText
	case alias:
		return exactAlias
	}
	return exactName
}

// dropped are the words that are not searched for when the query has others.
// They are indexed, so phrases may hold them.
var dropped = map[string]bool{
	"a": true, "an": true, "and": true, "are": true, "as": true, "at": true, "be": true, "by": true,
	"for": true, "from": true, "in": true, "is": true, "of": true, "on": true, "or": true,
	"the": true, "to": true, "was": true, "were": true, "with": true,
}

// The fields that are not searched for words.
const (
	nameField  = "is"
	aliasField = "aka"
	formField  = "form"
	dateField  = "date"
	startField = "start"
	bodyField  = "body"
)

// document is the record as Bleve keeps it.
func newDocument(d *record.Document) *document.Document {
	doc := document.NewDocument(string(d.Node.ID))
	add := func(name string, i int, value string, options api.FieldIndexingOptions, a analysis.Analyzer) {
		if value != "" {
			doc.AddField(document.NewTextFieldCustom(name, []uint64{uint64(i)}, []byte(value), options, a))
		}
	}
	const term = api.IndexField | api.SkipFreqNorm
	add(nameField, 0, record.Fold(d.Node.Name), term, nil)
	for i, alias := range d.Node.Aliases {
		add(aliasField, i, record.Fold(alias), term, nil)
	}
	for _, f := range fields {
		options := api.IndexField | api.IncludeTermVectors
		if f.stored {
			options |= api.StoreField
		}
		for i, text := range f.text(d) {
			add(f.name, i, text, options, f.words)
		}
	}
	if w := d.Node.Weeknote; w != nil {
		add(formField, 0, string(w.Form), term|api.DocValues, nil)
		add(dateField, 0, w.Date.String(), term|api.DocValues, nil)
		add(startField, 0, strconv.Itoa(d.Main.Start), api.StoreField, nil)
	}
	return doc
}

// topics are what a record is about, beyond its names.
func topics(d *record.Document) []string {
	var list []string
	if p := d.Node.Project; p != nil {
		list = append(list, p.Themes...)
	}
	if p := d.Node.Partner; p != nil {
		list = append(list, p.Sector)
	}
	if b := d.Node.Borough; b != nil {
		list = append(list, b.ONSCode)
	}
	return list
}
