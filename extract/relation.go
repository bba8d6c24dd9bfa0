package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"lotigraph/record"
)

// A relation rule is a pattern over templates. In it <A> stands for a body or a
// list of bodies, <P> for a project, <N> for a person, <S> for all bodies, and
// the employers of all people, from the head of the passage to there, <W> for people
// whose employers are meant, <H> for "he", "she" or "they". A rule
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
	forward bool   // the project may be named in the next sentence
	near    bool   // the project may be named anywhere in the same sentence
	same    bool   // and must be
	outside bool   // not about boroughs
	topic   bool   // about the project of the sentence, its label or its heading only: see [page.topic]
	label   bool   // about the project that is the label of the list line only
	tied    bool   // about the project of the sentence before, its label or its heading, also for the body that the text speaks for
	each    bool   // about all the projects of the list before
	wish    bool   // holds where the sentence only plans or hopes
	unless  string // one of these words, separated by |, in the passage: the rule does not hold
}

const (
	made    = `(?:made|done|built|developed|created|designed|produced|written|delivered|run|tested|trialled|piloted|launched|drafted|drawn up|put together|set up|prototyped|commissioned|co-designed|co-developed|co-created|finished|completed|published|released|hosted|managed|maintained|coordinated|co-ordinated|steered|shaped|scoped|facilitated|overseen|redesigned|rebuilt|supplied|evaluated|looked after|kept up)`
	making  = `(?:making|building|developing|creating|designing|producing|writing|delivering|running|testing|trialling|piloting|launching|drafting|prototyping|planning|evaluating|co-designing|co-developing|working on|exploring|scaling|extending|finishing|publishing|releasing|hosting|managing|maintaining|coordinating|co-ordinating|steering|shaping|scoping|supplying|putting together|drawing up|setting up|rolling out|looking after)`
	make_   = `(?:makes?|builds?|develops?|creates?|designs?|produces?|writes?|wrote|delivers?|runs?|ran|tests?|trials?|pilots?|launch(?:es)?|drafts?|maintains?|manages?|operates?|hosts?|coordinates?|co-ordinates?|steers?|shapes?|puts? together|publishes|releases?|looks? after|sets? up)`
	auxes   = `(?:has |have |had |is |are |was |were |been |being |be |will |also |now |jointly |together |all |both |already |just |kindly |generously |finally |recently |first |therefore |currently |each |offered to |agreed to |due to |set to |going to |starting to |continuing to |'ve |'re )*`
	fillers = `(?:(?:[a-z0-9'£,-]+|\{A[ \d]+\}'s) ){0,5}?`
	things  = `(?:project|programme|pilot|trial|work|it|discovery|research|fund|tool|toolkit|service|platform|dashboard|challenge|campaign|scheme|sprint|study|prototype|network|map|app|guide|playbook|model|framework|guidance|package|strand|workstream|database|register|library|handbook|initiative)`
	// thisWork points to a project named nearby.
	thisWork = `(?:(?:(?:the|this|that|our)(?: new| first| second| third| fourth| joint| whole| next phase of the)? (?:[a-z-]+ )??|its )` + things + `\b(?: of ours)?|this one\b|the whole thing\b)`
	someone  = `(?:[a-z'-]+ ){0,4}?(?:and |from |at |in |of |by )?`
)

