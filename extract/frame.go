package extract

import (
	"regexp"
	"slices"
	"strings"

	"lotigraph/record"
)

// frameRules go by what every sentence about taking part has in common, whatever
// its verb: somebody works, something is done by or with somebody, or somebody is
// said to be the one who does it. They hold only where it is plain which project
// is meant: see [page.topic].
func frameRules() []relationRule {
	const (
		verb    = `(?P<verb>[a-z-]+)`
		adverbs = `(?:(?:has|have|had|will|also|now|jointly|together|both|all|already|just|each|then|again|in turn|still|'ve|have been|has been) )*`
		before  = `(?:^|[:;,–] |\b(?:and|while|but|where|when|since|so|as|until) )(?:[a-z ]{0,30}\b(?:boroughs?|councils?|colleagues|officers|teams?) (?:of|from|in|at) |the )?`
		ones    = `(?:council|borough|company|charity|supplier|agency|university|consultancy|firm|partner|team|organisation|one|people|host|councils|boroughs|partners|ones|teams|suppliers|agencies)`
	)
	return []relationRule{
		{name: "works in its section", link: record.Joined, topic: true, cues: "", pattern: before + `<A> ` + adverbs + `(?:(?:is|are|was|were|be|been|being|'re) ` + adverbs + `(?P<verb1>[a-z-]+ing)|(?P<verb2>[a-z-]+))\b`},
		{name: "which they worked on", link: record.Joined, cues: "which|that", pattern: `<P>,? (?:which|that) (?:the (?:boroughs|councils) of |the )?<A> ` + adverbs + verb + `\b`},
		{name: "is the first to", link: record.Joined, topic: true, cues: "to ", pattern: `<A> (?:is|are|was|were|became|becomes|will be) (?:also )?(?:the |our )?(?:first|second|third|fourth|fifth|latest|next|only) (?:(?:london )?(?:council|borough|authority|partner|one|two|three|councils|boroughs) )?to ` + verb + `\b`},
		{name: "is next", link: record.Joined, topic: true, cues: "next|first|in on|involved|behind|in as|follow", pattern: before + `<A> ` + auxes + `(?:up next|next up|next|next in line|first in line|in on it|involved|behind it|(?:comes?|came|coming|joins?|joining) in as [a-z ]{3,30}|follows?|following)(?:\.|$|,|;| to | in | with )`},
		{name: "done by, in its section", link: record.Joined, topic: true, cues: " by ", pattern: `\b` + verb + ` (?:together |up |out |jointly |over |for us )?by (?:the |[a-z' ]{3,40}\b(?:at|from|of|in) )?<A>`},
		{name: "done with, in its section", link: record.Joined, topic: true, cues: "with |alongside ", pattern: `\b` + verb + ` (?:[a-z']+ ){0,5}?(?:together |jointly |closely |in partnership |in collaboration )?(?:with|alongside) (?:the |[a-z' ]{3,40}\b(?:at|from|of|in) )?<A>`},
		{name: "things and people from", link: record.Joined, topic: true, unless: "joined by|met |heard from|spoke|speak", cues: "from |by |of ", pattern: `(?:\b(?:sensors|software|devices|analysis|research|design|user research|technology|hosting|testing|training|evaluation|kit|laptops)|\b(?:with|by|alongside|are|were|and|includes?|including) (?:the |some |two |three )?(?:designers|developers|engineers|researchers|analysts|data scientists|officers|volunteers|apprentices)) (?:from|by|of) (?:the )?<A>`},
		{name: "doing it are", link: record.Joined, topic: true, cues: "ing ", pattern: `\b(?P<verb>[a-z-]+ing) (?:on |up |out )?(?:it|<P>|` + thisWork + `)(?: with us| for us)? (?:is|are|was|were|will be) <A>`},
		{name: "a thing by them", link: record.Joined, topic: true, cues: " by ", pattern: `\b(?:an?|the|its|our|their) (?:[a-z-]+ ){0,2}` + things + ` by (?:the )?<A>`},
		{name: "help from", link: record.Joined, topic: true, cues: "help|support|input|advice", pattern: `\b(?:with|had|has|have|got|plus|and) (?:the |some |much |a lot of )?(?:help|support|input|advice) (?:from|of) <A>`},
		{name: "the one that does it", link: record.Joined, topic: true, cues: "is |are |was |were ", pattern: `\b(?:the|our|one) (?:[a-z]+ ){0,3}?` + ones + ` (?:that|which|who|behind|to|in|on|for) [^.;:{]{2,60}? (?:is|are|was|were|will be) (?:the )?<A>(?:\.|$|,|;)`},
		{name: "label of a body", link: record.Joined, cues: ": | – | — ", pattern: `^<A>(?::| –| —) (?:the |our |its |an? )?(?:[a-z-]+ ){0,4}<P>`},
		{name: "label of a project", link: record.Joined, cues: ": | – | — ", pattern: `^<P>(?::| –| —) (?:<A>,? (?:shortlisted|selected|chosen|confirmed|signed up|through|leading|leads?|on board|live|now live|in)\b|[^{.;]{0,40}\bby <A>)`},
		{name: "behind it are", link: record.Joined, topic: true, cues: "behind", pattern: `\bbehind (?:it|<P>|the [a-z]+)(?: all)? (?:is|are|was|were|stands?|stood) (?:[a-z ]{0,40}\b(?:of|from|at) )?<A>`},
		{name: "fund of theirs paid", link: record.FundedBy, topic: true, cues: "paid|pays|cover|gave|put|gives", pattern: `<A>'s \{P[ \d]+\} (?:has |have |will )?(?:paid|pays?|covered|covers?|gave|gives|put|provided|contributed)\b`},
		{name: "the manager is", link: record.Leads, topic: true, cues: "manager|lead|leader", pattern: `\b(?:the|our|its) (?:project|programme|product|delivery|pilot) (?:manager|lead|leader|owner)(?: for it| on it)? (?:is|will be|are) <N>`},
		{name: "grant of theirs", link: record.FundedBy, topic: true, cues: "grant|funding|investment|money", pattern: `<A>'s (?:[a-z]+ )?(?:£[\d,.]+ ?[km]?(?:illion)? ?)(?:of )?(?:grant|funding|investment|money)?\b`},
		{name: "sum from them", link: record.FundedBy, topic: true, cues: "from ", pattern: `(?:£[\d,.]+ ?[km]?(?:illion)?|\b(?:grant|grants|funding|money|cash))(?: [a-z]+){0,5} from (?:the )?<A>(?:'s \{P[ \d]+\})?`},
		{name: "for which they paid", link: record.FundedBy, cues: "paid|pays|paying", pattern: `<P>,? for which <A>(?:'s [a-z]+)? ` + auxes + `(?:paid|pays?|paying)\b`},
	}
}

