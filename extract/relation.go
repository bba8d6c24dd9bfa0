package extract

import (
	"regexp"
	"strconv"
	"strings"
	"sync"

	"lotigraph/record"
)

// A relation rule is a pattern over templates. In it <A> stands for a body or a
// list of bodies, <P> for a project, <N> for a person, <S> for all bodies, and
// the employers of all people, from the head of the passage to there. A rule
// without <P> is about the project that the passage is tied to: see [page.tie].
//
// Taking part is one relation with two names: a borough that takes part JOINED
// the project, any other body is PARTNER_IN it.
type relationRule struct {
	name    string
	link    record.LinkType // Joined for taking part
	role    string          // of a borough; of a partner where it may have it
	cues    string          // one of these words, separated by |, must be there
	pattern string
	forward bool // the project may be named in the next sentence
	near    bool // the project may be named anywhere in the same sentence
	same    bool // and must be
	outside bool // not about boroughs
}

const (
	made    = `(?:made|built|developed|created|designed|produced|written|delivered|run|tested|trialled|piloted|launched|drafted|drawn up|put together|set up|prototyped|commissioned|co-designed|co-developed|co-created)`
	making  = `(?:making|building|developing|creating|designing|producing|writing|delivering|running|testing|trialling|piloting|launching|drafting|prototyping|planning|evaluating|co-designing|co-developing|working on|exploring|scaling|extending)`
	make_   = `(?:makes?|builds?|develops?|creates?|designs?|produces?|writes?|wrote|delivers?|runs?|ran|tests?|trials?|pilots?|launch(?:es)?|drafts?|maintains?|manages?|operates?)`
	auxes   = `(?:has |have |had |is |are |was |were |been |being |be |will |also |now |jointly |together |all |both |already |just |therefore |currently |each |offered to |agreed to |due to |set to |going to |starting to |continuing to |'ve |'re )*`
	fillers = `(?:[a-z0-9'£,-]+ ){0,5}?`
	things  = `(?:project|programme|pilot|trial|work|it|discovery|research|fund|tool|toolkit|service|platform|dashboard|challenge|campaign|scheme|sprint|study|prototype|network|map|app|guide|playbook|model|framework)`
	someone = `(?:[a-z'-]+ ){0,4}?(?:and |from |at |in |of |by )?`
)

// relationRules is the table of rules for links between bodies, people and
// projects. Jobs and bylines are read elsewhere: see [page.readJobs].
func relationRules() []relationRule {
	list := append(boroughRules(), partnerRules()...)
	return append(append(list, moneyRules()...), leadRules()...)
}

