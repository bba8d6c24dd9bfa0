package extract

import "lotigraph/record"

// lifeRules say what became of something: who is a member of a body, and what
// followed what. In them <X> is the one that a link begins at and <Y> the one it
// ends at; a membership without <Y> is one in the body that the text speaks for.
//
// A new name for the same thing is read as one thing that another followed: the
// text cannot tell whether more than the name is new, and a person can unite the
// two, or keep them apart.
func lifeRules() []relationRule {
	const (
		newest = `(?:new |newest |latest |first |founding |associate |full )*`
		member = `members?(?: boroughs?| councils?| authority| organisations?)?`
	)
	return []relationRule{
		{name: "joined as a member", link: record.MemberOf, cues: "member", pattern: `<X> (?:has |have |is |are |will )?(?:joined|joins?|joining) (?:<Y>|us)(?: [a-z0-9 ]{0,30}?)? as (?:an? |the |its |our )?` + newest + member + `\b`},
		{name: "became a member", link: record.MemberOf, cues: "member", pattern: `<X> (?:has |have )?(?:now )?(?:become|became|becomes|is now|are now) (?:an? |the )?` + newest + member + ` of <Y>`},
		{name: "became their member", link: record.MemberOf, cues: "member", pattern: `<X> (?:has |have |is |are )?(?:now )?(?:become|became|becomes|now)? ?(?:<Y>'s|our) ` + newest + member + `\b`},
		{name: "their newest member", link: record.MemberOf, cues: "newest member|latest member|new member", pattern: `(?:<Y>'s|our) (?:two |three )?(?:new|newest|latest) ` + member + `(?: is| are|,|:| –)? <X>`},
		{name: "as their newest member", link: record.MemberOf, cues: "member", pattern: `\bwelcom(?:e|ed|es|ing) <X>,? (?:as|to) (?:(?:<Y>'s|our) ` + newest + member + `|membership of <Y>)`},
		{name: "joined the body", link: record.MemberOf, cues: "joined", pattern: `<B> (?:has |have )?(?:now |also |formally |officially )?joined <Y>(?:\.|$|,? (?:in|on|this|last) (?:[a-z]+ )?(?:\d{4}|week|month|year|` + months + `)\b)`},
		{name: "has been a member", link: record.MemberOf, cues: "been", pattern: `<X>,? (?:which |who )?(?:has|have) (?:also |now )?been (?:an? |the |one of (?:the |our )?)?` + newest + `(?:(?:\{M(?P<y1>[ \d]+)\} |(?:of )?our )?` + member + `(?: of <Y>)?|in <Y>|with <Y>) (?:ever )?(?:since|from|for)\b`},
		{name: "member boroughs named", link: record.MemberOf, cues: "{M ", pattern: `\{M(?P<y0>[ \d]+)\} (?:members|member boroughs|member councils) <X>`},

		{name: "now called", link: record.SucceededBy, cues: "now", pattern: `<X>,? \(?(?:which is |is |and )?now (?:known as |called |renamed |rebranded as )<Y>`},
		{name: "now", link: record.SucceededBy, cues: "now", pattern: `<X>(?:,| \() ?now <Y>`},
		{name: "renamed", link: record.SucceededBy, cues: "renamed|rebranded|relaunched", pattern: `<X>,? (?:which )?(?:has been |was |is being |is |were )?(?:renamed|rebranded|relaunched)(?: as| to)?:? <Y>`},
		{name: "formerly known as", link: record.SucceededBy, cues: "formerly|previously|once called", pattern: `<Y>,? \(?(?:formerly|previously|once)(?: known as| called| named)? <X>`},
		{name: "replaces", link: record.SucceededBy, cues: "replac|supersed|succeed|took over from|takes over from", pattern: `<Y>,? (?:which |that )?(?:has |have |now )?(?:replaces|replaced|supersedes|superseded|succeeds|succeeded|takes over from|took over from) <X>`},
		{name: "replaced by", link: record.SucceededBy, cues: "by", pattern: `<X>,? (?:which )?(?:has been|have been|was|were|is|are) (?:replaced|superseded|succeeded) by <Y>`},
		{name: "merged into", link: record.SucceededBy, cues: "merge", pattern: `<X>,? (?:which )?(?:has |have |was |were )?(?:merged|merge|merges)(?: with <X>)? (?:into|to become|to form|to make) (?:the new )?<Y>`},
		{name: "became", link: record.SucceededBy, cues: "became|become", pattern: `<X> (?:has (?:now |since )?become|have become|became) <Y>(?:\.|$|,| in (?:` + months + `|\d{4})\b)`},
	}
}

// sayLife notes the links of a life rule. Both ends of a succession are of one
// kind, and a project is no member of anything.
func (p *page) sayLife(r *Reading, c compiled, at int, from, to []*thing, w period) {
	if len(to) == 0 && c.link == record.MemberOf {
		if loti := p.speaker(); loti != nil {
			to = []*thing{loti}
		}
	}
	if len(to) != 1 {
		return
	}
	for _, x := range from {
		if c.link == record.SucceededBy && (x.kind != to[0].kind || x.kind == record.BoroughKind) || c.link == record.MemberOf && (x.kind == record.ProjectKind || to[0].kind != record.PartnerKind) {
			continue
		}
		p.say(r, c.link, x, to[0], "", at, c.name, w)
	}
}
