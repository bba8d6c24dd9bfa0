package extract

import (
	"strings"

	"lotigraph/record"
)

// commonCentres are ordinary places and parts that end like a body's name.
var commonCentres = words(`data contact civic town community call job city leisure shopping health day care resource home post head back
	digital central front new our virtual village adult social public business sales private sixth high primary secondary
	nursery local service executive wider whole core advisory steering project programme working user support`)

// bodyCalled is the body of a printed name: known, well known, or met here.
func (p *page) bodyCalled(printed, rule string) *thing {
	printed = strings.Join(strings.Fields(strings.TrimPrefix(strings.TrimPrefix(printed, "the "), "The ")), " ")
	for _, kind := range []record.Kind{record.PartnerKind, record.BoroughKind} {
		if e, ok := p.lex.named(printed, kind, 0); ok {
			rule := "known " + kind.Slug()
			if e.id == "" {
				rule = "well-known body"
			}
			return p.entryThing(e, rule)
		}
	}
	return p.thing(record.PartnerKind, printed, rule)
}

// markBodies marks the bodies that are known by a word of their name, such as
// University or Foundation.
func (p *page) markBodies() {
	for at := range p.passages {
		s := &p.passages[at]
		for k := 0; k < len(s.tokens); k++ {
			t := s.tokens[k]
			if n := s.nameAt(k + 1); t.text == "Digital" && s.cover[k] == nil && n != nil && n.thing.kind == record.BoroughKind {
				// "Digital Greenwich": a borough's team with a name of its own.
				p.mark(at, k, n.to, p.bodyCalled(p.text(at, k, n.to), "word of a body’s name"), "word of a body’s name")
				continue
			}
			if !t.isCapital() || s.cover[k] != nil || !bodyHeads[t.fold] {
				continue
			}
			from, to, ok := p.bodyAround(at, k)
			if !ok {
				continue
			}
			p.mark(at, from, to, p.bodyCalled(p.text(at, from, to), "word of a body’s name"), "word of a body’s name")
			k = to - 1
		}
	}
}

// bodyAround is the whole name of a body around the word at k.
func (p *page) bodyAround(at, k int) (from, to int, ok bool) {
	s := &p.passages[at]
	from, to = p.backTo(at, k, false), k+1
	for to < len(s.tokens) && s.tokens[to].isCapital() && s.cover[to] == nil && bodyHeads[s.word(to)] && !frontHeads[s.word(to)] {
		to++
	}
	if to < len(s.tokens) && s.tokens[to].isCapital() && s.cover[to] == nil && !bodyHeads[s.word(to)] {
		if frontHeads[s.word(k)] && from == k || !bodyHeads[s.word(to)] {
			// A longer run: its own last word decides.
			end := p.runEnd(at, to)
			if last := s.word(end - 1); madeHeads[last] || jobHeads[last] {
				return 0, 0, false
			}
			if from < k {
				to = end
			}
		}
	}
	if frontHeads[s.word(k)] && to == k+1 && (s.word(to) == "of" || s.word(to) == "for") {
		j := to + 1
		if s.word(j) == "the" {
			j++
		}
		if j < len(s.tokens) && s.tokens[j].isCapital() && (s.cover[j] == nil || s.cover[j].thing.kind == record.BoroughKind) {
			to = j + 1
			for to < len(s.tokens) && (s.tokens[to].isCapital() && s.cover[to] == nil || !p.bodyBehind(at, to+1) && (s.word(to) == "and" || s.word(to) == "&") && to+1 < len(s.tokens) && s.tokens[to+1].isCapital() && s.cover[to+1] == nil) {
				to++
			}
			if s.word(to) == "of" && s.word(k+1) == "for" && to+1 < len(s.tokens) && s.tokens[to+1].isCapital() && s.cover[to+1] == nil {
				for to++; to < len(s.tokens) && s.tokens[to].isCapital() && s.cover[to] == nil; {
					to++
				}
			}
			return from, to, true
		}
	}
	head := s.word(to - 1)
	if from == k || !bodyHeads[head] && !bodyHeads[s.word(k)] {
		return 0, 0, false
	}
	if w := s.word(from - 1); w == "our" || s.word(to-1) == "group" && s.word(to-2) == "working" && (w == "new" || w == "a" || w == "an" || w == "this") || from > 1 && s.tokens[from-1].possessive() && s.word(from-2) == "loti" {
		return 0, 0, false
	}
	return from, to, p.tellsBody(s, from, k)
}

// bodyBehind tells whether the run that begins at a token has a body's word of
// its own.
func (p *page) bodyBehind(at, i int) bool {
	s := &p.passages[at]
	for end := i + 5; i < len(s.tokens) && i < end && s.tokens[i].isCapital() && s.cover[i] == nil; i++ {
		if bodyHeads[s.word(i)] && s.word(i) != "council" {
			return true
		}
	}
	return false
}

