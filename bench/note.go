package bench

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"

	"lotigraph/record"
)

// Note is a made-up text, with what its sentences say.
type Note struct {
	Name  string // of the file that it would be in
	URL   string
	Title string
	Date  record.PartialDate
	Text  record.Text

	Author   record.ID
	Mentions []record.Mention
	Said     []record.Link // the evidence of each is the sentence, in the text "#text"
}

// File is the note as it would be published: front matter and text.
func (n Note) File() string {
	return fmt.Sprintf("---\nurl: %s\ndate: %s\n---\n\n%s", n.URL, n.Date, n.Text.Body)
}

// Notes makes the first n notes, of about 700 words each. A note can be made
// again by its number alone.
func (p *Programme) Notes(n int) iter.Seq[Note] {
	return func(yield func(Note) bool) {
		for i := range n {
			if !yield(p.Note(i)) {
				return
			}
		}
	}
}

// noteBytes is how long a note is at least: about 700 words.
const noteBytes = 4600

// textHandle is what a note's change calls its text.
const textHandle = "#text"

// Note makes the note of a number.
func (p *Programme) Note(i int) Note {
	w := p.newWriter(i)
	week := i%52 + 1
	year := 2015 + i/52%12
	n := Note{
		Name:  fmt.Sprintf("note-%06d.md", i),
		URL:   fmt.Sprintf("https://notes.example/%d", i),
		Title: fmt.Sprintf("Weeknote %d of %d (%d)", week, year, i),
		Date:  record.PartialDate{Year: int16(year), Month: uint8(1 + (week-1)*12/52), Day: uint8(1 + week%28)},
	}
	n.Text.Title = w.write(n.Title)
	w.write("\n\n")
	author := w.person()
	n.Author = author.ID
	n.Text.Byline = w.name(author)
	w.say(record.Authored, author.ID, textHandle, "", n.Text.Byline)
	w.write("\n")
	main := w.b.Len()
	for w.b.Len() < noteBytes {
		w.section()
	}
	n.Text.Body = w.b.String()
	n.Text.Main = record.Span{Start: main, End: w.b.Len()}
	for i := range w.said {
		e := &w.said[i].Evidence[0]
		e.Quote = e.Span.Of(n.Text.Body)
	}
	n.Mentions, n.Said = w.mentions, w.said
	return n
}

// writer writes one note.
type writer struct {
	*Programme
	rng      *rand.Rand
	zipf     map[record.Kind]*rand.Zipf
	word     *rand.Zipf
	b        strings.Builder
	mentions []record.Mention
	place    map[record.ID]int // in mentions
	said     []record.Link
}

func (p *Programme) newWriter(i int) *writer {
	rng := rand.New(rand.NewPCG(p.seed, uint64(i)+2))
	w := &writer{Programme: p, rng: rng, place: map[record.ID]int{}, word: rand.NewZipf(rng, 1.07, 2, uint64(len(p.words)-1))}
	w.zipf = map[record.Kind]*rand.Zipf{}
	for kind, list := range map[record.Kind][]record.Node{record.BoroughKind: p.boroughs, record.PartnerKind: p.partners,
		record.PersonKind: p.people, record.ProjectKind: p.projects} {
		w.zipf[kind] = rand.NewZipf(rng, 1.1, 10, uint64(len(list)-1))
	}
	return w
}

func (w *writer) borough() record.Node { return w.boroughs[w.zipf[record.BoroughKind].Uint64()] }
func (w *writer) partner() record.Node { return w.partners[w.zipf[record.PartnerKind].Uint64()] }
func (w *writer) person() record.Node  { return w.people[w.zipf[record.PersonKind].Uint64()] }
func (w *writer) project() record.Node { return w.projects[w.zipf[record.ProjectKind].Uint64()] }

func (w *writer) write(s string) record.Span {
	start := w.b.Len()
	w.b.WriteString(s)
	return record.Span{Start: start, End: w.b.Len()}
}

// name writes a record's name, and notes that the text mentions it.
func (w *writer) name(n record.Node) record.Span {
	span := w.write(n.Name)
	at, known := w.place[n.ID]
	if !known {
		at = len(w.mentions)
		w.place[n.ID] = at
		w.mentions = append(w.mentions, record.Mention{To: n.ID, Method: "name"})
	}
	w.mentions[at].Spans = append(w.mentions[at].Spans, span)
	return span
}

// all writes texts and names.
func (w *writer) all(parts ...any) (written record.Span) {
	written.Start = w.b.Len()
	for _, part := range parts {
		switch part := part.(type) {
		case string:
			w.write(part)
		case record.Node:
			w.name(part)
		}
	}
	written.End = w.b.Len()
	return written
}

// say notes that a span of the text says a link.
func (w *writer) say(t record.LinkType, from, to record.ID, role string, span record.Span) {
	w.said = append(w.said, record.Link{Type: t, From: from, To: to, Role: role, Status: record.Confirmed, Confidence: 1,
		Evidence: []record.Evidence{{Text: textHandle, Span: span, Method: "sentence", Confidence: 1}}})
}

// section writes a heading and a few sentences about a project.
func (w *writer) section() {
	project := w.project()
	w.all("\n", project, "\n\n")
	for range 2 {
		w.sentence(project)
		w.write(" ")
		for range 7 + w.rng.IntN(6) {
			w.filler()
		}
	}
	// The long tail: a word that stands in this note and nowhere else.
	w.write(fmt.Sprintf("The reference is %s%dx%d.\n", pick(w.rng, syllables), w.rng.IntN(1_000_000_000), w.rng.IntN(1000)))
}

// sentence writes one that says something about a project.
func (w *writer) sentence(project record.Node) {
	switch w.rng.IntN(7) {
	case 0:
		w.joined(project)
	case 1:
		partner, borough := w.partner(), w.borough()
		span := w.all(project, " was delivered by ", partner, " with ", borough, ".")
		w.say(record.PartnerIn, partner.ID, project.ID, "delivery", span)
	case 2:
		person, borough, job := w.person(), w.borough(), pick(w.rng, jobs)
		span := w.all(person, " ("+job+", ", borough, ") spoke about what residents need.")
		w.say(record.WorksFor, person.ID, borough.ID, job, span)
	case 3:
		partner := w.partner()
		span := w.all(partner, " funds ", project, " until next year.")
		w.say(record.FundedBy, project.ID, partner.ID, "", span)
	case 4:
		person, partner := w.person(), w.partner()
		span := w.all(person, " at ", partner, " leads ", project, ".")
		w.say(record.Leads, person.ID, project.ID, "", span)
	case 5:
		borough := w.borough()
		span := w.all(borough, " leads ", project, ", which others can reuse.")
		w.say(record.Joined, borough.ID, project.ID, "lead", span)
	default:
		w.all(w.borough(), " hosted a show and tell about ", project, ".")
	}
}

// joined writes that three boroughs joined a project.
func (w *writer) joined(project record.Node) {
	a, b, c := w.borough(), w.borough(), w.borough()
	span := w.all(a, ", ", b, " and ", c, " joined the kick-off of ", project, ".")
	for _, borough := range []record.Node{a, b, c} {
		w.say(record.Joined, borough.ID, project.ID, "participant", span)
	}
}

// filler writes a sentence of words that name nobody.
func (w *writer) filler() {
	n := 8 + w.rng.IntN(12)
	for i := range n {
		word := w.words[w.word.Uint64()]
		if i == 0 {
			word = title(word)
		}
		w.write(word)
		if i < n-1 {
			w.write(" ")
		}
	}
	w.write(". ")
}
