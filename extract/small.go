package extract

import "strings"

// plainStarts are words in front of a name that are no part of it.
var plainStarts = words(`new first second third joint latest current next shared collaborative whole same entire overall upcoming recent
	proposed own existing latest final last live big small different other exciting important potential wider related
	initial specific ongoing successful previous particular highly anticipated large small pan-london`)

// smallProjects marks projects that are named without capitals: "our innovation
// in procurement project", and "the charge point dashboard" under a heading
// with the same words.
func (p *page) smallProjects() {
	for at := range p.passages {
		s := &p.passages[at]
		if s.isHead() {
			continue
		}
		for k := 2; k < len(s.tokens); k++ {
			head := s.word(k)
			if s.cover[k] != nil || !s.tokens[k].isLower() || head != "project" && !(smallHeads[head] && one(head) == head) || madeHeads[s.word(k+1)] || plainHeads[s.word(k+1)] {
				continue
			}
			from, count := p.smallStart(s, k)
			if count < 2 {
				continue
			}
			to := k + 1
			if head == "project" {
				to = k
			}
			if head == "project" && (p.ours(s, from) || count >= 3) || p.underHeading(at, from, k) {
				t := p.smallCalled(at, from, to, k)
				p.mark(at, from, to, t, "named in small letters")
			}
		}
	}
}

// smallStart walks back over words in small letters to the determiner, and
// counts those that could be a name.
func (p *page) smallStart(s *passage, k int) (from, count int) {
	from = k
	for from > 0 && k-from < 7 {
		t := s.tokens[from-1]
		if s.cover[from-1] != nil || !t.isWord() && t.text != "-" || t.isCapital() || functionWords[t.fold] && !smallWords[t.fold] || plainHeads[t.fold] {
			break
		}
		if t.fold == "the" || t.fold == "a" || t.fold == "an" || t.fold == "to" || t.fold == "on" || t.fold == "at" || t.fold == "with" {
			break
		}
		from--
	}
	if prev := s.word(from - 1); prev != "our" && prev != "the" && prev != "’s" && prev != "this" {
		return from, 0
	}
	for from < k && (plainStarts[s.word(from)] || smallWords[s.word(from)]) {
		from++
	}
	for i := from; i < k; i++ {
		if s.tokens[i].isWord() && !smallWords[s.word(i)] {
			count++
		}
	}
	return from, count
}

// ours tells whether "our" or LOTI’s stands before a name.
func (p *page) ours(s *passage, from int) bool {
	for i := from - 1; i >= 0 && i > from-4; i-- {
		if s.word(i) == "our" || s.tokens[i].possessive() && p.isOwner(s, i-1) {
			return true
		}
		if s.word(i) == "the" {
			return false
		}
	}
	return false
}

// underHeading tells whether the heading over a passage, or the title, has most
// of the words of a name.
func (p *page) underHeading(at, from, to int) bool {
	s := &p.passages[at]
	if s.section < 0 {
		return false
	}
	head := strings.ToLower(p.passages[s.section].Of(p.body))
	shared, count := 0, 0
	for i := from; i < to; i++ {
		w := s.word(i)
		if !s.tokens[i].isWord() || smallWords[w] {
			continue
		}
		count++
		if strings.Contains(head, strings.TrimSuffix(strings.TrimSuffix(w, "s"), "ic")) {
			shared++
		}
	}
	return shared >= 2 && shared*3 >= count*2
}

// smallCalled is the project named in small letters: the one of the heading
// over the passage where that has most of the words, else one by itself.
func (p *page) smallCalled(at, from, to, k int) *thing {
	printed := p.text(at, from, to)
	if list := p.headProjects(at); len(list) == 1 && p.underHeading(at, from, k) {
		p.alias(list[0], printed)
		return list[0]
	}
	return p.projectCalled(printed, "named in small letters")
}

// headProjects are the projects named in the heading over a passage.
func (p *page) headProjects(at int) []*thing {
	if section := p.passages[at].section; section >= 0 {
		return p.projectsIn(section)
	}
	return nil
}

// projectsOfGivers marks "the Innovation Fund data project": a project that is
// told apart from others only by the fund or challenge it belongs to.
func (p *page) projectsOfGivers() {
	for at := range p.passages {
		s := &p.passages[at]
		s.each(func(n *name) {
			if n.thing.kind.Slug() != "project" || !isGiver(n.thing) {
				return
			}
			k := n.to
			for k < n.to+3 && k < len(s.tokens) && s.tokens[k].isLower() && !functionWords[s.word(k)] && !plainHeads[s.word(k)] && s.word(k) != "projects" {
				k++
			}
			if k > n.to && s.word(k) == "project" {
				p.mark(at, n.from, k+1, p.projectCalled(p.text(at, n.from, k+1), "project of a fund"), "project of a fund")
			}
		})
	}
}
