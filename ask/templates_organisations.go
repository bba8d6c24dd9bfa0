package ask

// organisationTemplates ask about money, partners and membership.
func organisationTemplates() []*template {
	return []*template{
		{
			Name: "funders", Question: "Who funds {project}?", Reads: "Organisations that fund {project}",
			Slots: []Slot{projectSlot("project")}, Period: true, Example: []string{"Community Engagement Playbook"}, Next: []string{"partners-in", "leaders"},
			put: []string{
				"who (is|are|was|were|has|have) [been] (funding|paying for|financing|funded) {project}", "who @fund {project}", "[@which] @partners [@that] [have|has] @fund {project}",
				"(funder|funders) of {project}", "who (is|are|was|were) the (funder|funders) (of|for) {project}", "{project} ['s] (funders|funder|funding)",
				"where (does|did) the (money|funding) for {project} come from", "who gave [the] money (to|for) {project}", "how (is|was) {project} funded", "who (was|is) {project} funded by",
			},
			answer: listing("project", "Funder", fundersOf(), func(x string) claim {
				return claim{plain: "nobody", verb: verb{"funds or funded " + x, "fund or funded " + x, "fund " + x}, past: true, on: verb{"funds " + x, "fund " + x, "fund " + x}, then: same("funded "+x, "have funded "+x)}
			}),
		},
		{
			Name: "funded-by", Question: "What does {partner} fund?", Reads: "Projects that {partner} funds",
			Slots: []Slot{partnerSlot("partner")}, Period: true, Example: []string{"MHCLG"}, Next: []string{"projects-in", "led-by"},
			put: []string{
				"what (does|did|has|do) {partner} @fund", "[@which] @projects (does|did|has|do) {partner} @fund", "[@which] @projects [@that] [are|is|were|was] (funded by|paid for by|financed by) {partner}",
				"@howmany @projects (does|did|has|do) {partner} @fund", "[@which] @projects [@that] {partner} @fund", "@howmany @projects [are|is|were] funded by {partner}", "what (is|was) funded by {partner}",
			},
			answer: listing("partner", "Project", fundedBy(), func(x string) claim {
				return claim{subject: x, one: "project", many: "projects", verb: verb{is: "funds or funded", infinitive: "fund"}, past: true, on: verb{is: "funds", infinitive: "fund"}, then: verb{is: "funded", infinitive: "have funded"}}
			}),
		},
		{
			Name: "partners-in", Question: "Which partners work on {project}?", Reads: "Organisations that work or worked on {project}",
			Slots: []Slot{projectSlot("project")}, Period: true, Example: []string{"City Tools"}, Next: []string{"participants", "funders", "deliverers"},
			put: []string{
				"[@which] @partners [@that] @havebeen (@in|worked in|work in|worked with) {project}", "[@which] @partners (in|on|of) {project}", "@howmany @partners [@that] @havebeen @in {project}",
				"{project} ['s] @partners", "@howmany @partners (does|did) {project} have", "who (are|were) the @partners (in|on|of) {project}",
			},
			answer: listing("project", "Organisation", partnersOf(), func(x string) claim {
				return claim{one: "organisation", many: "organisations", verb: same("took part in "+x, "have taken part in "+x), past: true, on: verb{"is in " + x, "are in " + x, "be in " + x}}
			}),
		},
		{
			Name: "deliverers", Question: "Who delivers {project}?", Reads: "Organisations that deliver or supply {project}",
			Slots: []Slot{projectSlot("project")}, Period: true, Example: []string{"City Tools"}, Next: []string{"partners-in", "leaders"},
			put: []string{
				"who (delivers|delivered|built|builds|made|supplied|supplies|developed|develops) {project}", "who (is|was|are) (delivering|building|supplying) {project}",
				"[@which|who] (suppliers|supplier|delivery partner|delivery partners) [@that] [work|worked|works] (on|of|for|in) {project}", "who (is|are|was|were) the (delivery partner|delivery partners|supplier|suppliers) (of|on|for|in) {project}",
			},
			answer: listing("project", "Organisation", deliverersOf(), func(x string) claim {
				return claim{plain: "nobody", verb: verb{"delivers or delivered " + x, "deliver or delivered " + x, "have delivered " + x}, past: true, on: verb{"delivers " + x, "deliver " + x, "deliver " + x}, then: same("delivered "+x, "have delivered "+x)}
			}),
		},
		{
			Name: "members", Question: "Who is a member of {partner}?", Reads: "Boroughs and organisations that are members of {partner}",
			Slots: []Slot{partnerSlot("partner")}, Period: true, Example: []string{"LOTI"}, Next: []string{"borough-members", "not-members", "people-at"},
			put: []string{
				"who (is|are|was|were) [a] (member|members|part|in) [of] {partner} [and since when|since when]", "who (is|are) [a] {partner} (member|members) [and since when]", "(members|membership) of {partner}", "{partner} ['s] (members|membership)",
				"who (belongs|belong) to {partner}", "@howmany members (has|does|did) {partner} (have|got|has) ", "@howmany members (has|have) {partner}",
				"(which|what) (members|organisations) (does|has) {partner} have", "[@which] @partners [@that] (are|is) [a] (members|member) of {partner}", "since when (are|is) (members|who) [a] [member] [in] {partner}",
			},
			answer: listing("partner", "Member", membersOf(during), func(x string) claim {
				return claim{one: "borough or organisation", many: "boroughs and organisations", verb: verb{"is a member of " + x, "are members of " + x, "be a member of " + x}, then: verb{"was a member of " + x, "were members of " + x, "have been a member of " + x}}
			}),
		},
		{
			Name: "borough-members", Question: "Which boroughs are members of {partner}?", Reads: "Boroughs that are members of {partner}",
			Slots: []Slot{partnerSlot("partner")}, Period: true, Example: []string{"LOTI"}, Next: []string{"not-members", "members"},
			put: []string{
				"[@which] @boroughs [@that] (are|is|were|was) [a] (members of|member of|in|part of|members in) {partner} [and since when]", "[@which] @boroughs [@that] (are|is) {partner} members", "member @boroughs of {partner}", "{partner} ['s] (member @boroughs|@boroughs)",
				"[@which] @boroughs [@that] (belong|belongs) to {partner}", "@howmany @boroughs [@that] (are|is|were) [a] (members|member|in|part) [of] {partner}",
			},
			answer: listing("partner", "Borough", boroughMembersOf(during), func(x string) claim {
				return claim{one: "borough", many: "boroughs", verb: verb{"is a member of " + x, "are members of " + x, "be a member of " + x}, then: verb{"was a member of " + x, "were members of " + x, "have been a member of " + x}}
			}),
		},
		{
			Name: "members-joined", Question: "Who joined {partner}?", Reads: "Boroughs and organisations that became members of {partner}",
			Slots: []Slot{partnerSlot("partner")}, Period: true, Example: []string{"LOTI"}, Next: []string{"members", "left"},
			put: []string{"who [has|have] (joined|become a member of|become members of|became a member of|became members of|signed up to) {partner}", "[@which] @partners [@that] @havebeen (joined|join) {partner}"},
			answer: listing("partner", "Member", membersOf(begun), func(x string) claim {
				return claim{one: "borough or organisation", many: "boroughs and organisations", verb: same("joined "+x, "have joined "+x), past: true, on: verb{"is a member of " + x, "are members of " + x, "be a member of " + x}}
			}),
		},
		{
			Name: "borough-members-joined", Question: "Which boroughs joined {partner}?", Reads: "Boroughs that became members of {partner}",
			Slots: []Slot{partnerSlot("partner")}, Period: true, Example: []string{"LOTI"}, Next: []string{"borough-members", "not-members"},
			put: []string{
				"[@which] @boroughs [@that] @havebeen (joined|join|become members of|become a member of|became members of|became a member of|signed up to) {partner}", "[@which] @boroughs [@that] did join {partner}",
				"@howmany @boroughs [@that] @havebeen (joined|become members of|became members of|signed up to) {partner}",
			},
			answer: listing("partner", "Borough", boroughMembersOf(begun), func(x string) claim {
				return claim{one: "borough", many: "boroughs", verb: same("joined "+x, "have joined "+x), past: true, on: verb{"is a member of " + x, "are members of " + x, "be a member of " + x}}
			}),
		},
		{
			Name: "not-members", Question: "Which boroughs are not members of {partner}?", Reads: "Boroughs of which nothing says that they are members of {partner}",
			Slots: []Slot{partnerSlot("partner")}, Example: []string{"LOTI"}, Next: []string{"borough-members", "members"},
			put: []string{
				"[@which] @boroughs [@that] (are|is|were|was) not [a] (members of|member of|in|part of) {partner}", "[@which] @boroughs [@that] (are|is) not {partner} members", "[@which] @boroughs [@that] (have|has) (not|never) joined {partner}", "[@which] @boroughs [@that] did not join {partner}",
				"@howmany @boroughs [@that] (are|is|were) not [a] (members|member|in|part) [of] {partner}", "who (is|are) not [a] (member|members) of {partner}",
			},
			answer: answerNotMembers,
		},
	}
}