// boroughRules say who joined a project, mostly boroughs.
func boroughRules() []relationRule {
	return []relationRule{
		{name: "kick-off", link: record.Joined, cues: "kick", pattern: `(?:colleagues|officers|teams|leads|people|representatives) (?:from|at|in) (?:the )?(?:{M[ \d]+} boroughs? |boroughs? )?<A>[^.;]*\bkick(?:ing|ed)?[- ]?off\b`, near: true},
		{name: "kick-off with", link: record.Joined, cues: "kick", pattern: `\bkick(?:ing|ed)?[- ]?off\b[^.]{0,80}?<P>[^.]*?\b(?:with|on the line were|were|attended by|joined by) <E>`},
		{name: "makes up the group", link: record.Joined, cues: "group|team|partnership|consortium", pattern: `<A> (?:make|makes|made|making) up (?:the |this |our )?(?:[a-z]+ ){0,2}(?:group|team|partnership|consortium)`},
		{name: "forms the group", link: record.Joined, cues: "group|team|partnership|consortium", pattern: `<A> form(?:s|ed)? (?:the |this |our )?(?:[a-z]+ ){0,2}(?:group|team|partnership|consortium)`},
		{name: "group made up of", link: record.Joined, cues: "group|team|boroughs|members|involved|participa", pattern: `(?:group|team|boroughs|members|participants|councils)(?: involved| taking part| in the project)?(?: is| are| was| were)?(?: made up of| consists? of| includes?| comprises?|(?: involved| taking part| on board| signed up)?:| are| were) <A>`},
		{name: "their project", link: record.Joined, cues: "their", pattern: `^<S>\b(?:their|its) (?:own |new |joint |shared |first |last |latest )*(?:project|proposal|bid|pilot|plans?|work|idea)(?:,| for| to (?:develop|build|create|make)| on| called| named)*(?: an?)? <P>`},
		{name: "their own named project", link: record.Joined, cues: "their", pattern: `^<S>\btheir (?:own |new |joint |shared |first |last |latest )*<P>`},
		{name: "led by", link: record.Joined, role: "lead", cues: "led by", pattern: `<P>[^.;{]{0,60}\bled (?:jointly )?by (?:colleagues (?:at|in|from) )?<A>`},
		{name: "piece of work led by", link: record.Joined, role: "lead", cues: "led by", pattern: `\b(?:piece of work|` + things + `),?(?: is| was| will be| being)? (?:jointly )?led by <A>`},
		{name: "led by with support", link: record.Joined, cues: "led by", pattern: `\bled (?:jointly )?by {A[ \d]+},? with (?:(?:support|help) from )?<A>`, near: true},
		{name: "leads", link: record.Joined, role: "lead", cues: "lead|led", pattern: `<A> ` + auxes + `(?:lead|leads|led|leading|to lead|took the lead|taken the lead)(?: on| in)? ` + fillers + `<P>`},
		{name: "lead borough", link: record.Joined, role: "lead", cues: "lead", pattern: `(?:lead borough|lead council|lead authority|led by|lead)(?: is| was| are|:|,)* <A>`, near: true},
		{name: "won an award", link: record.Joined, cues: "won|award|prize|shortlist|nominated|finalist", pattern: `^(?:[^{]*: |[^{]{0,40})?<A>,? [^.;{]*\b(?:won|shared (?:the |an? |first )*(?:prize|award)|been shortlisted|been nominated|boroughs nominated|are nominated|been named)\b`, near: true, forward: true},
		{name: "pilots that they run", link: record.Joined, role: "pilot", cues: "pilot|trial|test", pattern: `(?:pilots?|trials?|tests?)(?:,? (?:that|which))? <A> (?:will |are |is |now )*(?:run|runs|running|ran|lead|host)`},
		{name: "pilots", link: record.Joined, role: "pilot", cues: "pilot|trial|test", pattern: `<A> ` + auxes + `(?:the first (?:[a-z]+ ){1,2}to )?(?:pilot|piloted|pilots|piloting|trial|trialled|trials|trialling|test|tested|tests|testing|try|trying|tried)(?: out)? ` + fillers + `(?:<P>|it\b|(?:the|a|its) (?:[a-z]+ ){0,3}(?:tool|toolkit|platform|prototype|dashboard|app|service|approach|version|system|sensors|devices|technology|kit)\b)`},
		{name: "piloted by", link: record.Joined, role: "pilot", cues: "pilot|trial|tested", pattern: `<P>[^.;{]{0,40}\b(?:piloted|trialled|tested)(?: out)? (?:by|in|with|at) <A>`},
		{name: "pilot in", link: record.Joined, role: "pilot", cues: "pilot|trial", pattern: `\b(?:pilots?|trials?|piloted|trialled) (?:of (?:the )?<P> )?(?:has |have |will |is |are |was |were )?(?:began |begin |start |started |under way |running |being run )?(?:by|in|at|with) <A>`},
		{name: "joined forces", link: record.Joined, cues: "forces|teamed|together|collaborat|partnered", pattern: `<A> ` + auxes + `(?:joined forces|join forces|joining forces|teamed up|teaming up|came together|come together|work together|worked together|working together|collaborating|collaborated|collaborate|partnered|partnering)(?: with <A>)? ` + fillers + `(?:to|on|for|in)\b`, near: true},
		{name: "works on", link: record.Joined, cues: "work", pattern: `<A> ` + auxes + `(?:work|works|worked|working)(?: closely| together| jointly)?(?: with (?:us|{[AM][ \d]+}(?: boroughs| members)?|[a-z ]{2,40}?))? on (?:an? |the |our |their |its )?` + fillers + `<P>`},
		{name: "works on the project", link: record.Joined, cues: "work", pattern: `<A>(?: and [a-z ]{3,30})? ` + auxes + `(?:work|works|worked|working)(?: closely| together| jointly)? with (?:us|{[AM][ \d]+})(?: team)? on (?:this|the project|the pilot|the prototype|it|(?:an?|the|our|this) (?:[a-z]+ )?(?P<head>dashboard|toolkit|platform|tool|map|guide|playbook|prototype|framework|app))\b`},
		{name: "takes part", link: record.Joined, cues: "join|sign|take|took|part|involved", pattern: `<A> ` + auxes + `(?:joined|joins?|joining|signed up (?:to|for)|sign up (?:to|for)|taken part in|takes? part in|took part in|taking part in|part of|participated in|participating in|participate in|involved in) ` + fillers + `<P>`},
		{name: "joined the project", link: record.Joined, cues: "join|sign|take|took|part|involved", pattern: `<A> ` + auxes + `(?:joined|joins?|joining|signed up (?:to|for)|taken part in|takes? part in|took part in|taking part in|part of|participated in|participating in|involved in) (?:the|this|our) (?:[a-z]+ )?(?:project|pilot|programme|group|trial|discovery)\b`},
		{name: "takes part in it", link: record.Joined, cues: "taking part|take part|involved|participating", pattern: `(?:taking part|take part|involved|participating)(?: in (?:<P>|it|the (?:project|pilot|programme|trial|work)))? (?:are|is|were|include|includes) <A>`},
	}
}