// relationRules is the table of rules for links between bodies, people and
// projects. Jobs and bylines are read elsewhere: see [page.readJobs].
func relationRules() []relationRule {
	list := append(boroughRules(), partnerRules()...)
	return slices.Concat(list, moneyRules(), leadRules(), lifeRules(), frameRules(), turnRules())
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
		{name: "leads", link: record.Joined, role: "lead", cues: "lead|led", pattern: `<A> ` + auxes + `(?:lead|leads|led|leading|to lead|took the lead|taken the lead|takes the lead|taking the lead)(?: on| in)? ` + fillers + `<P>`},
		{name: "is the lead borough", link: record.Joined, role: "lead", cues: "lead", pattern: `<A>(?: is| are| was| were| as|,)+ (?:the |our |its )?(?:joint |project )?(?:lead|leads)(?: boroughs?| councils?| authority)?(?: here| for this| on this| on it| for it|,|\.|$)`, near: true},
		{name: "in charge of the project", link: record.Joined, role: "lead", cues: "charge|responsib", pattern: `<A>(?: \([^(){]*\))? ` + auxes + `(?:in charge of|taking charge of|responsible for|took charge of) (?:<P>|` + thisWork + `|it\b)`},
		{name: "whose team leads it", link: record.Joined, role: "lead", cues: "whose", pattern: `^<S>,? whose (?:[a-z]+ )?(?:team|officers|council|borough|colleagues)(?: is| are)? (?:leads?|leading|led|runs?|running|heads?)(?: on)? (?:<P>|` + thisWork + `|it\b)`},
		{name: "hands over to", link: record.Joined, role: "lead", cues: "over to|on to|passes to|passed to", pattern: `\b(?:hand|hands|handed|handing|pass|passes|passed|passing)(?: it| this| the lead| leadership| the project| the baton)? (?:over to|on to|to) (?:colleagues (?:in|at|from) )?<A>`},
		{name: "listed behind a colon", link: record.Joined, cues: ": ", pattern: `\b(?:boroughs|councils|partners|organisations|authorities|members)(?: (?:that|who|which|are|were|is|already|now|so far|currently))* (?:helping|taking|involved|working|contributing|piloting|testing|signed|leading|building|joining|joined|shaping|developing|on board|so far|included?|running|making|behind)[^.:;{]{0,60}: <E>`, near: true},
		{name: "hands in for it", link: record.Joined, cues: "under|as part of|part of", pattern: `<A> ` + auxes + `(?:[a-z]+ed|[a-z]+ing|given|gave|ran|run|held|bought|lent|sent|put|made|built|won|set|taken|took|runs|gives|sends|lends|buys) (?:[^.;{]|\{A[ \d]+\}){0,70}\b(?:under|as part of|through|within) (?:the |our )?<P>`},
		{name: "on board", link: record.Joined, cues: "on board|signed up|come in|came in|go first|went first|goes first", pattern: `<A> ` + auxes + `(?:(?:come |came )?on board|signed up|come in with us|go(?:es)? first|went first)(?: (?:to|for|with) (?:<P>|` + thisWork + `|it))?(?:\.|$|,|;| and| too| as well| since| from| in\b| last\b| this\b| on\b| at\b| earlier| yesterday| today| straight| within| before| after)`, near: true},
		{name: "has said yes", link: record.Joined, cues: "said yes|agreed|confirmed|volunteered|committed", pattern: `<A> (?:has |have )(?:now |also |already |all |both )*(?:said yes|agreed|confirmed|volunteered|committed)(?:\.|$|,|;| to it\b| so far| already)`, near: true},
		{name: "first to use it", link: record.Joined, cues: "first", pattern: `\bfirst (?:(?:london )?boroughs?|councils?|organisations?|one|ones)? ?to (?:use|try|test|pilot|adopt|join|sign up|take part)[^.;{]{0,40}(?:<P> )?(?:is|are|was|were|will be|has been) <A>`, near: true},
		{name: "in the project, they", link: record.Joined, cues: "in |for |under |through |as part of |on |with ", pattern: `^(?:in|for|under|through|as part of|on|with) (?:the |our |its )?<P>,? <A> [a-z']+ `},
		{name: "chairs its group", link: record.Joined, cues: "chair|sits on|sit on", pattern: `<A> ` + auxes + `(?:chairs?|chaired|chairing|co-chairs?|sits? on|sitting on|hosts?) (?:(?:the |its |our )?(?:<P>(?:'s)? |[a-z]+'s )?(?:steering|project|working|pilot|programme|advisory|design) (?:group|board|committee)|its (?:group|board|committee))`, near: true},
		{name: "intends to make it", link: record.Joined, cues: "to ", pattern: `<A> (?:now |both |also |jointly )?(?:intends?|plans?|aims?|is about|are about|is ready|are ready|is set|are set|has agreed|have agreed|has begun|have begun|agreed) to (?:now )?(?:prototype|pilot|build|develop|trial|test|design|run|deliver|take part in|join)(?: (?:<P>|it|` + thisWork + `|an? [a-z ]{3,30}))?(?: (?:together )?with <A>)?`, near: true},
		{name: "their idea put to us", link: record.Joined, cues: "idea|proposal|plan", pattern: `\b(?:idea|proposal|plan|suggestion)(?: that)? (?P<s>[^.;]{3,80}?) (?:put|brought|pitched|took|sent|presented|floated) (?:to|forward)`},
		{name: "whose work it is", link: record.Joined, unless: "fund|money|grant|£|paid|data come|data came", cues: "work of|brainchild|comes from|came from|hands of|down to|joint effort|home to", pattern: `(?:<P>|` + thisWork + `|\bit),? (?:is|was|are|comes|came|has been)(?: all| now| mostly| largely)?(?: an?| the)? ?(?:work of|joint work of|brainchild of|idea of|idea from|in the hands of|down to|from|joint effort of|joint effort by|run out of|run from) <A>`},
		{name: "lends to it", link: record.Joined, unless: "fund|money|grant|£|paid", cues: "provid|contribut|lent|lend|suppl|offer|brought|bring|donat|shar|gave|giv", pattern: `<A> ` + auxes + `(?:provid(?:e|es|ed|ing)|contribut(?:e|es|ed|ing)|lent|lends?|lending|suppl(?:y|ies|ied|ying)|offer(?:s|ed|ing)?|brought|brings?|donat(?:e|es|ed|ing)|shar(?:e|es|ed|ing)|gave|gives?|given) [^.;{£]{2,50} (?:to|for|towards|with) (?:<P>|` + thisWork + `|it\b)`},
		{name: "lead borough", link: record.Joined, role: "lead", cues: "lead", pattern: `(?:lead borough|lead council|lead authority|led by|lead)(?: is| was| are|:|,)* <A>`, near: true},
		{name: "won an award", link: record.Joined, cues: "won|award|prize|shortlist|nominated|finalist", pattern: `^(?:[^{]*: |[^{]{0,40})?<A>,? [^.;{]*\b(?:won|shared (?:the |an? |first )*(?:prize|award)|been shortlisted|been nominated|boroughs nominated|are nominated|been named)\b`, near: true, forward: true},
		{name: "pilots that they run", link: record.Joined, role: "pilot", cues: "pilot|trial|test", pattern: `(?:pilots?|trials?|tests?)(?:,? (?:that|which))? <A> (?:will |are |is |now )*(?:run|runs|running|ran|lead|host)`},
		{name: "pilots", link: record.Joined, role: "pilot", cues: "pilot|trial|test", pattern: `<A> ` + auxes + `(?:the first (?:[a-z]+ ){1,2}to )?(?:pilot|piloted|pilots|piloting|trial|trialled|trials|trialling|test|tested|tests|testing|try|trying|tried)(?: out)? ` + fillers + `(?:<P>|it\b|(?:the|a|its) (?:[a-z]+ ){0,3}(?:tool|toolkit|platform|prototype|dashboard|app|service|approach|version|system|sensors|devices|technology|kit)\b)`},
		{name: "where it begins", link: record.Joined, role: "pilot", cues: "is where|was where|be where|are where", pattern: `<A> (?:is|was|are|will be) where (?:the |our |a )?(?:<P>|[^.;{]{0,30}\b` + things + `\b)[^.;]{0,60}?(?:begins?|began|starts?|started|runs?|takes place|is under way|is happening|will be)\b`},
		{name: "piloted by", link: record.Joined, role: "pilot", cues: "pilot|trial|tested", pattern: `<P>[^.;{]{0,40}\b(?:piloted|trialled|tested)(?: out)? (?:by|in|with|at) <A>`},
		{name: "pilot in", link: record.Joined, role: "pilot", cues: "pilot|trial", pattern: `\b(?:pilots?|trials?|piloted|trialled) (?:of (?:the )?<P> )?(?:has |have |will |is |are |was |were )?(?:began |begin |start |started |under way |running |being run )?(?:by|in|at|with) <A>`},
		{name: "joined forces", link: record.Joined, cues: "forces|teamed|together|collaborat|partnered", pattern: `<A> ` + auxes + `(?:joined forces|join forces|joining forces|teamed up|teaming up|came together|come together|work together|worked together|working together|collaborating|collaborated|collaborate|partnered|partnering)(?: with <A>)? ` + fillers + `(?:to|on|for|in)\b`, near: true},
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
		{name: "with whom we work on", link: record.Joined, cues: "whom|which", pattern: `<A>(?:'s (?:[a-z-]+ ){1,4}(?:team|unit|department|colleagues))?,? with (?:whom|which) (?:we|they|{[AM][ \d]+}) ` + auxes + `(?:[a-z]+) (?:together )?(?:on|for|in) ` + fillers + `<P>`},
		{name: "evaluates the project", link: record.Joined, cues: "evaluat|assess|audit|review", pattern: `<A> ` + auxes + `(?:evaluat(?:e|es|ed|ing)|assess(?:es|ed|ing)?|audit(?:s|ed|ing)?|review(?:s|ed|ing)?) (?:the (?:whole|impact|results|effects?|success|first year) of )?(?:<P>|` + thisWork + `|it\b)`},
		{name: "with them a thing is made", link: record.Joined, cues: "with ", pattern: `^(?:[^{.;]{0,30}\b)?(?:together )?with <A> (?:[^.;{]{0,60}, )?(?:(?:we|they)(?: are|'re)?|<A>) ` + auxes + `(?:` + made + `|` + making + `|` + make_ + `) (?:an?|the|our|this) (?:[a-z0-9-]+ ){0,4}(?P<head>toolkit|platform|tool|dashboard|map|guide|playbook|prototype|model|framework|app|library|handbook|sprint|network|course|package|service|pilot|project)\b`},
		{name: "we and they made it", link: record.Joined, cues: "and ", pattern: `\b(?:we|us|{A[ \d]+})(?:,| and| together with|, together with| along with) <A>[^.;{]{0,90}? (?:` + made + `|` + making + `|` + make_ + `) (?:an?|the|our|this) (?:[a-z0-9-]+ ){0,4}(?P<head>toolkit|platform|tool|dashboard|map|guide|playbook|prototype|model|framework|app|library|handbook|sprint|network|course|package|service|pilot|project)\b`},
		{name: "with something from", link: record.Joined, cues: "with ", pattern: `\bwith (?:[a-z]+ ){0,2}(?P<kind>data|advice|input|research|technology|software|design|evidence|kit|sensors|devices|expertise|readings|equipment)(?: and [a-z]+)? (?:from|by|supplied by|provided by) <A>`, near: true},
		{name: "project between", link: record.Joined, cues: "between|shared by", pattern: `\b` + things + `,? (?:is |was )?(?:an? (?:[a-z]+ ){0,2})?(?:between|shared by|run by|owned by|run jointly by) <A>`, near: true},
		{name: "reports on the project", link: record.Joined, cues: ": ", pattern: `^<P>: (?P<s>\{N[ \d]+\}) (?:reported|said|told|explained|updated|described|gave)`},
		{name: "put forward by", link: record.Joined, cues: "by", pattern: `<P>,? (?:was |were |is |has been )?(?:put forward|proposed|submitted|suggested|pitched|entered) (?:jointly )?by <A>`},
		{name: "puts forward", link: record.Joined, cues: "put forward|proposed|submitted|pitched", pattern: `<A> ` + auxes + `(?:put forward|proposed|submitted|pitched) ` + fillers + `<P>`},
		{name: "leads the project", link: record.Joined, role: "lead", cues: "lead|led", pattern: `<A> ` + auxes + `(?:agreed to |to )?(?:lead|leads|leading|led|co-lead|co-leads|co-leading)(?: on)? (?:(?:the|this) (?:next phase|first phase|second phase)\b|` + thisWork + `|this(?:\.|,|;|$))`},
		{name: "partnership between", link: record.Joined, cues: "between|of|by", pattern: `<P>,? (?:is |was )?(?:an? )?(?:[a-z]+ ){0,2}(?:partnership|collaboration|project|initiative|programme|effort) (?:between|of|by|from) <A>`},
		{name: "live in", link: record.Joined, cues: "live|use", pattern: `<P> is (?:now |already |also )?(?:live|in use|being used|up and running) (?:in|at) <A>`},
		{name: "works with boroughs on it", link: record.Joined, cues: "work", pattern: `\bwork(?:s|ed|ing)? with <A> on (?:an?|the|this) (?:[a-z-]+ ){0,3}` + things + `\b`, near: true},
		{name: "it was made by", link: record.Joined, cues: "by|with", pattern: `(?:^the ` + things + `, |\b(?:` + things + `|they),? (?:which |that )?(?:was |is |has been |were |will be |being |are |now )+)(?:` + made + `|supported|managed|hosted|facilitated|evaluated|overseen|coordinated|maintained) (?:jointly )?(?:by|with|in partnership with|in collaboration with) (?:\{N[ \d]+\}'s team at )?<A>`},
		{name: "built by, it", link: record.Joined, cues: "by|with", pattern: `^(?:now |jointly )?` + made + ` (?:jointly )?(?:[a-z0-9 ]{2,30} )??(?:by|with|in partnership with|in collaboration with) <A>(?:(?: and)? (?:in (?:partnership|collaboration) )?with <A>)?[^.;{]{0,60}(?:\{A[ \d]+\})?, (?:it|the|this|<P>)`},
		{name: "supplies", link: record.Joined, role: "supplier", cues: "suppl|provid", pattern: `<A> ` + auxes + `(?:supplies|supply|supplied|supplying|provides|provide|provided|providing) (?:the|its|their|all|some|us with) (?:[a-z]+ ){0,2}(?:sensors|data|software|devices|technology|platform|tool|kit|equipment|laptops|hardware|system|app)\b`},
		{name: "starts work", link: record.Joined, role: "delivery", cues: "begun|started|begins|starts", pattern: `<A> (?:has |have )?(?:now |just )?(?:begun|started|begins|starts) (?:work on |an? |the |our )` + fillers + `(?:<P>|discovery\b|pilot\b|prototype\b|research\b)`, near: true},
		{name: "with them we made", link: record.Joined, cues: "with", pattern: `^with <A>,? (?:[^.;{,]{0,60}, )?(?:we|they|<A>) [^.;{]{0,40}<P>`},
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
		{name: "as the partner", link: record.Joined, cues: "partner|supplier", pattern: `<A>,?(?: comes in| come in| joins| join| joined)?(?: is| are| as| among| will be| was| were|,)*(?: our| the| one of our| a| its)? (?P<kind>delivery |research |design |technology |technical |data |evaluation |advisory |strategic )?(?:partners?|suppliers?)(?: (?:in|on|for|to|of)\b|\.|$|;)`, near: true},
		{name: "among the partners", link: record.Joined, cues: "among", pattern: `(?:<A> (?:are|is) among (?:our|the) partners|among (?:our|the) (?P<kind>delivery )?partners (?:are|is) <A>|with <A> among (?:our|the) (?:delivery )?partners)`, near: true},
		{name: "appointed", link: record.Joined, role: "delivery", cues: "appointed|commissioned|hired|chosen|selected|contracted|brought in|procured", pattern: `<A> (?:(?:has|have) (?:now |just |also |all |both )?been|was|were|is|are|is being|are being) (?:now |just |also |all |both )?(?:appointed|commissioned|hired|chosen|selected|contracted|brought in|procured)\b`, near: true},
		{name: "commissioned to", link: record.Joined, role: "delivery", cues: "appoint|commission|hire|chose|select|contract|engaged|procured", pattern: `(?:appointed|appointing|commissioned|commissioning|hired|hiring|chosen|chose|selected|contracted|engaged|procured) <A>(?: (?:to|as|for|last|this|in|on)\b|\.|,|;|$)`, near: true},
		{name: "runs a workshop with us", link: record.Joined, cues: "workshop|discovery|sprint|research|session", pattern: `<A>(?:, part of <A>,)?(?: team| colleagues)? (?:has |have )?(?:ran|run|runs|led|held|carried out|facilitated|is running|are running|completed|finished) (?:an? |the |its |their |our )?(?:[a-z0-9-]+ ){0,3}(?:workshops?|discovery|sprint|research|sessions?|interviews)\b(?: with (?:us|{A[ \d]+}))?`, near: true},
		{name: "planned with", link: record.Joined, cues: "discovery|project|pilot|prototype|next phase", pattern: `\bwe (?:have |'ve )?(?:planned|agreed|started|began|kicked off|finished|completed|held|ran) [^.;{]{0,50}(?:discovery|project|pilot|prototype|phase) with <A>`},
		{name: "who make it", link: record.Joined, role: "supplier", cues: "who|which", pattern: `\{A(?P<a0>[ \d]+)\}, (?:who|which) (?:also )?(?:` + make_ + `|` + made + `|are ` + making + `|is ` + making + `) (?:it|the (?:platform|tool|service|dashboard|app|map|prototype|system|website))`},
		{name: "whom we chose", link: record.Joined, role: "delivery", cues: "we ", pattern: `<A>,? (?:who |whom |which )?we (?:have |had )?(?:chose|chosen|appointed|commissioned|hired|selected|picked|contracted|brought in)\b`, near: true},
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
		{name: "borough’s own", link: record.Joined, cues: "'s", pattern: `<A>'s (?:own |joint |shared |new |latest |first |planned |future )*<P>`},
	}
}

