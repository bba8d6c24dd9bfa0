package extract

import (
	"slices"
	"strings"

	"lotigraph/record"
)

// page is a text being read: its passages and the names found in them so far.
type page struct {
	body      string
	lex       *Lexicon
	passages  []passage
	things    []*thing
	known     map[record.ID]*thing
	named     map[string]*thing  // kind and folded name
	weak      map[string]bool    // folded towns that stand for a council in company only
	date      record.PartialDate // of the text
	templates []*template        // per passage, once all names are marked
	holders   []int              // the passages that name projects, once all names are marked
	subject   *thing             // the one project that a text other than a weeknote is about
	project   bool               // the address says that the page is about one project
}

// passage is a unit of the text with its tokens and the names in it.
type passage struct {
	unit
	tokens  []token
	cover   []*name // per token, the name it belongs to
	section int     // the passage that is its heading, -1 for none
	title   bool
}

// name is an occurrence of something that goes by a name.
type name struct {
	at       int // the passage
	from, to int // tokens, half open
	tail     int // where what belongs to the name ends: brackets, role; at least to
	thing    *thing
	rule     string
}

// thing is what a name stands for.
type thing struct {
	kind    record.Kind
	id      record.ID
	name    string
	aliases []string
	sector  string
	rule    string
	folds   []string // the name and the aliases, folded
	spans   []record.Span
	index   int // in Reading.Found

	// For a person: what the text says of the job.
	role string
	jobs []job
}

// job is an employer the text states for a person.
type job struct {
	employer *thing
	role     string
	at       int // the passage that says so
	rule     string
	period   // as far as the passage says it
}

// newPage cuts the title and the main part of a text into passages.
func newPage(body string, l layout, lex *Lexicon) *page {
	p := &page{body: body, lex: lex, weak: make(map[string]bool), known: make(map[record.ID]*thing), named: make(map[string]*thing)}
	section := -1
	if l.title.Len() > 0 && (l.title.Start < l.main.Start || l.main.Len() == 0) {
		p.add(unit{Span: l.title, kind: headingUnit, paragraph: -1}, -1)
		p.passages[0].title = true
		section = 0
	}
	for _, u := range cutUnits(body, l.main) {
		p.add(u, section)
		if u.kind == headingUnit {
			section = len(p.passages) - 1
		}
	}
	return p
}

func (p *page) add(u unit, section int) {
	tokens := tokenize(p.body, u.Span)
	p.passages = append(p.passages, passage{unit: u, tokens: tokens, cover: make([]*name, len(tokens)), section: section})
}

// span is the part of the body from one token up to another.
func (s *passage) span(from, to int) record.Span {
	if from >= to || from >= len(s.tokens) {
		return record.Span{}
	}
	return record.Span{Start: s.tokens[from].Start, End: s.tokens[to-1].End}
}

// text is the words of some tokens as printed.
func (p *page) text(at, from, to int) string {
	s := p.passages[at].span(from, to)
	return p.body[s.Start:s.End]
}

// free tells whether no name covers the tokens.
func (s *passage) free(from, to int) bool {
	for _, n := range s.cover[from:to] {
		if n != nil {
			return false
		}
	}
	return true
}

// word is the folded text of a token, "" outside the passage.
func (s *passage) word(i int) string {
	if i < 0 || i >= len(s.tokens) {
		return ""
	}
	if s.tokens[i].fold == "" {
		return s.tokens[i].text
	}
	return s.tokens[i].fold
}

// nameAt is the name that covers a token, nil for none.
func (s *passage) nameAt(i int) *name {
	if i < 0 || i >= len(s.cover) {
		return nil
	}
	return s.cover[i]
}

// mark notes that tokens name something, in place of the names they covered.
func (p *page) mark(at, from, to int, t *thing, rule string) *name {
	s := &p.passages[at]
	for i := from; i < to; i++ {
		if old := s.cover[i]; old != nil {
			for j := old.from; j < old.to; j++ {
				s.cover[j] = nil
			}
		}
	}
	n := &name{at: at, from: from, to: to, tail: to, thing: t, rule: rule}
	for i := from; i < to; i++ {
		s.cover[i] = n
	}
	return n
}

