package extract

import (
	"strings"

	"lotigraph/record"
)

// relateOwner reads whose work a project is: "our X", "LOTI’s X" and the like
// make LOTI, for which the texts speak, a partner in X. It is inferred: the
// words say whose it is, not what LOTI does in it.
func (p *page) relateOwner(r *Reading) {
	loti := p.speaker()
	if loti == nil || len(loti.spans) == 0 {
		return
	}
	for at := range p.passages {
		s := &p.passages[at]
		if s.title {
			continue
		}
		s.each(func(n *name) {
			if n.thing.kind == record.ProjectKind && p.ownedAt(s, n, loti) {
				p.say(r, record.PartnerIn, loti, n.thing, "", at, "our own project", period{})
			}
		})
	}
}

// ownedAt tells whether the words before a project say that it is LOTI's.
func (p *page) ownedAt(s *passage, n *name, loti *thing) bool {
	for i := n.from - 1; i >= 0 && i >= n.from-6; i-- {
		switch w := s.word(i); {
		case w == "our":
			return true
		case s.nameAt(i) != nil:
			return s.nameAt(i).thing == loti && i >= n.from-3
		case strings.ContainsAny(w, ".;:(),"):
			return false
		case s.tokens[i].possessive(), s.tokens[i].text == "‘", s.tokens[i].text == "“":
		case w == "new" || w == "latest" || w == "first" || w == "own" || w == "joint" || w == "year" || w == "and" || s.tokens[i].isCapital():
		default:
			return false
		}
	}
	return false
}