// moneyRules say who pays.
func moneyRules() []relationRule {
	return []relationRule{
		{name: "X-funded", link: record.FundedBy, cues: "-funded|-sponsored", pattern: `<F>-(?:funded|sponsored) [^.;{]{0,80}<P>`},
		{name: "our X-funded work", link: record.FundedBy, cues: "-funded|-sponsored", pattern: `<P>,? (?:[a-z ]{0,40} )?(?:our |the |an? )?<F>-(?:funded|sponsored)`},
		{name: "X-funded project", link: record.FundedBy, cues: "-funded|-sponsored", pattern: `<F>-(?:funded|sponsored) (?:[a-z-]+ )?` + things + `\b`},
		{name: "funded by", link: record.FundedBy, cues: "funded|paid for|financed|sponsored", pattern: `<P>[^.;{]{0,80}\b(?:funded|paid for|financed|sponsored)(?: in part| jointly| entirely| partly)? (?:by|through|with money from) (?:[a-z' ]{0,40}(?:at|of|from) )?<A>(?:'s \{P[ \d]+\})?`},
		{name: "project funded by", link: record.FundedBy, cues: "funded|paid for|financed|sponsored", pattern: `\b` + things + `(?:,? which)?,?(?: is| was| are| were| has been| being)? (?:funded|paid for|financed|sponsored)(?: in part| jointly| entirely| partly)? (?:by|through|with money from) (?:[a-z' ]{0,40}(?:at|of|from) )?<A>(?:'s \{P[ \d]+\})?`},
		{name: "which X funds", link: record.FundedBy, cues: "fund|pay|paid|paying|sponsor", pattern: `<P>,? (?:which|that) <A> (?:is |are |has |have |also )*(?:funds|fund|funded|funding|pays for|pay for|paid for|paying for|sponsors)\b`},
		{name: "X funds", link: record.FundedBy, cues: "fund|pay|paid|paying", pattern: `<A> ` + auxes + `(?:funding|funded|funds|fund|paid for|pays for|paying for|pay for) ` + fillers + `<P>`},
		{name: "owner’s fund", link: record.FundedBy, outside: true, cues: "'s", pattern: `<A>'s <G>`},
		{name: "fund paid", link: record.FundedBy, cues: "paid|pays|funded|funds", pattern: `<A>(?:'s)? \{P[ \d]+\},?[^.;{]{0,40} (?:paid|pays|is paying|funded|funds)(?: for)? (?:the|this|our) (?:project|work|pilot|programme|discovery)`},
		{name: "X paid", link: record.FundedBy, cues: "paid|pays|funds it|funded it", pattern: `<A>(?:'s <P>)? (?:paid|pays|paid for it|funded it|funds it|is paying|pays for it)(?:\.|$)`},
		{name: "money from", link: record.FundedBy, cues: "money|funding|grant|£", pattern: `<P>[^.;{]{0,60}(?:\b(?:money|funding|grant)|£[\d,.]+ ?[km]?(?:illion)?)(?: [a-z]+){0,2} from <A>`},
		{name: "paid for by, it", link: record.FundedBy, cues: "funded|paid for|sponsored", pattern: `\b(?:funded|paid for|sponsored) by <A>, (?:it|the|this)\b`},
		{name: "with money from", link: record.FundedBy, cues: "funding|money|grant|£", pattern: `\bwith (?:the help of )?(?:funding|money|a grant|grants|£[\d,.]+ ?[km]?(?:illion)?(?: of funding)?) from <A>`, near: true},
		{name: "pays for things", link: record.FundedBy, cues: "paying for|pays for|paid for|pay for|funding the|funded the", pattern: `<A>(?:'s (?:[a-z]+ ){0,4}team)? (?:is |are |will be |has |have |will |also )*(?:paying for|pays for|paid for|pay for|funding|funded|funds) (?:` + thisWork + `|all of it|half of it|some of it|it\b|all (?:the )?(?:of )?[a-z]+\.|up to\b)`, near: true},
		{name: "thanks to money from", link: record.FundedBy, cues: "grant|money|funding|£", pattern: `\b(?:grants?|money|funding)(?: of £[\d,.]+ ?[km]?(?:illion)?)? from <A>, [^.;{]{0,30}<P>`},
		{name: "gave it money", link: record.FundedBy, cues: "gave|gives|given|award|grant", pattern: `<A> ` + auxes + `(?:gave|gives|giving|given|awarded|awards|granted|grants) (?:it|them|us|the team|each|this)\b[^.;{]{0,25}(?:£|\bgrant|\bfunding|\bmoney)`},
		{name: "whose money pays", link: record.FundedBy, cues: "money|funding|grant", pattern: `<A> (?:money|funding|grants?|cash) (?:pays?|paid|funds?|funded|covers?|covered|made|makes|is paying)\b`},
		{name: "their grant pays", link: record.FundedBy, cues: "grant|funding|money", pattern: `<A>'s (?:{P[ \d]+} |[a-z -]{0,30})?(?:grant|funding|money|award)(?: to (?:{A[ \d]+}|us))? (?:pays for|paid for|funds|funded|covers|covered|is paying for)(?: (?:<P>|` + thisWork + `|it))?`},
		{name: "covers the cost", link: record.FundedBy, cues: "cost|bill", pattern: `<A> ` + auxes + `(?:covers?|covering|covered|meets?|meeting|met|bears?|bearing|picks? up|picked up|picking up|foots?|footing|pays?|paid|paying)(?: for)? (?:all |most |half |part |some )?(?:of )?(?:the |its )?(?:costs?|bill|tab)(?: of (?:<P>|` + thisWork + `|it))?`, near: true},
		{name: "costs met by", link: record.FundedBy, cues: "cost|bill", pattern: `\b(?:costs?|bills?|licen[cs]es?|expenses)[^.;{]{0,20} (?:is|are|was|were|being|been) (?:all |partly |also )?(?:met|covered|borne|paid|shared|picked up) by <A>`, near: true},
		{name: "paid for out of", link: record.FundedBy, cues: "paid|funded|comes out of|financed", pattern: `(?:<P>|\b` + things + `)(?: is| was| are| were| has been| being)? (?:paid for|funded|financed|comes|came)(?: for)? (?:out of|from|through|by|with) <A>'s (?:\{P|[a-z -]{3,40})`},
		{name: "won money from", link: record.FundedBy, cues: "won|secured|received|got|obtained|awarded|given", pattern: `\b(?:won|secured|received|got|obtained|awarded|given|raised) (?:£[\d,.]+ ?[km]?(?:illion)?|funding|money|an? (?:[a-z0-9£,-]+ )?grant|backing|support worth £[\d,.]+)[^.;{]{0,40}from <A>`, near: true},
		{name: "backs it", link: record.FundedBy, cues: "back|sponsor|bankroll|underwr|put up|puts up|put in|puts in", pattern: `<A> ` + auxes + `(?:backs?|backed|backing|sponsors?|sponsored|sponsoring|bankrolls?|underwrites?|underwrote|put up|puts up|put in|puts in|putting in|putting up) (?:£[\d,.]+ ?[km]?(?:illion)?|the money|the funding|(?:the |our )?<P>|` + thisWork + `|it\b)`, near: true},
		{name: "with their money", link: record.FundedBy, cues: "money|funding|grant", pattern: `\bwith (?:the )?<A>'s (?:money|funding|grant|financial support)\b`, near: true},
		{name: "funding comes from", link: record.FundedBy, cues: "funding|money", pattern: `\b(?:funding|money)(?: for (?:it|this|` + thisWork + `))? (?:all |also |mostly )?(?:comes|came|is|was)(?: provided)? (?:from|by) <A>`},
		{name: "money agreed by", link: record.FundedBy, cues: "funding|money|grant|£", pattern: `(?:\b(?:funding|money|grants?)|£[\d,.]+ ?[km]?(?:illion)?)(?: (?:of|worth) £[\d,.]+ ?[km]?(?:illion)?)?(?: for (?:<P>|` + thisWork + `|it))? (?:is|was|were|has been|have been)(?: now| kindly)? (?:agreed|provided|given|awarded|approved|granted|made available|found|put up) by <A>`, near: true},
		{name: "gives money to", link: record.FundedBy, cues: "£|grant|awarded|money|funding", pattern: `<A> ` + auxes + `(?:awarded|award|gave|given|granted|provided|providing|putting|put|invested|investing) (?:£[\d,.]+ ?[km]?(?:illion)?|money|funding|a grant)[^.;{]{0,40}(?:to|for|into|towards) (?:` + fillers + `<P>|` + thisWork + `|it\b)`},
	}
}

