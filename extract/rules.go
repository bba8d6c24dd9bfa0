package extract

// Rule is a reading rule: its name, as records and links show it, and what it
// goes by, with an example.
type Rule struct {
	Name string
	Says string
}

// Rules lists every reading rule: those that find names, those that read jobs,
// and those that read other links.
func Rules() []Rule {
	list := append(nameRules(), jobRules()...)
	for _, r := range relationRules() {
		list = append(list, Rule{r.name, r.pattern})
	}
	return append(list,
		Rule{"listed under a heading", "bodies in a list under “Project partners” or “Three teams were chosen:”"},
		Rule{leaderWorksFor, "“Camden’s Ann Lee leads X”: Camden has a part in X (inferred)"},
		Rule{weighedRule, "enough of what stands around a body and a project speaks for a part; weights.csv says how much"},
		Rule{"byline", "the byline of the text"},
		Rule{"our own project", "“our X”, “LOTI’s X”: LOTI has a part in X (inferred)"})
}

// nameRules are the rules that find names.
func nameRules() []Rule {
	return []Rule{
		{"known borough", "a borough of the lexicon, by name or alias"},
		{"known partner", "an organisation of the lexicon"},
		{"known person", "a person of the lexicon, by the full name or an alias"},
		{"known project", "a project of the lexicon"},
		{"well-known body", "a body of the gazetteer: “the GLA”"},
		{"full name", "a given name and a surname, and what stands around them"},
		{"first name", "a given name alone of which the sentence speaks as of a person"},
		{"first name of a known person", "a first name that one person of the lexicon has"},
		{"word of a body’s name", "a word such as University, Foundation or Council"},
		{"body called by name", "a team, company or charity called “X”"},
		{"employer behind a job title", "“Head of Data at X”"},
		{"employer behind a name", "“Ann Lee at X”"},
		{"partner in brackets", "“the delivery partner (X)”"},
		{"called a partner", "“our partner X”, “X is the supplier”"},
		{"made or working with", "“made with X”, “working with X”"},
		{"done by", "“written by X”, “supported by X”"},
		{"support or people from", "“support from X”, “colleagues from X”, “data comes from X”"},
		{"people at", "“the team at X”, “hosted at X”"},
		{"hired to", "“commissioned X to”"},
		{"has been appointed", "“X has been appointed”"},
		{"the team of", "“the X team”"},
		{"part of a body", "“X, part of Y”"},
		{"who act", "“X, who develop the platform”"},
		{"said to be a body", "“X, a charity that”"},
		{"acts in a sentence", "“X ran a workshop”, for a word that is no word of English"},
		{"spelt like a brand", "a word with a capital inside: “FutureGov”"},
		{"in a list of bodies", "a name in a list with bodies: “X, Zoom and the GLA”"},
		{"word of a project’s name", "a word such as Toolkit, Fund, Network or Dashboard"},
		{"called a project", "“the X project”, “a platform called X”"},
		{"project in quotation marks", "“their project, ‘X’”"},
		{"owned work", "“our X”, “LOTI’s X”"},
		{"said to be a project", "“X, the platform that”"},
		{"made with or by", "“X, launched with”"},
		{"launched", "“launched the X”"},
		{"hashtag of an event", "“the launch of #OpenDataWeek”"},
		{"begins like something made", "“the Charter for Open Data”"},
		{"named again and again", "a name in capitals that stands in two places at least and is nothing else"},
		{"is out", "“X is live”, “X has launched”"},
		{"does what a tool does", "“X will list”, “X maps”"},
		{"abbreviated work", "“X (AB) pilots”"},
		{"label in a list of projects", "“X: …” in a list under a heading about projects"},
		{"numbered project in a heading", "“Project 3 – X”"},
		{"heading over a project’s report", "a heading in capitals over a section that reports work"},
		{"what a heading is about", "“Progress on X”"},
		{"title of a project’s page", "the title of a page whose address says /projects/"},
		{"named in small letters", "“our innovation in procurement project”"},
		{"project of a fund", "“the Innovation Fund data project”"},
	}
}

// jobRules are the rules that read for whom somebody works.
func jobRules() []Rule {
	return []Rule{
		{"job in brackets", "“Name (Role, Org)”, “Name (Org)”, “Name (Org’s Role)”"},
		{"job in brackets after a possession", "“Name’s blog (Org’s Role)”"},
		{"job behind a dash", "“Name — Role, Org” as a line"},
		{"behind a body in a list", "“Org – Name, Role” as a line"},
		{"name and body in a list", "“(Name, Org; Name, Org)”, “Name, Org” as a line"},
		{"in brackets behind a body", "“Org (Name, Role)”"},
		{"job behind a comma", "“Name, Role at Org”, “Name, Org’s Role”"},
		{"name from a body", "“Name from Org”, “Name of Org”"},
		{"of the council just named", "“Name of the council’s team”, where the sentence before names one borough"},
		{"leaving for a body", "“Name left Org to join Other as Role”, “… to become Role at Other”"},
		{"name at an unknown body", "“Name at Org” of a body nobody knows"},
		{"a body’s person", "“Org’s Name”, “Org’s Role Name”"},
		{"a body’s job title before a name", "“Org Role Name”, “Org’s Head of Data, Name”"},
		{"name and their team", "“Name and her Org team”"},
		{"joined a body", "“Name joined Org as Role”"},
		{"leaving a body", "“Name, who is leaving Org”, “Name has left Org”"},
		{"starts as", "“Name starts on Monday as our Role”, “Name on becoming Org’s Role”"},
		{"has been promoted", "“Name has been promoted to Role at Org”, “At Org, Name has been appointed Role”"},
		{"moved to a body", "“Name moved from Org to Other”"},
		{"formerly at", "“Name, formerly Role at Org”"},
		{"who runs a body’s", "“Name, who runs Org’s team”"},
		{"leads a body’s team", "“Org’s team, led by Name”"},
		{"who works for", "“Name, who works for Org”"},
		{"is somebody’s", "“Name is Director of Org”"},
		{"is our", "“Name is our new Role”"},
		{"hired by", "“Name, a researcher hired by Org”"},
		{"list under a body’s heading", "a list of people under a heading that is a body’s name"},
		{"the team’s own heading", "“Name (Role)” under “Meet the team”"},
		{"shared with the person before", "“Org’s A (Role) and B (Role)”"},
		{"lent by a body", "“Org is lending us Name”, “Org has seconded a designer, Name”"},
		{"on loan from a body", "“Name, on loan to us from Org”"},
		{"whom a body appointed", "“Name, whom Org has appointed as its Role”"},
		{"for a body, somebody", "“and, for Org, Name”"},
		{"its holder of a job", "“From Org we heard: its Role, Name”"},
		{"and their team at", "“Name and his team at Org”"},
		{"now with a body", "“Name, once at Other and now with Org”"},
		{"where somebody works", "“visited Org, where Name”"},
		{"body behind a dash", "“Name — Org Programme” as a line"},
		{"shared with the person behind", "“A and B from Org”"},
	}
}