// workStems begin the verbs of somebody who takes part in a project. Those of
// people who meet, visit, speak, thank or only show something are not among them.
func workStems() []string {
	return strings.Fields(`adapt add adopt analys build built carr chair chose collaborat collect commission commit complet
	contribut co-ordinat coordinat co-design co-develop creat deliver deploy design develop did distribut do donat draft draw drew edit evaluat
	expand explor extend facilitat feed fed finish fit follow go help host implement improv install interview investigat issue
	kick launch lead led maintain made mak manag map nominat offer operat overs oversaw own pilot pitch plan pledg prepar
	procur produc propos prototyp provid publish put recruit refurbish releas research review roll ran run scal scop set shap sign
	start began begun begin steer submit suppl support survey  teach taught team test train trial try tried tries
	turn upload us used using validat volunteer correct clean merg trac translat updat refresh check work write writes writing wrote written  audit assess advis
	moderat monitor rebuil redesign replac report tackl bought buy comment`)
}

// isWork tells whether a verb, in whatever form, is one of work.
func isWork(verb string) bool {
	if len(verb) < 2 || notWork[verb] {
		return false
	}
	for _, stem := range workStems() {
		if rest, ok := strings.CutPrefix(verb, stem); ok && (rest == "" || len(stem) > 2 && slices.Contains(verbEndings, rest)) {
			return true
		}
	}
	return false
}