// leadRules say which person leads a project.
func leadRules() []relationRule {
	return []relationRule{
		{name: "person leads", link: record.Leads, cues: "lead|led|charge|runs|heads", pattern: `<N>,? (?:who )?` + auxes + `(?:leads|lead|leading|led|in charge of|heads|heading)(?: up)?(?: on| for)? (?:the |our |on |a )?(?:[a-z]+ )?<P>`},
		{name: "person leads it", link: record.Leads, cues: "lead|led|charge|run|head|manag|overse|ordinat|steer", pattern: `<N>,? (?:who )?` + auxes + `(?:leads?|leading|led|co-leads?|co-leading|in charge of|runs|running|heads|manages|managing|oversees|overseeing|coordinates|coordinating|co-ordinates|co-ordinating|steers|steering)(?: on| up)? (?:(?:the|this|our) ` + things + `|it|this(?: one)?)(?:\.|,|;|$| )`},
		{name: "leading it is", link: record.Leads, cues: "leading|heading|charge|running", pattern: `\b(?:leading|heading|running|in charge of) (?:up )?(?:(?:the |our )?<P>|` + thisWork + `|it|this)(?: for us| for them)? (?:is|are|will be|was) <N>`},
		{name: "a project that somebody leads", link: record.Leads, cues: "leads|led|runs|heads|charge", pattern: `\b` + things + ` (?:that|which) <N>,? ` + auxes + `(?:leads?|led|leading|runs?|running|heads?|in charge of)\b`, forward: true},
		{name: "is in charge of it", link: record.Leads, cues: "charge|after|responsible", pattern: `<N>,? (?:who )?` + auxes + `(?:in charge of|looking after|looks? after|responsible for|taking charge of|took charge of|takes charge of) (?:(?:the |our )?<P>|` + thisWork + `|it\b|(?:the|our|its|this) (?:next |new |first |second |latest |final )*(?:release|version|phase|stage|round|prototype|group))`},
		{name: "takes over as its lead", link: record.Leads, cues: "take", pattern: `<N> (?:has |have |will |is )?(?:taken|took|takes?|taking) over as (?:the |our )?(?:[a-z]+ )?(?:lead|manager|leader|director)\b`},
		{name: "stays on as its owner", link: record.Leads, cues: "owner|lead|manager", pattern: `<N>,? (?:will )?(?:stays?|staying|stay) on as (?:the |its |our )?(?:[a-z]+ )?(?:leads?|managers?|leaders?|owners?)\b`},
		{name: "runs the project", link: record.Leads, cues: "runs|running|ran|manages|managing|managed|took over|takes over|taking over", pattern: `<N>,? (?:who )?` + auxes + `(?:runs|running|manages|managing|managed|takes over|took over|taking over|taken over)(?: as (?:the )?(?:lead|manager|head) (?:of|for|on))? (?:the |our )?<P>`},
		{name: "its manager is", link: record.Leads, cues: "manager|lead|leader|director|owner", pattern: `(?:(?:the |our )?<P>|` + thisWork + `)'s (?:[a-z]+ ){0,2}(?:manager|lead|leader|director|product owner)(?: is|,| –| —|:) <N>`},
		{name: "is its manager", link: record.Leads, cues: "manager|lead|leader|director|owner", pattern: `<N>(?: is|,) (?:now )?(?:the |our )?(?:<P>'s |<P> )(?:[a-z]+ ){0,2}(?:manager|lead|leader|product owner)\b`},
		{name: "led by a person", link: record.Leads, cues: "led by|charge|headed by", pattern: `<P>[^.;{]{0,40}\b(?:led|headed|run) by (?:our |the )?<N>`},
		{name: "person is the lead for", link: record.Leads, cues: "lead|manager|manage", pattern: `<N> (?:is|will be|becomes) (?:the |our )?(?:lead contact|lead|project lead|project manager|product owner|manager) (?:for|of|on) (?:the |our )?<P>`},
		{name: "lead of the project", link: record.Leads, cues: "lead", pattern: `<N>(?:,| is|, who is)? (?:the |our )?(?:lead|project lead|project manager) (?:for|of|on) (?:the |our )?<P>`},
	}
}

