// Package extract reads a text: what it names and what it says, each with its
// span. It is pure: the same text and lexicon give the same reading, and
// nothing is read or written elsewhere.
//
// [Read] goes through a text in this order:
//
//	front.go, layout.go    title, byline, date, main part; the rest is furniture
//	sentence.go, token.go  the main part as headings, list lines, sentences and words
//	known.go               names of the [Lexicon]: known records and well-known bodies
//	body.go, partner.go    organisations, from a word of the name or from the sentence
//	project*.go, heading.go, repeat.go, small.go    projects and what they make
//	people.go              full names, then people called by their first name
//	again.go               the other places where a name of this text stands
//	job*.go                for whom somebody works, and as what
//	template.go, relation.go, frame.go, turn.go, life.go, relate.go, tie.go, list.go,
//	owner.go, when.go      links between the names, and their dates
//	clause.go, evidence*.go, weigh.go    parts in projects that no rule reads: evidence weighed
//
// A rule names no text, person, project or supplier: it goes by how sentences
// are built. [Rules] lists them all, testdata shows each at work, and
// confidence.csv says how often each was right, weights.csv how much each feature
// of the evidence speaks for a link.
//
// Invariants, which the tests hold: every span lies in the text on the edges of
// characters; what is found lies in the title, the main part or the byline,
// never in furniture; the quote of a link is one sentence, list line, heading
// or byline; a link is between things found.
package extract

import "lotigraph/record"

// Source is a text as it was handed in.
type Source struct {
	Name string // its file name or address, for hints such as the form
	Body string // the whole text, UTF-8, front matter included
}

// Reading is what a text names and says.
type Reading struct {
	Title      string             // "" when none was found
	Number     int                // the number in the title, 0 for none
	Date       record.PartialDate // of publication
	Byline     string             // the author as printed
	URL        string             // from the front matter
	Form       record.Form
	Visibility record.Visibility // from the front matter, 0 when it says nothing
	Text       record.Text       // the body and its parts; no ID, no Version

	Found     []Found    // in order of first appearance
	Relations []Relation // in order of appearance
	Problems  []error    // front matter that could not be read, each with its line
}

// Found is a record, or what would be one, that the text names.
type Found struct {
	Kind       record.Kind
	ID         record.ID // the known record; "" for a name that nobody knows
	Name       string    // full and official where the text or the lexicon gives it
	Aliases    []string  // other forms met in this text, or a well-known abbreviation
	Sector     string    // of a well-known body, else ""
	Role       string    // of a person: the job title that the text states, else ""
	Spans      []record.Span
	Rule       string // which rule found it first
	Confidence float64
}

// Relation is a link that a sentence says, between two things found.
type Relation struct {
	Type       record.LinkType
	From, To   int // positions in Reading.Found; To is SelfText for the text itself
	Role       string
	Since      record.PartialDate
	Until      record.PartialDate
	Span       record.Span // the sentence, list line, heading or byline that says it
	Rule       string
	Confidence float64
	Because    []Reason // of a link that was weighed: what spoke for and against it
}

// SelfText is the end of a relation that is the text itself.
const SelfText = -1
