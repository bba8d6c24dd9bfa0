package page

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"lotigraph/record"
)

// Block is a part of a text as a page sets it: a paragraph, a heading, a quoted
// paragraph, or a list of items.
type Block struct {
	Sort  string // "p", "heading", "quote", "list" or "numbers"
	Runs  []Run  // what it says; none in a list
	Items []Block
}

// Run is a stretch of a block that lies in the passage that is pointed at, or
// outside of it.
type Run struct {
	Passage bool
	First   bool // the first run of the passage: where a reader lands
	Words   []Words
}

// Words are a stretch of text that names one record, or none.
type Words struct {
	Text  string
	Href  string // of the record named, "" for none
	Name  string // how it is called in full, where the text says it otherwise
	Waits string // the kind of a record that nobody knows yet by this name, in words
}

// Mark is a place in a text to be marked.
type Mark struct {
	record.Span
	Href, Name, Waits string
}

// Line beginnings that set a block apart.
var (
	headingMark = regexp.MustCompile(`^\s*#{1,6}\s+`)
	quoteMark   = regexp.MustCompile(`^\s*>\s?`)
	bulletMark  = regexp.MustCompile(`^\s*[-*•–]\s+`)
	numberMark  = regexp.MustCompile(`^\s*\d{1,3}[.)]\s+`)
)

// Body sets a part of a text: its lines in blocks, its marks linked, the passage
// pointed out. Marks may overlap: of two that do, the one that begins first
// counts, of those that begin together the longest.
//
// Invariant: the words of all blocks, in order, are the text but for the signs
// that begin lines, and for spaces around lines.
func Body(body string, part record.Span, marks []Mark, passage record.Span) []Block {
	s := setter{body: body, marks: apart(marks), passage: passage}
	for _, p := range paragraphs(body, part) {
		s.paragraph(p)
	}
	return s.blocks
}

// apart are the marks in order, without those that reach into one before.
func apart(marks []Mark) (list []Mark) {
	marks = slices.Clone(marks)
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(b.End, a.End)) })
	end := 0
	for _, m := range marks {
		if m.Start >= end && m.Len() > 0 {
			list, end = append(list, m), m.End
		}
	}
	return list
}

// paragraphs are the runs of lines between empty ones, as lines without spaces
// around them.
func paragraphs(body string, part record.Span) (list [][]record.Span) {
	var lines []record.Span
	for at := part.Start; at < part.End; {
		end := part.End
		if i := strings.IndexByte(body[at:part.End], '\n'); i >= 0 {
			end = at + i
		}
		if line := trimmed(body, record.Span{Start: at, End: end}); line.Len() > 0 {
			lines = append(lines, line)
		} else if len(lines) > 0 {
			list, lines = append(list, lines), nil
		}
		at = end + 1
	}
	if len(lines) > 0 {
		list = append(list, lines)
	}
	return list
}

// trimmed is a span without the spaces at its ends.
func trimmed(body string, s record.Span) record.Span {
	text := s.Of(body)
	s.Start += len(text) - len(strings.TrimLeft(text, " \t\r\u00a0"))
	s.End = s.Start + len(strings.Trim(text, " \t\r\u00a0"))
	return s
}

// setter sets a text, block by block.
type setter struct {
	body    string
	marks   []Mark
	passage record.Span
	landed  bool // whether a run of the passage was set already
	blocks  []Block
}

// paragraph sets lines that stand together.
func (s *setter) paragraph(lines []record.Span) {
	plain := 0 // the first of the lines that are not set yet
	flush := func(to int) {
		if plain < to {
			joined := record.Span{Start: lines[plain].Start, End: lines[to-1].End}
			s.add(s.sortOf(joined, to-plain), joined)
		}
		plain = to
	}
	for i, line := range lines {
		text := line.Of(s.body)
		for _, m := range []struct {
			sort string
			mark *regexp.Regexp
		}{{"heading", headingMark}, {"quote", quoteMark}, {"list", bulletMark}, {"numbers", numberMark}} {
			sign := len(m.mark.FindString(text))
			if sign == 0 || sign == len(text) {
				continue
			}
			flush(i)
			s.add(m.sort, record.Span{Start: line.Start + sign, End: line.End})
			plain = i + 1
			break
		}
	}
	flush(len(lines))
}

// longestHeading is how many bytes a line without an end sign may have to be set
// as a heading.
const longestHeading = 80

// sortOf tells a line that stands alone, as headings do in texts without signs,
// from a paragraph.
func (s *setter) sortOf(at record.Span, lines int) string {
	if lines == 1 && at.Len() <= longestHeading && !strings.ContainsAny(s.body[at.End-1:at.End], ".!?:;,") && !strings.HasSuffix(at.Of(s.body), "”") {
		return "heading"
	}
	return "p"
}

// add sets a block; items of one list go together.
func (s *setter) add(sort string, at record.Span) {
	b := Block{Sort: sort, Runs: s.runs(at)}
	if sort != "list" && sort != "numbers" {
		s.blocks = append(s.blocks, b)
		return
	}
	b.Sort = "p"
	if last := len(s.blocks) - 1; last >= 0 && s.blocks[last].Sort == sort {
		s.blocks[last].Items = append(s.blocks[last].Items, b)
		return
	}
	s.blocks = append(s.blocks, Block{Sort: sort, Items: []Block{b}})
}

// runs are the words of a block, cut where the passage begins and ends and where
// marks do.
func (s *setter) runs(at record.Span) (list []Run) {
	for _, cut := range []struct {
		record.Span
		passage bool
	}{
		{record.Span{Start: at.Start, End: min(at.End, max(at.Start, s.passage.Start))}, false},
		{record.Span{Start: max(at.Start, s.passage.Start), End: min(at.End, s.passage.End)}, true},
		{record.Span{Start: max(at.Start, min(at.End, max(s.passage.Start, s.passage.End))), End: at.End}, false},
	} {
		if cut.Start >= cut.End {
			continue
		}
		r := Run{Passage: cut.passage, First: cut.passage && !s.landed, Words: s.words(cut.Span)}
		s.landed = s.landed || cut.passage
		list = append(list, r)
	}
	return list
}

// words are a stretch of text, cut at its marks.
func (s *setter) words(at record.Span) (list []Words) {
	from, _ := slices.BinarySearchFunc(s.marks, at.Start, func(m Mark, start int) int { return cmp.Compare(m.End, start+1) })
	for _, m := range s.marks[from:] {
		if m.Start >= at.End {
			break
		}
		if at.Start < m.Start {
			list = append(list, Words{Text: s.body[at.Start:m.Start]})
		}
		cut := record.Span{Start: max(at.Start, m.Start), End: min(at.End, m.End)}
		w := Words{Text: cut.Of(s.body), Href: m.Href, Waits: m.Waits}
		if record.Fold(w.Text) != record.Fold(m.Name) {
			w.Name = m.Name
		}
		list = append(list, w)
		at.Start = cut.End
	}
	if at.Start < at.End {
		list = append(list, Words{Text: at.Of(s.body)})
	}
	return list
}
