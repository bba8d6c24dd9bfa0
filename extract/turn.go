package extract

import "lotigraph/record"

// turnRules are further turns of phrase for taking part, leading and paying, most
// of them about the project of the section or of the sentence before.
func turnRules() []relationRule {
	const (
		ones   = `(?:council|borough|company|charity|supplier|agency|university|consultancy|firm|partner|team|organisation|start-?up|developers?|designers?|makers?|researchers|specialists|experts)`
		lend   = `(?:lends?|lending|lent|seconds?|seconding|seconded|loans?|loaning|loaned|releases?|releasing|released)`
		sum    = `£[\d,.]+ ?[km]?(?:illion|n)?`
		put    = `(?:put|puts|putting|found|finds|finding|pledged|pledges|pledging|committed|commits|committing|set aside|sets aside|earmarked|contributed|contributes|contributing|raised|raises|chipped in|chips in|gave|gives|given|offered|offers|provided|provides|invested|invests|made available|promised|promises|agreed)`
		leads  = `(?:leads?|led|leading|co-leads?|co-leading|runs?|ran|running|heads?|headed|heading|manages?|managed|managing|in charge of|looks? after|looked after|looking after|coordinates?|coordinating|co-ordinates?|co-ordinating|chairs?|chaired|chairing|steers?|steering|oversees?|oversaw|overseeing)`
		byLead = `(?:led|headed|run|captained|fronted|steered|chaired|managed|coordinated|co-ordinated|overseen|spearheaded)`
		a1     = `(?:has |have |had |is |are |was |were |been |being |be |will |to |also |now |jointly |together |all |both |already |just |each |kindly |in turn |'ve )*`
	)
	return []relationRule{
		{name: "put their names down", link: record.Joined, cues: "down|forward|hand|part|joining in|joined in", near: true,
			pattern: `<A> ` + auxes + `(?:put (?:their |its |both )?names? down|put (?:themselves|itself) forward|rais(?:ed|ing) (?:their|its) hands?|stepped forward|stepping forward|taking part|takes? part|took part|taken part|joining in|joined in|joins? in)(?: in (?:it|this|` + thisWork + `)| for (?:it|this|` + thisWork + `))?(?:\.|$|,|;|\)| too| as well| with (?:its|their)| from (?:the start|day one)|\?)`},
		{name: "part of it", link: record.Joined, cues: "part of|involved in|members|member of|belong|sit on|sits on| on it", topic: true,
			pattern: `<A> ` + auxes + `(?:(?:an? )?(?:active |founding |full )?(?:part of|involved in|members? of|partners? in|participants? in)|belongs? to|sits? on|works? on|working on|worked on) (?:it|this|` + thisWork + `)(?:\.|$|,|;| too| as well| also| and| since| from)`},
		{name: "having signed up", link: record.Joined, cues: "having", near: true,
			pattern: `<A>,? having (?:done so|signed up|joined|come on board|taken part|volunteered|agreed)\b`},
		{name: "its members are", link: record.Joined, cues: "members|partners|participants|boroughs", near: true,
			pattern: `\b(?:its|our) (?:first |other |founding |current )?(?:members|partners|participants|boroughs|council members)(?: so far| now| today| currently| this year| involved)*(?::| are| were| include| included|,) <A>(?:(?:,? and|, plus|,),? (?:[a-z ]{3,30}, )?<A>)?`},
		{name: "said to be its maker", link: record.Joined, topic: true, cues: ", |(",
			pattern: `<A>(?:, | \(|,? who are |,? which is )(?:the|an?|our) (?:[a-z-]+ ){0,2}` + ones + ` (?:that |which |who |whom )?(?:we )?(?:is |are |was |were |has |have |been |now )*(?P<verb>[a-z-]+)(?: with| by us)?(?: to [a-z]+)?(?: for us| for)? (?:(?:the |our |its )?<P>|it\b|` + thisWork + `)`},
		{name: "with them doing it", link: record.Joined, topic: true, cues: "with ",
			pattern: `^with <A> (?:now |also |jointly )?(?P<verb>[a-z-]+ing)\b[^,;{]{0,40},`},
		{name: "their people do it", link: record.Joined, topic: true, cues: " it|the |our |this |{P",
			pattern: `(?:^|[;:,–] |\band )<W>,? ` + a1 + `(?P<verb>[a-z-]+)(?: up| out| together)? (?:most of |much of |parts? of |all of |half of |the first draft of )?(?:it|this|<P>|` + thisWork + `)(?:\.|$|,|;| for| in| with| and)`},
		{name: "label, then their people", link: record.Joined, cues: ": | – | — ",
			pattern: `^<P>(?::| –| —) (?:\{A[ \d]+\}'s )?<W> ` + a1 + `(?P<verb>[a-z-]+)\b`},
		{name: "label, then who leads", link: record.Joined, role: "lead", cues: ": | – | — ",
			pattern: `^<P>(?::| –| —) <A>,? ` + a1 + `(?:leads?|leading|led|taking the lead|takes? the lead|in the lead|in charge)\b`},
		{name: "label, then what they want", link: record.Joined, label: true, wish: true, cues: "want|plan|aim|hope|intend|propos|seek|will|would|are|is",
			pattern: `^<A> (?:both |together |jointly |all )?(?:wants?|plans?|aims?|hopes?|intends?|proposes?|seeks?|would like|would|will|are (?:going|planning|hoping|looking)|is (?:going|planning|hoping|looking)) (?:to )?[a-z]+`},
		{name: "label, then who put it forward", link: record.Joined, label: true, cues: " by | from ",
			pattern: `\b(?:put forward|proposed|submitted|suggested|pitched|entered|bid|idea|proposal|brought|led|developed|designed|conceived|thought up|dreamt up)(?: [a-z]+)? (?:jointly )?(?:by|from) <A>`},
		{name: "has an idea called", link: record.Joined, cues: "idea|project|bid|proposal|plan|scheme|pilot",
			pattern: `<A> ` + auxes + `(?:has |have |had |got |bring |brings |brought |entered |pitched |sent in |submitted |handed in |put in )(?:an? |the |their |its )(?:[a-z]+ ){0,2}(?:idea|project|bid|proposal|plan|scheme|pilot|concept)s?(?:,| called| named| for| on| to develop| with the title| titled| entitled)* (?:an? )?<P>`},
		{name: "came up with it", link: record.Joined, cues: "up with|thought|idea|conceived|initiated|dreamt|came from",
			pattern: `<A> ` + auxes + `(?:(?:came|comes|come|coming) up with|thought of|thought up|dreamt up|conceived|initiated|had the idea (?:of|for)) (?:the |an? )?(?:(?:idea|concept|plan|proposal) (?:of|for) )?(?:the |an? |its |their )?<P>`},
		{name: "joint venture of", link: record.Joined, near: true, cues: "venture|partnership|collaboration|effort|initiative",
			pattern: `\b(?:an?|the) (?:new |close |three-way |two-way )?(?:joint (?:venture|effort|initiative|undertaking)|partnership|collaboration) (?:of|between|by|among) <A>`},
		{name: "begins in", link: record.Joined, role: "pilot", near: true, cues: " in | at | with ",
			pattern: `\b(?:testing|trials?|piloting|roll-?out|pilots?|installation|the first phase|phase one|user research) (?:has |have |will )?(?:starts?|started|begins?|began|begun|ran|is running|are running|took place|takes place|were held|got under way|gets under way|is under way|goes live|went live) (?:this week |last week |next week |today |on monday )?(?:in|at|with) <A>`},
		{name: "is its test bed", link: record.Joined, role: "pilot", near: true, cues: "bed|ground|site|area|host|home|guinea",
			pattern: `<A> ` + auxes + `(?:acts? as |serves? as |acting as |serving as )?(?:the |an? |our |its |(?:<P>|` + thisWork + `)'s )?(?:first |second |main |live )?(?:test ?bed|testing ground|pilot (?:site|area|borough|council)|test site|hosts?|home|guinea pig)s?\b(?: (?:for|of|to) (?:<P>|` + thisWork + `|it))?(?:\.|$|,|;| and)`},
		{name: "things come from", link: record.Joined, near: true, unless: "heard from|money|fund|grant|£", cues: " from | by ",
			pattern: `\b(?:sensors|software|devices|technology|kit|laptops|tablets|phones|equipment|hardware|contributions|input|expertise|evidence|designs?|the code) (?:comes?|came|is|are|was|were)(?: all| now| also)?(?: supplied| provided| donated| lent)? (?:from|by) <A>`},
		{name: "donated things", link: record.Joined, near: true, cues: "donat|gift|suppl|provid|lent|loan|contribut",
			pattern: `<A> ` + auxes + `(?:donat(?:ed|es|ing)|gifted|gifting|suppl(?:ied|ies|ying)|provid(?:ed|es|ing)|lent|loaned|contribut(?:ed|es|ing)) (?:us (?:with )?)?(?:[a-z0-9-]+ ){0,2}(?:sensors|laptops|devices|software|tablets|phones|equipment|hardware|kit|licen[cs]es|servers|expertise)\b`},
		{name: "commissioned from", link: record.Joined, near: true, role: "delivery", cues: " from ",
			pattern: `\b(?:commissioned|bought|ordered|procured|purchased|bought in|hired in|licensed) from <A>(?: by <A>)?`},
		{name: "its group is chaired by", link: record.Joined, near: true, cues: " by ",
			pattern: `\b(?:steering|working|project|advisory|programme|design|user) (?:group|board|committee|team) (?:is|was|will be|has been) (?:now |jointly )?(?:chaired|co-chaired|led|run|convened|hosted) by <A>`},
		{name: "it was they that", link: record.Joined, topic: true, cues: "it is |it was |it's ",
			pattern: `\bit(?: is| was|'s) <A> (?:first )?(?:that|who|which) ` + a1 + `(?:first )?(?P<verb>[a-z-]+)\b`},
		{name: "in their area it is live", link: record.Joined, near: true, cues: "live|use|running|up and",
			pattern: `^(?:in|at|over in) <A>,? (?:<P>|` + thisWork + `|it) ` + auxes + `(?:gone live|went live|live|in use|running|up and running|under way|being used|being tested)\b`},
		{name: "have come in", link: record.Joined, near: true, cues: "come|came|joined|aboard",
			pattern: `<A> (?:has |have |had )?(?:now |also |both |all |since |already )*(?:come in|came in|come aboard|came aboard|joined (?:for|in time for|from|at) (?:the )?(?:alpha|beta|discovery|pilot|second|third|next|start|build))\b`},
		{name: "they follow", link: record.Joined, near: true, cues: "to follow|following|next in line",
			pattern: `\b(?:with|and) <A> (?:to follow|following|soon to follow|close behind|next in line)\b`},
		{name: "seeks company for", link: record.Joined, wish: true, cues: "company|partners|collaborators|others|fellow|boroughs",
			pattern: `<A>,? (?:[^{;.]{0,40}, )?(?:would welcome|welcomes|would like|is looking for|are looking for|looks for|seeks?|is seeking|are seeking|invites?) (?:[a-z]+ ){0,2}(?:company|partners?|collaborators?|others|boroughs|councils) (?:for|on|in|to join)(?: (?:its|their))? <P>`},
		{name: "lends somebody", link: record.Joined, near: true, cues: "len|second|loan|releas",
			pattern: `<A> ` + auxes + lend + ` (?:us |to us )?(?:an? [a-z -]{3,40}, )?\{N[ \d]+\}(?:[^.;{]{0,40} to (?:<P>|` + thisWork + `))?`},
		{name: "lead borough in brackets", link: record.Joined, role: "lead", near: true, cues: "lead",
			pattern: `^<S>,? \((?:the |our )?(?:joint |project )?lead (?:borough|council|authority)s?(?: on| for| in| here| of)?(?: (?:<P>|` + thisWork + `|it))?\)`},
		{name: "it was made by, with", link: record.Joined, topic: true, cues: " by ",
			pattern: `\b(?:it|this|they|` + things + `|sessions?|course|training) (?:is|are|was|were|has been|have been|being|will be) (?:now |jointly |also |all )*(?P<verb>[a-z-]+) by <A>(?: (?:together |jointly |in partnership |in collaboration )?with (?:the )?<A>)?`},
		{name: "makes it, and with whom", link: record.Joined, tied: true, cues: " it",
			pattern: `<A> (?:(?:is |are |has |have |will )?[a-z-]+ it and )?` + auxes + `(?:` + made + `|` + making + `|` + make_ + `) it\b`},

		{name: "he or she leads it", link: record.Leads, cues: "which he |which she |which they |that he |that she |that they ",
			pattern: `<P>,? (?:which|that) <H> (?:and <N> )?` + a1 + leads + `\b`},
		{name: "he or she leads the draft", link: record.Leads, topic: true, cues: "which he |which she |which they |that he |that she |that they ",
			pattern: `\b(?:` + things + `|draft|drafts|next version),? (?:which|that) <H> (?:and <N> )?` + a1 + leads + `\b`},
		{name: "heads it up", link: record.Leads, cues: "head|lead|run|tak", pattern: `<N>,? (?:who )?` + auxes + `(?:heading|heads|headed|leading|leads|led|taking|takes|took) (?:it|this|that|` + thisWork + `|<P>) (?:up|forward|on|over)\b`},
		{name: "in charge", link: record.Leads, cues: "charge|helm|wheel", near: true, pattern: `<N>,? ` + auxes + `(?:in charge|at the helm|at the wheel|in the lead|in the driving seat)(?: here| day to day| for now)?(?:\.|,|;|$)`},
		{name: "took over from, as its lead", link: record.Leads, cues: "over", pattern: `<N>,? (?:who )?(?:has |have |is |will )?(?:taken|took|takes?|taking) over (?:from (?:\{A[ \d]+\}'s )?\{N[ \d]+\} )?as (?:the |its |our )?(?:[a-z]+ )?(?:lead|leader|manager|head|chair|owner|director) (?:of|for|on) (?:the |our )?<P>`},
		{name: "under somebody they made", link: record.Leads, cues: byLeadCues, pattern: `\b` + byLead + ` by <N>,? (?:[a-z]+ )?(?:wrote|built|made|drafted|developed|designed|created|produced|prototyped|worked on|tackled|is building|are building|is writing|are writing|has built|has written) [^.;{]{0,80}<P>`},
		{name: "run by somebody", link: record.Leads, cues: byLeadCues, pattern: `<P>[^.;{]{0,40}\b` + byLead + ` (?:jointly )?by (?:our |the |\{A[ \d]+\}'s )?<N>`},
		{name: "jointly lead it", link: record.Leads, cues: "lead|led|run|head|chair|manag|ordinat|steer|overs|charge|look", pattern: `<N> ` + auxes + leads + `(?: up| on)? (?:the |our )?<P>`},

		{name: "puts a sum behind", link: record.FundedBy, cues: "£", pattern: `<P>,? (?:for |into |behind |to )?(?:that|which) <A> ` + auxes + put + ` ` + sum + `(?: behind| into| towards| for| to)?`},
		{name: "found a sum for", link: record.FundedBy, cues: "£", pattern: `<A> ` + auxes + put + ` (?:a further |another |up to |around |some |about )?` + sum + `(?: [a-z]+){0,3} (?:for|to|towards|into|behind|from its [a-z ]{3,30} for) (?:` + fillers + `<P>|` + thisWork + `|it\b)`, near: true},
		{name: "matches the sum", link: record.FundedBy, cues: "match|doubl|topp", near: true, pattern: `<A> ` + auxes + `(?:match(?:es|ed|ing)?|doubl(?:es|ed|ing)|top(?:s|ped|ping) up) (?:it|this|that|the (?:sum|amount|grant|money|funding|pot|fund))\b`},
		{name: "pays towards it", link: record.FundedBy, tied: true, cues: "fund|sponsor|bankroll|financ|pay", pattern: `<A> ` + auxes + `(?:(?:co-|part-|jointly )?(?:funds?|funded|funding|sponsors?|sponsored|sponsoring|financ(?:es|ed|ing)|bankrolls?|pays for|paid for|paying for)) it\b`},
		{name: "each gets a sum", link: record.FundedBy, each: true, cues: "£", pattern: `^(?:each|both|all|the (?:two|three|four|five))(?: of (?:them|these|the (?:two|three|four|five)))?(?: projects| bids| winners| teams)? (?:will )?(?:receives?|gets?|has|have|had|received|got|been awarded|is given|are given) (?:been )?(?:awarded |given )?(?:up to |a grant of )?` + sum + `(?: each)?(?: of funding| in funding)? (?:from|by) <A>`},
	}
}

// byLeadCues are the verbs that say by whom a project is led.
const byLeadCues = "led by|headed by|run by|captained by|fronted by|steered by|chaired by|managed by|ordinated by|overseen by|spearheaded by"
