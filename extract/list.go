package extract

import (
	"regexp"
	"strings"

	"lotigraph/record"
)

// taking is what a heading, or a sentence that ends in a colon, says of the bodies
// in the list beneath it.
var taking = regexp.MustCompile(`\b(?:partners?|participants?|participating|taking part|involved|on board|signed up|have joined|joined so far|chosen|selected|winners?|winning|successful|teams|bids?|funded|behind it|pilots?|boroughs are|councils are|working group|steering group|made up of|with us)\b`)

// noPart says that a list is about something else.
var noPart = regexp.MustCompile(`\b(?:thanks?|visit(?:s|ed)?|met|meetings?|speakers?|panel(?:lists)?|invited|attendees|attended|heard from|next week|agenda|reading|jobs?|vacanc|not chosen|unsuccessful)\b`)

// relateLists reads lists of bodies under a heading or a sentence that says that
// they take part: "Four boroughs are taking part:", "Project partners". Every body
// in a line has a part, and none that is only in a longer sentence.
func (p *page) relateLists(r *Reading) {
	for at := range p.passages {
		s := &p.passages[at]
		if s.isHead() || s.kind != itemUnit && s.section < 0 {
			continue
		}
		project := p.listProject(at)
		if project == nil {
			continue
		}
		t := p.templateOf(at)
		m := listLine.FindStringSubmatch(t.text)
		if m == nil || doubt.MatchString(t.text) {
			continue
		}
		for _, who := range p.actorsIn(t, m[0]) {
			if who != p.speaker() {
				p.say(r, record.Joined, who, project, "", at, "listed under a heading", period{})
			}
		}
	}
}

// listLine is the head of a line as far as it lists bodies.
var listLine = regexp.MustCompile(`^(?:an? (?:joint )?(?:bid|team|project|partnership) (?:from|of|by|between) |[a-z ]{0,20}\b(?:from|at) )?(?:\{[AN][ \d]+\}(?:'s \{N[ \d]+\})?(?:,? (?:with|and|supported by|together with|working with|in partnership with|alongside|led by|plus) (?:the )?|, (?:the )?| \(|\)|: | – )?)+`)

// listProject is the project that the heading or the sentence over a line gives it
// a part in, nil when there is none.
func (p *page) listProject(at int) *thing {
	lead := -1
	for i := at - 1; i >= 0 && i > at-25; i-- {
		if p.passages[i].lead {
			lead = i
			break
		}
		if p.passages[i].isHead() || p.passages[i].kind != itemUnit && p.passages[i].paragraph != p.passages[at].paragraph {
			break
		}
	}
	if lead >= 0 && p.passages[at].kind == itemUnit {
		if text := strings.ToLower(p.passages[lead].Of(p.body)); taking.MatchString(text) && !noPart.MatchString(text) {
			if list := p.projectsIn(lead); len(list) > 0 {
				return list[len(list)-1]
			}
			return p.backTie(lead)
		}
	}
	section := p.passages[at].section
	if section <= 0 || p.passages[at].kind != itemUnit {
		return nil
	}
	text := strings.ToLower(p.passages[section].Of(p.body))
	if len(strings.Fields(text)) > 6 || !taking.MatchString(text) || noPart.MatchString(text) {
		return nil
	}
	if list := p.projectsIn(section); len(list) > 0 {
		return list[0]
	}
	return p.backTie(section)
}
