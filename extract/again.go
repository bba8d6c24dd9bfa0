package extract

import (
	"strings"

	"lotigraph/record"
)

// markAliases notes abbreviations in brackets behind a name: "Digital Inclusion
// Innovation Programme (DIIP)".
func (p *page) markAliases() {
	for at := range p.passages {
		s := &p.passages[at]
		s.each(func(n *name) {
			i := n.to
			if i+2 >= len(s.tokens) || s.tokens[i].text != "(" || s.tokens[i+2].text != ")" {
				return
			}
			t := s.tokens[i+1]
			if n.thing.kind == record.PersonKind || !t.isAcronym() && !initials(n.thing.name, t.text) {
				return
			}
			if other := s.cover[i+1]; other != nil && other.thing != n.thing {
				if other.thing.kind != n.thing.kind || other.thing.id != "" {
					return
				}
			}
			p.alias(n.thing, t.text)
			p.mark(at, i+1, i+2, n.thing, "abbreviation in brackets")
			n.tail = i + 3
		})
	}
}

// initials tells whether a short form is made of the first letters of a name.
func initials(name, short string) bool {
	var b strings.Builder
	for _, w := range strings.Fields(name) {
		b.WriteString(strings.ToLower(w[:1]))
	}
	return len(short) >= 2 && strings.EqualFold(b.String(), short)
}

// markAgain marks the other places where names found in this text stand.
func (p *page) markAgain() {
	var entries []entry
	var things []*thing
	for _, t := range p.things {
		if t.kind == record.BoroughKind || t.kind == record.PersonKind && !strings.Contains(t.name, " ") {
			continue
		}
		entries = append(entries, entry{kind: t.kind, name: t.name, aliases: t.aliases})
		things = append(things, t)
	}
	here := newLayer(entries)
	for at := range p.passages {
		s := &p.passages[at]
		for i := 0; i < len(s.tokens); i++ {
			if s.cover[i] != nil || !s.tokens[i].isWord() {
				continue
			}
			for _, f := range here.byFirst[s.tokens[i].fold] {
				count, ok := f.match(s.tokens[i:], false)
				if !ok || !s.free(i, i+count) || len(p.weak) > 0 && p.weak[record.Fold(p.text(at, i, i+count))] {
					continue
				}
				if len(f.words) == 1 && isCommon(f.words[0].fold) && (s.sentenceStart(i) || things[f.node].kind == record.ProjectKind) {
					continue
				}
				p.mark(at, i, i+count, things[f.node], "named again")
				i += count - 1
				break
			}
		}
	}
}