// partnerRules say who made or helped to make something, mostly partners.
func partnerRules() []relationRule {
	return []relationRule{
		{name: "builds", link: record.Joined, cues: "", pattern: `<A>(?: team| colleagues)?,? ` + auxes + `(?:` + made + `|` + making + `|` + make_ + `) (?:and (?:` + made + `|` + make_ + `) )?(?:an? |the |our |their |its |of )?` + fillers + `<P>`},
		{name: "makes the thing", link: record.Joined, cues: "", pattern: `<A> ` + auxes + `(?:` + made + `|` + making + `|` + make_ + `) (?:the |this |it |a )(?:new |first |public )*(?P<head>toolkit|platform|tool|dashboard|map|guide|playbook|prototype|model|framework|app|library|handbook)\b`},
		{name: "reports on the project", link: record.Joined, cues: ": ", pattern: `^<P>: (?P<s>\{N[ \d]+\}) (?:reported|said|told|explained|updated|described|gave)`},
		{name: "put forward by", link: record.Joined, cues: "by", pattern: `<P>,? (?:was |were |is |has been )?(?:put forward|proposed|submitted|suggested|pitched|entered) (?:jointly )?by <A>`},
		{name: "puts forward", link: record.Joined, cues: "put forward|proposed|submitted|pitched", pattern: `<A> ` + auxes + `(?:put forward|proposed|submitted|pitched) ` + fillers + `<P>`},
		{name: "leads the project", link: record.Joined, role: "lead", cues: "lead|led", pattern: `<A> (?:has |have |is |are |will |agreed to |also )*(?:lead|leads|leading|led)(?: on)? (?:the|this) (?:next phase|first phase|second phase|` + things + `)\b`},
		{name: "are the partners", link: record.Joined, cues: "partner", pattern: `<A> (?:are|is) (?:the |also )?partners?(?: boroughs?| councils?)?(?:\.|$|;| in it\b| in the project\b)`},
		{name: "sits on the group", link: record.Joined, cues: "sit", pattern: `<A> (?:sit|sits|are|is) on (?:the|its|our) (?:[a-z]+ )?(?:steering|project|working|pilot) (?:group|board)`},
		{name: "partnership between", link: record.Joined, cues: "between|of|by", pattern: `<P>,? (?:is |was )?(?:an? )?(?:[a-z]+ ){0,2}(?:partnership|collaboration|project|initiative|programme|effort) (?:between|of|by|from) <A>`},
		{name: "live in", link: record.Joined, cues: "live|use", pattern: `<P> is (?:now |already |also )?(?:live|in use|being used|up and running) (?:in|at) <A>`},
		{name: "works with boroughs on it", link: record.Joined, cues: "work", pattern: `\bwork(?:s|ed|ing)? with <A> on (?:an?|the|this) (?:[a-z-]+ ){0,3}` + things + `\b`, near: true},
		{name: "it was made by", link: record.Joined, cues: "by|with", pattern: `(?:^the ` + things + `, |\b(?:` + things + `|they),? (?:which |that )?(?:was |is |has been |were |will be |being |are |now )+)(?:` + made + `|supported|managed|hosted|facilitated|evaluated|overseen|coordinated|maintained) (?:jointly )?(?:by|with|in partnership with|in collaboration with) (?:\{N[ \d]+\}'s team at )?<A>`},
		{name: "built by, it", link: record.Joined, cues: "by|with", pattern: `^(?:now |jointly )?` + made + ` (?:jointly )?(?:by|with|in partnership with|in collaboration with) <A>(?:(?: and)? (?:in (?:partnership|collaboration) )?with <A>)?[^.;{]{0,60}(?:\{A[ \d]+\})?, (?:it|the|this|<P>)`},
		{name: "supplies", link: record.Joined, role: "supplier", cues: "suppl|provid", pattern: `<A> ` + auxes + `(?:supplies|supply|supplied|supplying|provides|provide|provided|providing) (?:the|its|their|all|some|us with) (?:[a-z]+ ){0,2}(?:sensors|data|software|devices|technology|platform|tool|kit|equipment|laptops|hardware|system|app)\b`},
		{name: "starts work", link: record.Joined, role: "delivery", cues: "begun|started|begins|starts", pattern: `<A> (?:has |have )?(?:now |just )?(?:begun|started|begins|starts) (?:work on |an? |the |our )` + fillers + `(?:<P>|discovery\b|pilot\b|prototype\b|research\b)`, near: true},
		{name: "with them we made", link: record.Joined, cues: "with", pattern: `^with <A>,? we [^.;{]{0,40}<P>`},
		{name: "on which they work", link: record.Joined, cues: "which", pattern: `<P>,? (?:on|in) which <A> (?:is |are )?(?:works?|working|takes? part)(?: (?:together )?with <A>)?`},
		{name: "makes it", link: record.Joined, cues: " it", pattern: `<A> ` + auxes + `(?:built|developed|created|designed|made|wrote|runs|maintains|manages|launched) it\b(?: (?:together )?with <A>)?`},
		{name: "is made by", link: record.Joined, cues: "by", pattern: `\b(?:is|are|was|were|be|been|being) (?:now |jointly |also |being )*` + made + ` by <A>`, same: true},
		{name: "with help from", link: record.Joined, cues: "help|support", pattern: `\bwith (?:the )?(?:help|support) (?:from|of) <A>`, same: true},
		{name: "extended to", link: record.Joined, cues: " to | in | across ", pattern: `<P> (?:will be|has been|is being|was|is now being) (?:extended|rolled out|expanded|brought) (?:to|in|across) <A>`},
		{name: "our project with", link: record.Joined, cues: "with", pattern: `\b(?:our|this|a|the) (?:joint |new |shared )?(?:project|pilot|partnership|work) with <A>`, near: true, forward: true},
		{name: "data comes from", link: record.Joined, role: "data", cues: "data", pattern: `\bdata (?:comes|came|is|was) (?:provided |supplied )?(?:from|by) <A>`},
		{name: "evaluates it", link: record.Joined, role: "research", cues: "evaluat", pattern: `<A> ` + auxes + `(?:evaluating|evaluate|evaluated|evaluates) (?:it|the|this|its)\b`},
		{name: "made with", link: record.Joined, cues: "with|by|alongside", pattern: `<P>(?: project| prototype| tool)?,? (?:a [a-z ]{3,30} |the [a-z ]{3,20} )?(?:(?:that|which) )?(?:(?:we|they|\{[NA][ \d]+\}) )?` + auxes + `(?:` + made + `|` + making + `) (?:[a-z]+ly )?(?:in (?:close )?(?:partnership|collaboration|conjunction) )?(?:together |jointly |along )?(?:with|by|alongside) (?:[a-z' ]{3,40} (?:at|from|in) )?<A>`},
		{name: "the thing made with", link: record.Joined, cues: "with|by", pattern: `(?:the|this|our) (?:new )?(?P<head>toolkit|platform|tool|dashboard|map|guide|playbook|prototype|model|framework|app|network|library|handbook|service) (?:that |which )?(?:we |they )?` + auxes + `(?:` + made + `|` + making + `) (?:in (?:close )?(?:partnership|collaboration) )?(?:with|by) ` + `(?:[a-z' ]{0,60}(?:and|from|at) )?<A>`},
		{name: "with others on it", link: record.Joined, cues: "with|from|alongside", pattern: `(?:in (?:close )?(?:partnership|collaboration) with|together with|working with|with (?:the )?(?:support|help|backing) (?:from|of)|alongside) <A>(?: team| colleagues)?,? (?:we |they )?` + fillers + `(?:on |for |of )?(?:an? |the |our )?<P>`},
		{name: "in partnership with", link: record.Joined, cues: "partnership|collaboration|support|help|association", pattern: `<P>[^.;{]{0,60}\b(?:supported by|in (?:close )?(?:partnership|collaboration|association) with|(?:with|thanks to) (?:the )?(?:support|help) (?:from|of)) <A>`},
		{name: "delivery partner in brackets", link: record.Joined, role: "", cues: "partner|supplier|agency", pattern: `(?P<kind>delivery |research |design |technology |technical |data |evaluation |advisory |strategic |commercial )?(?:partners?|suppliers?|agency|consultancy) \(<A>\)`, near: true},
		{name: "partner is", link: record.Joined, cues: "partner|supplier", pattern: `(?:our|the|its) (?P<kind>delivery |research |design |technology |technical |data |evaluation |advisory |strategic )?(?:partners?|suppliers?) (?:in|on|for) (?:[a-z ]{0,40})?(?:<P>|it|the project|this)[a-z ]{0,30} (?:is|are|will be|include|includes|was|were) <A>`},
		{name: "called the partner", link: record.Joined, cues: "partner|supplier", pattern: `(?:our|the|its) (?P<kind>delivery |research |design |technology |technical |data |evaluation |advisory |strategic )?(?:partners?|suppliers?),? <A>`, near: true},
		{name: "as the partner", link: record.Joined, cues: "partner|supplier", pattern: `<A>,?(?: is| are| as| among| will be| was| were|,)*(?: our| the| one of our| a| its)? (?P<kind>delivery |research |design |technology |technical |data |evaluation |advisory |strategic )?(?:partners?|suppliers?)(?: (?:in|on|for|to|of)\b|\.|$|;)`, near: true},
		{name: "among the partners", link: record.Joined, cues: "among", pattern: `(?:<A> (?:are|is) among (?:our|the) partners|among (?:our|the) (?P<kind>delivery )?partners (?:are|is) <A>|with <A> among (?:our|the) (?:delivery )?partners)`, near: true},
		{name: "appointed", link: record.Joined, role: "delivery", cues: "appointed|commissioned|hired|chosen|selected|contracted|brought in|procured", pattern: `<A> (?:has|have|was|were|is|are) (?:now |just |also )?(?:been )?(?:appointed|commissioned|hired|chosen|selected|contracted|brought in|procured)\b`, near: true},
		{name: "commissioned to", link: record.Joined, role: "delivery", cues: "appoint|commission|hire|chose|select|contract|engaged|procured", pattern: `(?:appointed|appointing|commissioned|commissioning|hired|hiring|chosen|chose|selected|contracted|engaged|procured) <A> (?:to|as|for)\b`, near: true},
		{name: "runs a workshop with us", link: record.Joined, cues: "workshop|discovery|sprint|research|session", pattern: `<A>(?:, part of <A>,)?(?: team| colleagues)? (?:has |have )?(?:ran|run|runs|led|held|carried out|facilitated|is running|are running|completed|finished) (?:an? |the |its |their |our )?(?:[a-z0-9-]+ ){0,3}(?:workshops?|discovery|sprint|research|sessions?|interviews)\b(?: with (?:us|{A[ \d]+}))?`, near: true},
		{name: "planned with", link: record.Joined, cues: "discovery|project|pilot|prototype|next phase", pattern: `\bwe (?:have |'ve )?(?:planned|agreed|started|began|kicked off|finished|completed|held|ran) [^.;{]{0,50}(?:discovery|project|pilot|prototype|phase) with <A>`},
		{name: "who make it", link: record.Joined, role: "supplier", cues: "who|which", pattern: `<A>, (?:who|which) (?:also )?(?:` + make_ + `|` + made + `|are ` + making + `|is ` + making + `) (?:it|the (?:platform|tool|service|dashboard|app|map|prototype|system|website))`},
		{name: "helped us make", link: record.Joined, cues: "helped|worked with|supported|advised|helping", pattern: `<A> (?:has |have |is |are )?(?:helped|worked with|supported|advised|helping|supporting) (?:us|{[AM][ \d]+}|the team)(?: to| in| on| with)? ` + fillers + `(?:an? |the |our )?<P>`},
		{name: "helps build it", link: record.Joined, cues: "helped|helping|supports", pattern: `<A> (?:has |have )?(?:helped|helping) (?:to )?(?:build|design|develop|shape|write|test) (?:it|the (?:tool|platform|dashboard|project|prototype|map|toolkit))\b`},
		{name: "with them they build", link: record.Joined, cues: "with", pattern: `\b(?:and )?with <A>(?: colleagues| team)?,? (?:they|we) (?:are |have |'ve |'re )?(?:now )?(?:build|built|develop|design|creat|mak|made|test|work)`},
		{name: "project with them", link: record.Joined, cues: "with", pattern: `<P> with <A>`},
		{name: "team at", link: record.Joined, cues: "team", pattern: `<P> team (?:at|in|from|of) <A>`},
		{name: "player in", link: record.Joined, cues: "player|participant|partner", pattern: `<A>[^.;{]{0,4}, an? (?:leading |key |major |active |founding )?(?:player|participant|partner) (?:in|on) ` + fillers + `<P>`},
		{name: "listed in brackets", link: record.Joined, cues: "(", pattern: `<P> \((?:<A>|[a-z ]*<A>(?:[^){]*<A>)?[^){]*)\)`},
		{name: "hosts the show and tell", link: record.Joined, role: "host", cues: "show|workshop", pattern: `<A> (?:has |have )?(?:hosted|held|hosts|is hosting) (?:an? |the |its |their )?(?:[a-z]+ ){0,3}(?:show and tell|show & tell|show-and-tell|workshop)`, near: true},
		{name: "leads from", link: record.Joined, cues: "leads from|officers from|colleagues from", pattern: `<P> (?:leads|officers|colleagues) from <A> (?:joined|met|told|took|work|agreed|proposed|discussed|came)`},
		{name: "heard about it from", link: record.Joined, cues: "heard from", pattern: `heard from <A>[^.;{]{0,40}\b(?:about|on)\b ` + fillers + `(?:in |of )?(?:the )?<P>`},
		{name: "borough’s own", link: record.Joined, cues: "'s", pattern: `<A>'s (?:own |new |latest |first |planned |future )*<P>`},
	}
}