// entryThing is the thing that an entry of the lexicon stands for.
func (p *page) entryThing(e entry, rule string) *thing {
	if e.id != "" {
		if t := p.known[e.id]; t != nil {
			return t
		}
	}
	t := p.thing(e.kind, e.name, rule)
	t.id = e.id
	if t.sector == "" {
		t.sector = e.sector
	}
	if e.id != "" {
		p.known[e.id] = t
	}
	return t
}

// thing is the thing of that kind and name, made when there is none.
func (p *page) thing(kind record.Kind, name, rule string) *thing {
	key := kind.Slug() + " " + record.Fold(name)
	if t := p.named[key]; t != nil {
		return t
	}
	t := &thing{kind: kind, name: name, rule: rule, folds: []string{record.Fold(name)}}
	p.named[key] = t
	p.things = append(p.things, t)
	return t
}

// alias notes another form of a thing's name.
func (p *page) alias(t *thing, name string) {
	fold := record.Fold(name)
	if fold == t.folds[0] || slices.Contains(t.aliases, name) {
		return
	}
	t.aliases = append(t.aliases, name)
	t.folds = append(t.folds, fold)
	key := t.kind.Slug() + " " + fold
	if p.named[key] == nil {
		p.named[key] = t
	}
}

// each calls f with every name in a passage, in order.
func (s *passage) each(f func(*name)) {
	for i := 0; i < len(s.cover); i++ {
		if n := s.cover[i]; n != nil {
			f(n)
			i = n.to - 1
		}
	}
}

// isHead tells whether the passage stands over others.
func (s *passage) isHead() bool { return s.kind == headingUnit }

// sentenceStart tells whether a token begins its passage, marks aside.
func (s *passage) sentenceStart(i int) bool {
	for j := range i {
		if s.tokens[j].isWord() {
			return false
		}
	}
	return true
}

// after is the text of the passage from a token on.
func (p *page) after(at, i int) string {
	s := &p.passages[at]
	if i >= len(s.tokens) {
		return ""
	}
	return p.body[s.tokens[i].Start:s.End]
}

// before is the text of the passage up to a token.
func (p *page) before(at, i int) string {
	s := &p.passages[at]
	if i <= 0 || len(s.tokens) == 0 {
		return ""
	}
	return p.body[s.Start:s.tokens[min(i, len(s.tokens))-1].End]
}

// closing is the index of the bracket that closes the one at i, -1 for none
// near.
func (s *passage) closing(i int) int {
	depth := 0
	for j := i; j < len(s.tokens) && j < i+60; j++ {
		switch s.tokens[j].text {
		case "(":
			depth++
		case ")":
			if depth--; depth == 0 {
				return j
			}
		}
	}
	return -1
}

// quoteEnd is the index of the mark that closes the quotation opened at i, -1
// when there is none near.
func (s *passage) quoteEnd(i int) int {
	var closers string
	switch s.tokens[i].text {
	case "‘", "'":
		closers = "’'‘"
	case "“":
		closers = "”\""
	case "\"":
		closers = "\""
	default:
		return -1
	}
	for j := i + 2; j < len(s.tokens) && j < i+25; j++ {
		if t := s.tokens[j]; strings.Contains(closers, t.text) && t.glue && (j+1 == len(s.tokens) || !s.tokens[j+1].glue || !s.tokens[j+1].isWord()) {
			if later := s.laterQuote(i, j, closers); later > 0 {
				return later // the first was an apostrophe: "‘Carers’ Club’"
			}
			return j
		}
	}
	return -1
}

// laterQuote is the mark that closes a quotation for which that at j is only the
// apostrophe of a plural, 0 for none.
func (s *passage) laterQuote(i, j int, closers string) int {
	if !strings.HasSuffix(s.word(j-1), "s") || j+1 >= len(s.tokens) || !s.tokens[j+1].isCapital() {
		return 0
	}
	for k := j + 1; k < len(s.tokens) && k < j+6; k++ {
		switch t := s.tokens[k]; {
		case strings.Contains(closers, t.text) && t.glue && (k+1 == len(s.tokens) || !s.tokens[k+1].glue || !s.tokens[k+1].isWord()):
			return k
		case !t.isWord() || strings.Contains("‘“\"", t.text):
			return 0
		}
	}
	return 0
}
