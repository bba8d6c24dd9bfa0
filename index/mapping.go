package index

import (
	"math"
	"strconv"
	"strings"
	"sync"

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
//	2  every word as it is, for spelling; themes, names and aliases in columns
const mappingVersion = 2

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
	{name: titleField, words: stemmed, weight: 4, usual: 6,
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

// The tiers, and how the weight of words becomes the fraction above a tier. What
// has the words as they were typed stands above what has them corrected.
const (
	exactName  = 8  // the query is the name of a borough, person, partner or project
	exactAlias = 7  // … an alias of one
	exactText  = 6  // … the title of a text
	nearName   = 5  // but for endings and small words, it is a name or alias of what is no text
	hasWords   = 4  // its words are in the record
	fixedName  = 3  // corrected, it is such a name
	fixedAlias = 2  // … such an alias
	fixedText  = 1  // … such a title
	hasFixed   = 0  // corrected, its words are in the record
	half       = 20 // words that weigh this much count half a tier
)

// How soon a word that is said again counts no more, and how much of what it
// counts a long field takes away: the usual constants of BM25.
const (
	saturation = 1.2
	lengthPart = 0.75
)

// termWeight is what a word weighs in a field.
type termWeight struct {
	idf     float64 // for being rare
	perWord float64 // what each word of the field takes away
}

func newTermWeight(idf float64, usual int) termWeight {
	return termWeight{idf, saturation * lengthPart / float64(usual)}
}

// of is the weight where the word is said so many times among so many words.
func (w termWeight) of(times, length uint64) float64 {
	often := math.Sqrt(float64(times))
	return w.idf * (often * saturation) / (often + saturation*(1-lengthPart) + w.perWord*float64(length))
}

// lesser is the part of a word's weight that counts for a word that only begins
// with it, or that it was corrected to.
const lesser = 0.5

// What a text weighs for being of the time that was typed: more than words of
// sentences that say that time, less than a name; a part of that where its date
// may mean a day outside as well.
const (
	ofTheTime      = 12
	maybeOfTheTime = 3
)

// ofTheForm is what a text weighs for being of the form that was typed: as much as
// the word in a sentence.
const ofTheForm = 2

// maxEndings is how many words that begin with one are searched for, maxStarts
// how many of names, where nothing else is found.
const (
	maxEndings = 50
	maxStarts  = 12
)

// score puts a tier and the weight of the words together. It is rounded, so that
// the last digit of a sum, which depends on what was multiplied before, decides
// no order and tells nothing.
func score(tier, words float64) float64 {
	const digits = 1e9
	return math.Round((tier+words/(words+half))*digits) / digits
}

// needed is no more than what words must weigh for the score to be reached in a
// tier: score turned round, with room for its rounding.
func needed(tier, least float64) float64 {
	switch part := least - tier - 1e-9; {
	case part <= 0:
		return 0
	case part >= 1:
		return math.Inf(1)
	default:
		return half * part / (1 - part) * (1 - 1e-9)
	}
}

// tierOf is the tier of a record whose name, or alias, the query is; 0 when it
// is none.
func tierOf(kind record.Kind, alias bool) float64 {
	switch {
	case kind == record.WeeknoteKind:
		return exactText
	case alias:
		return exactAlias
	}
	return exactName
}

// corrected is the tier of a record that is found by corrected words; exact is
// what tierOf says of them.
func corrected(exact float64) float64 {
	switch exact {
	case exactName:
		return fixedName
	case exactAlias:
		return fixedAlias
	case exactText:
		return fixedText
	}
	return hasFixed
}

// maxNear is how many records may have the words of a query in their names and
// still be looked at for such a name.
const maxNear = 200

// What a record's place in the programme adds to the weight of its words.
const (
	mostConnected = 0.10 // at 1000 links, half of that at 31
	mostRecent    = 0.10 // on the day of the newest text, half of that two years before
	ofItsOwn      = 0.15 // of what is no text: it is what texts are about
)

// highestLift is the most that lift and ofItsOwn come to.
const highestLift = 1 + mostConnected + mostRecent + ofItsOwn

// lift is the factor by which links and date raise the weight of words: never
// more than a fifth. Age is in days before the newest text, below 0 for what
// has no date.
func lift(links int, age int) (connected, recent float64) {
	lifts := allLifts()
	connected = lifts.connected[min(links, len(lifts.connected)-1)]
	switch {
	case age < 0:
	case age < len(lifts.recent):
		recent = lifts.recent[age]
	default:
		recent = ofAge(age)
	}
	return connected, recent
}

// lifts are what lift says, by links and by days.
type lifts struct {
	connected [1001]float64
	recent    [12000]float64
}

var allLifts = sync.OnceValue(func() *lifts {
	l := &lifts{}
	for n := range l.connected {
		l.connected[n] = mostConnected * min(1, math.Log1p(float64(n))/math.Log(1001))
	}
	for age := range l.recent {
		l.recent[age] = ofAge(age)
	}
	return l
})

func ofAge(days int) float64 { return mostRecent * math.Exp2(-float64(days)/730) }

// misspelling is how far a word is from what was typed: letters that differ,
// with the first one counting more, and words of names standing nearer.
func misspelling(typed, word string, differing int, named bool) float64 {
	wrong := float64(differing)
	if typed[0] != word[0] {
		wrong += 0.4
	}
	if named {
		wrong -= 0.5
	}
	return wrong
}

// likelySlip tells whether a word that is in no name may be meant by one with so
// many wrong letters. People rarely miss the first letter: it counts as two,
// unless it changed places with the second.
func likelySlip(typed, word string, allowed int) bool {
	return allowed > 1 || typed[0] == word[0] || typed[:2] == word[1:2]+word[:1]
}

// tooFew is how many records a word may be found in and still be corrected, to
// a word of a name.
const tooFew = 2

// dropped are the words that are not searched for when the query has others.
// They are indexed, so phrases may hold them.
var dropped = map[string]bool{
	"a": true, "an": true, "and": true, "are": true, "as": true, "at": true, "be": true, "by": true,
	"for": true, "from": true, "in": true, "is": true, "of": true, "on": true, "or": true,
	"the": true, "to": true, "was": true, "were": true, "with": true,
	"did": true, "do": true, "does": true, "had": true, "has": true, "have": true, "how": true, "it": true, "its": true,
	"our": true, "that": true, "their": true, "there": true, "this": true, "us": true, "we": true, "what": true,
	"when": true, "where": true, "which": true, "who": true, "whose": true, "why": true,
	"about": true, "been": true, "being": true, "but": true, "can": true, "could": true, "i": true, "if": true, "into": true,
	"me": true, "my": true, "should": true, "than": true, "them": true, "then": true, "these": true, "they": true,
	"those": true, "would": true, "you": true, "your": true,
}

// asks are the words that a question begins with.
var asks = setOf(strings.Fields("which who whose what when where why how did does do is are was were has have can could should tell show list find whats whos wheres hows"))

// talking are words by which people say that they look for something. They are
// left out of a query that finds nothing with them.
var talking = setOf(strings.Fields(`all any anybody anyone anything some somebody someone something between together
	talk talks talked talking mention mentions mentioned discuss discussed said`))

// asking are the words of a question that say what is asked for and not what it
// is about. They are left out as well, in questions only.
var asking = setOf(strings.Fields(`many much more most
	borough boroughs council councils project projects people person partner partners organisation organisations
	joined join joins took take takes part involved involve worked work works working doing done happened happen say
	led lead leads leading funded funding paid pay ran run runs running wrote written`))

// onlyAsks tells whether a word says nothing of what is looked for.
func onlyAsks(word string) bool {
	folded := record.Fold(word)
	return dropped[folded] || asks[folded] || talking[folded]
}

// saysKind tells whether a word says at most of what kind the answer is.
func saysKind(word string) bool { return onlyAsks(word) || asking[record.Fold(word)] }

// What a question's own words add to the weight of what it finds.
const (
	nameInside  = 3.0 // whose whole name, of several words, is in the question
	whoIsPerson = 2.0 // people, where the question asks who
)

// The fields that are not searched for words.
const (
	nameField  = "is"
	titleField = "title"
	aliasField = "aka"
	formField  = "form"
	dateField  = "date"
	startField = "start"
	bodyField  = "body"
	themeField = "theme"
	wordField  = "word"
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
	add(nameField, 0, record.Fold(d.Node.Name), term|api.DocValues, nil)
	for i, alias := range d.Node.Aliases {
		add(aliasField, i, record.Fold(alias), term|api.DocValues, nil)
	}
	var all []string
	for _, f := range fields {
		options := api.IndexField | api.IncludeTermVectors
		if f.stored {
			options |= api.StoreField
		}
		for i, text := range f.text(d) {
			add(f.name, i, text, options, f.words)
			if f.stored {
				all = append(all, text)
			}
		}
	}
	add(wordField, 0, strings.Join(all, "\n"), term, each)
	if p := d.Node.Project; p != nil {
		for i, theme := range p.Themes {
			add(themeField, i, theme, term|api.DocValues, nil)
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