// moneyRules say who pays.
func moneyRules() []relationRule {
	return []relationRule{
		{name: "X-funded", link: record.FundedBy, cues: "-funded|-sponsored", pattern: `<F>-(?:funded|sponsored) [^.;{]{0,80}<P>`},
		{name: "our X-funded work", link: record.FundedBy, cues: "-funded|-sponsored", pattern: `<P>,? (?:[a-z ]{0,40} )?(?:our |the |an? )?<F>-(?:funded|sponsored)`},
		{name: "X-funded project", link: record.FundedBy, cues: "-funded|-sponsored", pattern: `<F>-(?:funded|sponsored) (?:[a-z-]+ )?` + things + `\b`},
		{name: "funded by", link: record.FundedBy, cues: "funded|paid for|financed|sponsored", pattern: `<P>[^.;{]{0,80}\b(?:funded|paid for|financed|sponsored)(?: in part| jointly| entirely| partly)? (?:by|through|with money from) (?:[a-z' ]{0,40}(?:at|of|from) )?<A>`},
		{name: "project funded by", link: record.FundedBy, cues: "funded|paid for|financed|sponsored", pattern: `\b` + things + `(?:,? which)?,?(?: is| was| are| were| has been| being)? (?:funded|paid for|financed|sponsored)(?: in part| jointly| entirely| partly)? (?:by|through|with money from) (?:[a-z' ]{0,40}(?:at|of|from) )?<A>`},
		{name: "which X funds", link: record.FundedBy, cues: "fund|pay|paid|paying|sponsor", pattern: `<P>,? (?:which|that) <A> (?:is |are |has |have |also )*(?:funds|fund|funded|funding|pays for|pay for|paid for|paying for|sponsors)\b`},
		{name: "X funds", link: record.FundedBy, cues: "fund|pay|paid|paying", pattern: `<A> ` + auxes + `(?:funding|funded|funds|fund|paid for|pays for|paying for|pay for) ` + fillers + `<P>`},
		{name: "owner’s fund", link: record.FundedBy, outside: true, cues: "'s", pattern: `<A>'s <G>`},
		{name: "fund paid", link: record.FundedBy, cues: "paid|pays|funded|funds", pattern: `<A>(?:'s)? \{P[ \d]+\},?[^.;{]{0,40} (?:paid|pays|is paying|funded|funds)(?: for)? (?:the|this|our) (?:project|work|pilot|programme|discovery)`},
		{name: "X paid", link: record.FundedBy, cues: "paid|funds it|funded it", pattern: `<A>(?:'s <P>)? (?:paid|paid for it|funded it|funds it|is paying|pays for it)(?:\.|$)`},
		{name: "money from", link: record.FundedBy, cues: "money|funding|grant|£", pattern: `<P>[^.;{]{0,60}(?:\b(?:money|funding|grant)|£[\d,.]+ ?[km]?(?:illion)?)(?: [a-z]+){0,2} from <A>`},
		{name: "paid for by, it", link: record.FundedBy, cues: "funded|paid for|sponsored", pattern: `\b(?:funded|paid for|sponsored) by <A>, (?:it|the|this)\b`},
		{name: "with money from", link: record.FundedBy, cues: "funding|money|grant|£", pattern: `\bwith (?:the help of )?(?:funding|money|a grant|grants|£[\d,.]+ ?[km]?(?:illion)?(?: of funding)?) from <A>`, near: true},
		{name: "pays for things", link: record.FundedBy, cues: "paying for|pays for|paid for|pay for|funding the|funded the", pattern: `<A>(?:'s (?:[a-z]+ ){0,4}team)? (?:is |are |will be |has |have |will |also )*(?:paying for|pays for|paid for|pay for|funding|funded|funds) (?:the|all|half|some|up to|this|it)\b`, near: true},
		{name: "thanks to money from", link: record.FundedBy, cues: "grant|money|funding|£", pattern: `\b(?:grants?|money|funding)(?: of £[\d,.]+ ?[km]?(?:illion)?)? from <A>, [^.;{]{0,30}<P>`},
		{name: "funding comes from", link: record.FundedBy, cues: "funding|money", pattern: `\b(?:funding|money) (?:for (?:it|this|the project) )?(?:comes|came|is|was)(?: provided)? (?:from|by) <A>`},
		{name: "gives money to", link: record.FundedBy, cues: "£|grant|awarded|money|funding", pattern: `<A> ` + auxes + `(?:awarded|award|gave|given|granted|provided|providing|putting|put|invested|investing) (?:£[\d,.]+ ?[km]?(?:illion)?|money|funding|a grant)[^.;{]{0,40}(?:to|for|into|towards) ` + fillers + `<P>`},
	}
}