// compiled is a rule ready to be used.
type compiled struct {
	relationRule
	cueList   []string
	notList   []string
	verbFirst bool     // the first group is the verb, and the pattern begins with it
	marks     []string // what every text that matches has, such as "{A "
	re        *regexp.Regexp
	groups    []string
}

// relationPatterns are the rules of the table, compiled when first needed.
var relationPatterns = sync.OnceValue(func() []compiled { return compileRules(relationRules()) })

func compileRules(rules []relationRule) []compiled {
	var list []compiled
	for _, r := range rules {
		pattern, n := r.pattern, 0
		for _, mark := range []struct{ short, long string }{
			{"<A>", `\{A(?P<a#>[ \d]+)\}(?:'s \{N[ \d]+\}|'s (?:own |in-house )?(?:[a-z-]+ ){0,2}(?:team|officers|developers|researchers|designers|colleagues|staff|engineers|analysts)|(?: team| colleagues| staff|, (?:an?|the) [a-z' -]{3,40},|,? and (?:[a-z]+ ){0,3}(?:others|boroughs|operators|partners|councils|organisations|groups|suppliers|charities|teams?)))?(?:,? (?:which|who|that))?`}, {"<W>", `(?P<s#>\{N[ \d]+\})`}, {"<H>", `(?P<h#>he|she|they)`}, {"<F>", `\{F(?P<a#>[ \d]+)\}`}, {"<N>", `\{N(?P<n#>[ \d]+)\}`},
			{"<P>", `\{P(?P<p#>[ \d]+)\}(?: (?:project|programme|platform|initiative|pilot|trial|work|research|scheme|tool|strand|course|campaign|team)s?)?`},
			{"<X>", `\{[AP](?P<x#>[ \d]+)\}(?: (?:project|programme|platform|tool|team))?`}, {"<Y>", `\{[AP](?P<y#>[ \d]+)\}`}, {"<B>", `\{A(?P<b#>[ \d]+)\}`},
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
		list = append(list, compiled{relationRule: r, cueList: strings.Split(r.cues, "|"), notList: strings.FieldsFunc(r.unless, func(c rune) bool { return c == '|' }), marks: needed(r.pattern), re: re, groups: re.SubexpNames(), verbFirst: strings.HasPrefix(r.pattern, `\b(?P<verb>`)})
	}
	return list
}

// needed are the marks without which a pattern matches nothing: those that stand
// in no group, which could be optional or one of several choices.
func needed(pattern string) (marks []string) {
	depth := 0
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '\\':
			i++
		case c == '(':
			depth++
		case c == ')':
			depth--
		case c == '<' && depth == 0 && strings.HasPrefix(pattern[i:], "<W>"):
			marks = append(marks, "{N ")
		case c == '<' && depth == 0 && i+2 < len(pattern) && pattern[i+2] == '>' && strings.IndexByte("AFNP", pattern[i+1]) >= 0:
			marks = append(marks, "{"+pattern[i+1:i+2]+" ")
		}
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
	for _, word := range c.notList {
		if strings.Contains(text, word) {
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
