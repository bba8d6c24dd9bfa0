package extract

import (
	"strings"

	"lotigraph/record"
)

// tie finds the projects that a passage is about when the rule's words name
// none: the one in the rest of the sentence where the rule allows it, the one
// that ends in the noun the sentence uses, the last one named before in the
// same section, or the heading's.
func (p *page) tie(t template, c compiled, head string, from, to int) []*thing {
	if head != "" {
		if found := p.headTie(t.at, head); found != nil {
			return []*thing{found}
		}
	}
	if c.near {
		if found := p.nearTie(t, to); found != nil {
			return p.withGiven(t.at, found)
		}
	}
	if c.same {
		if found := p.nearTie(t, to); found != nil {
			return []*thing{found}
		}
		return nil
	}
	if c.forward {
		if found := p.forwardTie(t.at); found != nil {
			return []*thing{found}
		}
	}
	if found := p.backTie(t.at); found != nil {
		return []*thing{found}
	}
	return nil
}

// projectsIn are the projects named in a passage, in order.
func (p *page) projectsIn(at int) (list []*thing) {
	p.passages[at].each(func(n *name) {
		if n.thing.kind == record.ProjectKind {
			list = append(list, n.thing)
		}
	})
	return list
}

// nearTie is the project in the same sentence: the first behind the rule's
// words, as far as a semicolon, else the last before them.
func (p *page) nearTie(t template, to int) *thing {
	if i := strings.Index(t.text[to:], "{P "); i >= 0 && !strings.Contains(t.text[to:to+i], ";") {
		rest := t.text[to+i+3:]
		if things := t.things(rest[:strings.IndexByte(rest, '}')]); len(things) > 0 {
			return things[0]
		}
	}
	if i := strings.LastIndex(t.text[:to], "{P "); i >= 0 {
		rest := t.text[i+3:]
		if things := t.things(rest[:strings.IndexByte(rest, '}')]); len(things) > 0 {
			return things[0]
		}
	}
	return nil
}

// withGiven puts before a fund or challenge the project under it that the
// section is about: "their Challenge project" under the project's heading.
func (p *page) withGiven(at int, found *thing) []*thing {
	if isGiver(found) {
		if given := p.backTie(at); given != nil && given != found && !isGiver(given) {
			return []*thing{given, found}
		}
	}
	return []*thing{found}
}

// headTie is the project whose name ends in the noun, the nearest one before,
// else the first behind.
func (p *page) headTie(at int, noun string) *thing {
	ends := func(i int) *thing {
		list := p.projectsIn(i)
		for j := len(list) - 1; j >= 0; j-- {
			if strings.HasSuffix(strings.ToLower(list[j].name), noun) {
				return list[j]
			}
		}
		return nil
	}
	for i := at; i >= 0; i-- {
		if t := ends(i); t != nil {
			return t
		}
	}
	for i := at + 1; i < len(p.passages); i++ {
		if t := ends(i); t != nil {
			return t
		}
	}
	return nil
}

// forwardTie is the project that the next sentence names when it begins with
// "it" and the like.
func (p *page) forwardTie(at int) *thing {
	if at+1 >= len(p.passages) || p.passages[at+1].isHead() {
		return nil
	}
	s := &p.passages[at+1]
	switch s.word(0) {
	case "it", "this", "they", "their":
		if list := p.projectsIn(at + 1); len(list) > 0 {
			return list[0]
		}
	}
	return nil
}

// backTie is the project last named before in the section, else the heading's.
// A fund or challenge counts only when there is no other: it pays for projects
// and is seldom the one that is meant.
func (p *page) backTie(at int) *thing {
	section := p.passages[at].section
	if list := p.titleProjects(); len(list) > 0 && section <= 0 {
		return list[0]
	}
	var giver *thing
	pick := func(i int) *thing {
		for _, t := range p.projectsIn(i) {
			if !isGiver(t) {
				return t
			}
			if giver == nil {
				giver = t
			}
		}
		return nil
	}
	for i := at - 1; i > section && i >= 0; i-- {
		if t := pick(i); t != nil {
			return t
		}
	}
	if section >= 0 {
		if t := pick(section); t != nil {
			return t
		}
	}
	return giver
}

// titleProjects are the projects in the title of a project's own page.
func (p *page) titleProjects() []*thing {
	if !p.project || len(p.passages) == 0 || !p.passages[0].title {
		return nil
	}
	return p.projectsIn(0)
}

// isGiver tells whether a project by its name gives money to others.
func isGiver(t *thing) bool {
	last := strings.ToLower(t.name[strings.LastIndexByte(t.name, ' ')+1:])
	return last == "fund" || last == "challenge" || last == "prize"
}