// leadRules say which person leads a project.
func leadRules() []relationRule {
	return []relationRule{
		{name: "person leads", link: record.Leads, cues: "lead|led|charge|runs|heads", pattern: `<N>,? (?:who )?` + auxes + `(?:leads|lead|leading|led|in charge of|heads|heading)(?: up)?(?: on| for)? (?:the |our |on |a )?(?:[a-z]+ )?<P>`},
		{name: "person leads it", link: record.Leads, cues: "lead|led|charge|runs", pattern: `<N>,? (?:who )?` + auxes + `(?:leads|leading|led|in charge of|runs|running|heads) (?:(?:the|this|our) ` + things + `|it)\b`},
		{name: "led by a person", link: record.Leads, cues: "led by|charge|headed by", pattern: `<P>[^.;{]{0,40}\b(?:led|headed|run) by (?:our |the )?<N>`},
		{name: "person is the lead for", link: record.Leads, cues: "lead|manager|manage", pattern: `<N> (?:is|will be|becomes) (?:the |our )?(?:lead contact|lead|project lead|project manager|product owner|manager) (?:for|of|on) (?:the |our )?<P>`},
		{name: "lead of the project", link: record.Leads, cues: "lead", pattern: `<N>(?:,| is|, who is)? (?:the |our )?(?:lead|project lead|project manager) (?:for|of|on) (?:the |our )?<P>`},
	}
}