// tellsBody tells whether the words before the head of a name are enough to
// take it for a body.
func (p *page) tellsBody(s *passage, from, k int) bool {
	known, count := 0, 0
	for i := from; i < k; i++ {
		w := s.word(i)
		if !s.tokens[i].isWord() || smallWords[w] {
			continue
		}
		count++
		if !isCommon(w) {
			known++
		}
	}
	switch s.word(from) {
	case "national", "royal", "british", "european", "international":
		if count > 1 && !s.isHead() {
			return true
		}
	}
	if count == 1 && commonCentres[s.word(from)] {
		return false
	}
	if s.isHead() || vagueHeads[s.word(k)] {
		return known > 0 || count > 2 && !s.isHead() && (s.word(k) == "centre" || s.word(k) == "school" || s.word(k) == "trust")
	}
	return count > 0
}

// backTo walks back from a head to where its name begins: over words in
// capitals and the small words between them, if wide is set also "of" and "for".
func (p *page) backTo(at, k int, wide bool) int {
	s := &p.passages[at]
	from := k
	for from > 0 {
		prev := s.tokens[from-1]
		if s.cover[from-1] != nil {
			break
		}
		if prev.isCapital() {
			if functionWords[prev.fold] && (from < 2 || !smallWords[s.word(from-2)]) {
				break
			}
			from--
			continue
		}
		if wide && prev.text == "/" && prev.glue && s.tokens[from].glue && from > 1 && s.tokens[from-2].isCapital() && s.cover[from-2] == nil {
			from -= 2
			continue
		}
		if wide && prev.possessive() && prev.text != "’s" && prev.text != "'s" && from > 1 && s.tokens[from-2].isCapital() && s.cover[from-2] == nil {
			from -= 2
			continue
		}
		if prev.isNumber() && from > 1 && (s.tokens[from-2].isCapital() || s.tokens[from-2].text == "-" && prev.glue && from > 2 && s.tokens[from-3].isCapital()) {
			if s.tokens[from-2].text == "-" {
				from--
			}
			from -= 2
			continue
		}
		if prev.text == "-" && prev.glue && s.tokens[from].glue && from > 1 && (s.tokens[from-2].isCapital() || len(s.tokens[from-2].text) == 1) {
			from -= 2
			continue
		}
		if (prev.text == "&" || prev.fold == "and" || wide && (prev.fold == "of" || prev.fold == "for" || prev.fold == "in" || prev.fold == "with" && p.titled(s, from-2))) && from > 1 && s.tokens[from-2].isCapital() && s.cover[from-2] == nil && !functionWords[s.word(from-2)] {
			if prev.fold == "and" && !isCommon(s.word(from-2)) {
				break // two things named side by side
			}
			if prev.fold == "and" && p.listBefore(s, from-2) {
				break
			}
			from -= 2
			continue
		}
		break
	}
	return from
}

// titled tells whether the run that ends at a token is of two words at least.
func (p *page) titled(s *passage, i int) bool {
	return i > 0 && s.tokens[i-1].isCapital() && s.cover[i-1] == nil && !functionWords[s.word(i-1)]
}

// listBefore tells whether the run that ends at a token stands in a list behind
// a name and a comma.
func (p *page) listBefore(s *passage, i int) bool {
	for i > 0 && s.tokens[i-1].isCapital() && s.cover[i-1] == nil {
		i--
	}
	return i > 1 && s.word(i-1) == "," && s.cover[i-2] != nil
}

// runEnd is where a run of words in capitals that begins at i ends: small words
// inside it count, and numbers and hyphens.
func (p *page) runEnd(at, i int) int {
	s := &p.passages[at]
	end := i
	for end < len(s.tokens) && end < i+20 && s.cover[end] == nil {
		t := s.tokens[end]
		switch {
		case t.isWord() && t.isCapital() && (end == i || !functionWords[t.fold] || !s.sentenceStart(end)):
			end++
		case end > i && t.isNumber():
			end++
		case end > i && t.possessive() && t.text != "’s" && t.text != "'s" && end+1 < len(s.tokens) && s.tokens[end+1].isCapital() && s.cover[end+1] == nil && strings.HasSuffix(s.word(end-1), "s"):
			end += 2
		case end > i && (t.text == "-" || t.text == "/") && t.glue && end+1 < len(s.tokens) && s.tokens[end+1].glue && s.tokens[end+1].isWord() && s.cover[end+1] == nil:
			end += 2
		case end > i && (smallWords[t.fold] || t.text == "&") && end+1 < len(s.tokens) && s.tokens[end+1].isCapital() && s.cover[end+1] == nil:
			end += 2
		case end > i && smallWords[t.fold] && end+2 < len(s.tokens) && smallWords[s.word(end+1)] && s.tokens[end+2].isCapital() && s.cover[end+2] == nil:
			end += 3
		default:
			return end
		}
	}
	return end
}