var verbEndings = []string{"s", "es", "ed", "d", "ing", "e", "y", "ied", "ies", "ying", "ees", "eeing", "een", "ted", "ting", "ned", "ning", "ped", "ping", "t", "n", "led", "ling", "on"}

// notWork are forms that look like a verb of work and are none.
var notWork = words(`used us added useful maker does doing mapt planet paye goes`)

// subject is the head of a sentence that stands for the bodies of the one before.
var subject = regexp.MustCompile(`^(?:(they|both (?:boroughs|councils|organisations|partners)|both|the (?:two|three|four|five) (?:boroughs|councils|partners)|all (?:two|three|four|five)(?: of them)?)|the (?:council|borough)|the (company|charity|agency|consultancy|firm|university|supplier|startup|start-up|team there)) `)

// resolveSubject puts, for "they", "both councils" or "the charity" at the head of
// a sentence, the bodies of the sentence before it: all of its first list, or the
// only one of that kind. Where there are more, nobody can be meant.
func (p *page) resolveSubject(t *template) {
	p.resolveOwner(t)
	m := subject.FindStringSubmatch(t.text)
	if m == nil || t.at == 0 || p.passages[t.at-1].isHead() || p.passages[t.at-1].section != p.passages[t.at].section {
		return
	}
	before := p.templateOf(t.at - 1)
	lists := actorList.FindAllStringSubmatch(before.text, -1)
	var who []*name
	for _, list := range lists {
		for _, x := range strings.Fields(list[1]) {
			for _, n := range before.pick(x) {
				one := n.thing.kind == record.BoroughKind
				if m[1] != "" || m[2] != "" && !one || m[1]+m[2] == "" && one {
					who = append(who, n)
				}
			}
		}
		if m[1] != "" {
			break
		}
	}
	if len(who) == 0 || m[1] == "" && len(who) > 1 || m[1] != "" && (len(who) < 2 || len(lists) > 1) {
		return
	}
	mark := mark{letter: 'A'}
	for _, n := range who {
		mark.names = append(mark.names, len(t.names))
		t.names = append(t.names, n)
	}
	t.text = mark.String() + " " + t.text[len(m[0]):]
}

// resolveOwner puts, for "its" and "their" before a project at the head of a
// sentence, the one body or list of bodies of the sentence before, where that
// speaks of no project.
func (p *page) resolveOwner(t *template) {
	m := ownHead.FindStringSubmatch(t.text)
	if m == nil || t.at == 0 || p.passages[t.at-1].isHead() || p.passages[t.at-1].section != p.passages[t.at].section || len(p.projectsIn(t.at-1)) > 0 {
		return
	}
	before := p.templateOf(t.at - 1)
	lists := actorList.FindAllStringSubmatch(before.text, -1)
	if len(lists) != 1 || m[1] == "its" && len(strings.Fields(lists[0][1])) > 1 {
		return
	}
	owner := mark{letter: 'A'}
	for _, x := range strings.Fields(lists[0][1]) {
		for _, n := range before.pick(x) {
			owner.names = append(owner.names, len(t.names))
			t.names = append(t.names, n)
		}
	}
	t.text = owner.String() + "'s " + t.text[len(m[1])+1:]
}

var ownHead = regexp.MustCompile(`^(its|their) (?:[a-z-]+ ){0,2}\{P`)

var actorList = regexp.MustCompile(`\{A([ \d]+)\}`)