// compiled is a rule ready to be used.
type compiled struct {
	relationRule
	cueList []string
	marks   []string // what every text that matches has, such as "{A "
	re      *regexp.Regexp
	groups  []string
}

// relationPatterns are the rules of the table, compiled when first needed.
var relationPatterns = sync.OnceValue(func() []compiled { return compileRules(relationRules()) })

func compileRules(rules []relationRule) []compiled {
	var list []compiled
	for _, r := range rules {
		pattern, n := r.pattern, 0
		for _, mark := range []struct{ short, long string }{
			{"<A>", `\{A(?P<a#>[ \d]+)\}(?:(?: team| colleagues| staff|, (?:an?|the) [a-z' -]{3,40},|,? and (?:[a-z]+ ){0,3}(?:others|boroughs|operators|partners|councils|organisations|groups|suppliers|charities|teams?)))?`}, {"<F>", `\{F(?P<a#>[ \d]+)\}`}, {"<N>", `\{N(?P<n#>[ \d]+)\}`},
			{"<P>", `\{P(?P<p#>[ \d]+)\}(?: (?:project|programme|platform|initiative|pilot|work|research|scheme|tool)s?)?`},
			{"<G>", `\{P(?P<g#>[ \d]+)\}`}, {"<S>", `(?P<s#>.*?)`}, {"<E>", `(?P<s#>\{.*)`},
		} {
			for strings.Contains(pattern, mark.short) {
				n++
				pattern = strings.Replace(pattern, mark.short, strings.ReplaceAll(mark.long, "#", strconv.Itoa(n)), 1)
			}
		}
		pattern = strings.ReplaceAll(strings.ReplaceAll(pattern, `{M[`, `\{M[`), `{[AM]`, `\{[AM]`)
		pattern = regexp.MustCompile(`([^\\])\{A\[`).ReplaceAllString(pattern, `$1\{A[`)
		pattern = strings.ReplaceAll(pattern, `\d]+}`, `\d]+\}`)
		re := regexp.MustCompile(pattern)
		list = append(list, compiled{relationRule: r, cueList: strings.Split(r.cues, "|"), marks: needed(r.pattern), re: re, groups: re.SubexpNames()})
	}
	return list
}

// needed are the marks without which a pattern matches nothing. A project that
// is one of several choices, or optional, is not needed.
func needed(pattern string) (marks []string) {
	for _, letter := range []string{"A", "F", "N"} {
		if strings.Contains(pattern, "<"+letter+">") {
			marks = append(marks, "{"+letter+" ")
		}
	}
	if strings.Contains(pattern, "<P>") && !strings.Contains(pattern, "(?:<P>") && !strings.Contains(pattern, "|<P>") && !strings.Contains(pattern, "<P> )?") && !strings.Contains(pattern, "<P>)?") {
		marks = append(marks, "{P ")
	}
	return marks
}

// applies tells whether a text has the marks and one of the words that the rule
// needs.
func (c compiled) applies(text string) bool {
	for _, mark := range c.marks {
		if !strings.Contains(text, mark) {
			return false
		}
	}
	for _, cue := range c.cueList {
		if strings.Contains(text, cue) {
			return true
		}
	}
	return false
}
