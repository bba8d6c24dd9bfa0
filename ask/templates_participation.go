package ask

// participationTemplates ask who takes part in a project, and in what somebody
// does.
func participationTemplates() []*template {
	return []*template{
		{
			Name: "boroughs-joined", Question: "Which boroughs joined {project}?", Reads: "Boroughs that joined {project}",
			Slots: []Slot{projectSlot("project")}, Period: true, Example: []string{"Community Engagement Playbook"},
			Next: []string{"boroughs-not-joined", "participants", "leaders"},
			put: []string{
				"[@which] @boroughs [@that] @havebeen @joined {project}",
				"@howmany @boroughs [@that] @havebeen @joined {project}",
				"[@which] @boroughs [@that] did join {project}",
				"who (joined|has joined|have joined|signed up to|has signed up to) {project}",
				"{project} (joiners|boroughs joined)",
			},
			answer: listing("project", "Borough", boroughsOf(begun), func(x string) claim {
				return claim{one: "borough", many: "boroughs", verb: same("joined "+x, "have joined "+x), past: true, on: verb{"is in " + x, "are in " + x, "be in " + x}}
			}),
		},
		{
			Name: "boroughs-in", Question: "Which boroughs took part in {project}?", Reads: "Boroughs that took part in {project}",
			Slots: []Slot{projectSlot("project")}, Period: true, Example: []string{"Strategic Insights Tool"},
			Next: []string{"boroughs-not-joined", "participants", "leaders"},
			put: []string{
				"[@which] @boroughs [@that] @havebeen @in {project}",
				"@howmany @boroughs [@that] @havebeen @in {project}",
				"@howmany @boroughs (does|do|did) {project} have",
				"[@which] @boroughs (in|on) {project}",
				"{project} ['s] @boroughs",
			},
			answer: listing("project", "Borough", boroughsOf(during), func(x string) claim {
				return claim{one: "borough", many: "boroughs", verb: same("took part in "+x, "have taken part in "+x), past: true, on: verb{"is in " + x, "are in " + x, "be in " + x}}
			}),
		},
		{
			Name: "participants", Question: "Who takes part in {project}?", Reads: "Boroughs and organisations that take part in {project}",
			Slots: []Slot{projectSlot("project")}, Period: true, Example: []string{"Community Engagement Playbook"},
			Next: []string{"boroughs-in", "partners-in", "leaders"},
			put: []string{
				"who [all] @havebeen @in {project}", "who (in|on) {project}", "@which @boroughs and @partners [@that] @havebeen @in {project}", "!@which @boroughs and @partners [@that] @havebeen @joined {project}",
				"(participants|members|participants and partners) (in|of|on) {project}", "{project} ['s] (participants|members)",
			},
			answer: answerParticipants,
		},
		{
			Name: "boroughs-not-joined", Question: "Which boroughs have not joined {project}?", Reads: "Boroughs that have not joined {project}",
			Slots: []Slot{projectSlot("project")}, Example: []string{"Community Engagement Playbook"},
			Next: []string{"boroughs-joined", "boroughs-left"},
			put: []string{
				"[@which] @boroughs [@that] @notin {project}", "@howmany @boroughs [@that] @notin {project}", "who @notin {project}",
				"(which|what) @boroughs (are|is) missing from {project}",
			},
			answer: answerNotJoined,
		},
		{
			Name: "boroughs-left", Question: "Which boroughs left {thing}?", Reads: "Boroughs that left {thing}",
			Slots:  []Slot{slot("thing", "a project or an organisation", kindsOf("project", "partner")...)},
			Period: true, Example: []string{"Strategic Insights Tool"}, Next: []string{"boroughs-in", "borough-members"},
			put: []string{
				"[@which] @boroughs [@that] @havebeen (left|quit|leave|dropped out of|pulled out of|withdrew from|withdrawn from) {thing}",
				"@howmany @boroughs [@that] @havebeen (left|quit|dropped out of|pulled out of|withdrew from) {thing}",
			},
			answer: listing("thing", "Borough", boroughsLeft(), func(x string) claim {
				return claim{one: "borough", many: "boroughs", verb: same("left "+x, "have left "+x), past: true, leaving: true}
			}),
		},
		{
			Name: "left", Question: "Who left {thing}?", Reads: "Boroughs and organisations that left {thing}",
			Slots:  []Slot{slot("thing", "a project or an organisation", kindsOf("project", "partner")...)},
			Period: true, Example: []string{"Strategic Insights Tool"}, Next: []string{"boroughs-left", "participants", "members"},
			put: []string{"who [has|have] (left|quit|dropped out of|pulled out of|withdrew from) {thing}"},
			answer: listing("thing", "Who", haveLeft(), func(x string) claim {
				return claim{one: "borough or organisation", many: "boroughs and organisations", verb: same("left "+x, "have left "+x), past: true, leaving: true}
			}),
		},
		{
			Name: "projects-joined", Question: "Which projects has {borough} joined?", Reads: "Projects that {borough} joined",
			Slots: []Slot{boroughSlot("borough")}, Period: true, Example: []string{"Camden"}, Next: []string{"part-of", "led-by", "similar-boroughs"},
			put: []string{
				"[@which] @projects [@that] (has|have|did|had) {borough} [ever|already|also] (joined|join|sign up to|signed up to)",
				"[@which] @projects [@that] {borough} [has|have] (joined|signed up to)",
				"@howmany @projects (has|have|did) {borough} (joined|join)",
				"what (has|did|have) {borough} (joined|join|sign up to|signed up to)",
			},
			answer: listing("borough", "Project", projectsOf(begun), func(x string) claim {
				return claim{subject: x, one: "project", many: "projects", verb: verb{is: "joined", infinitive: "have joined"}, past: true, on: verb{is: "is in", infinitive: "be in"}}
			}),
		},
		{
			Name: "projects-in", Question: "Which projects did {body} take part in?", Reads: "Projects that {body} took part in",
			Slots: []Slot{bodySlot("body")}, Period: true, Example: []string{"Snook"}, Next: []string{"part-of", "led-by", "partners-with"},
			put: []string{
				"[@which] @projects (has|have|did|does|do|had) {body} [ever|already|also] (take part in|taken part in|took part in|participated in|participate in|work on|worked on|works on|deliver|delivered|delivers|been part of|been involved in|been in|help with|helped with|support|supported|supply|supplied)",
				"[@which] @projects [@that] {body} [has|have] (took part in|taken part in|takes part in|participated in|works on|worked on|delivers|delivered|been in|been part of)",
				"[@which] @projects (is|are|was|were) {body} (in|part of|involved in|involved with|on|working on|taking part in|delivering)",
				"[@which] @projects [are|were] (delivered by|of|with|involving) {body}",
				"@howmany @projects (is|are|was|were) {body} (in|part of|involved in|on|working on)",
				"@howmany @projects (has|have|did|does) {body} (take part in|taken part in|work on|worked on|deliver|delivered|have|had)",
				"what (does|did|has) {body} (work on|worked on|deliver|delivered|done|do)",
				"what (is|are|was) {body} (working on|doing|delivering|up to)",
				"{body} ['s] @projects",
			},
			answer: listing("body", "Project", projectsOf(during), func(x string) claim {
				return claim{subject: x, one: "project", many: "projects", verb: verb{is: "took part in", infinitive: "have taken part in"}, past: true, on: verb{is: "is in", infinitive: "be in"}}
			}),
		},
		{
			Name: "part-of", Question: "What is {body} part of?", Reads: "Projects and organisations that {body} is or was part of",
			Slots: []Slot{bodySlot("body")}, Period: true, Example: []string{"Camden"}, Next: []string{"projects-in", "led-by", "partners-with"},
			put: []string{
				"what (is|are|was|were) {body} [a] (part of|member of|involved in|involved with|in)", "what has {body} been (part of|involved in|in)",
			},
			answer: listing("body", "Part of", partOf(), func(x string) claim {
				return claim{subject: x, one: "project or organisation", many: "projects and organisations", verb: verb{is: "is or was part of", infinitive: "have been part of"}, past: true, on: verb{is: "is part of", infinitive: "be part of"},
					then: verb{is: "was part of", infinitive: "have been part of"}}
			}),
		},
		{
			Name: "leaders", Question: "Who leads {project}?", Reads: "Boroughs, organisations and people that lead {project}",
			Slots: []Slot{projectSlot("project")}, Period: true, Example: []string{"Mapping Digital Exclusion with Data"},
			Next: []string{"lead-boroughs", "participants", "funders"},
			put: []string{
				"who [is|are|was|were] @lead {project}", "who (is|are|was) the (lead|leads|leader|leaders) (of|on|for|in) {project}",
				"(leader|leaders|lead|leads) of {project}", "who (has|have) led {project}", "{project} ['s] (leads|lead|leaders)",
			},
			answer: listing("project", "Lead", leadersOf(), func(x string) claim {
				return claim{plain: "nobody", verb: verb{"leads " + x, "lead " + x, "lead " + x}, then: same("led "+x, "have led "+x)}
			}),
		},
		{
			Name: "lead-boroughs", Question: "Which boroughs lead {project}?", Reads: "Boroughs that lead {project}",
			Slots: []Slot{projectSlot("project")}, Period: true, Example: []string{"Digital Apprenticeships"}, Next: []string{"leaders", "boroughs-in"},
			put: []string{
				"[@which] @boroughs [@that] [is|are|was|were] @lead {project}", "(which|what) @boroughs (is|are|was|were) the (lead|leads) (of|on|for|in) {project}",
				"lead @boroughs (of|on|for|in) {project}", "{project} ['s] lead @boroughs", "@howmany @boroughs [@that] @lead {project}",
			},
			answer: listing("project", "Borough", leadBoroughsOf(), func(x string) claim {
				return claim{one: "borough", many: "boroughs", verb: verb{"leads " + x, "lead " + x, "lead " + x}, then: same("led "+x, "have led "+x)}
			}),
		},
		{
			Name: "led-by", Question: "What does {lead} lead?", Reads: "Projects that {lead} leads",
			Slots:  []Slot{slot("lead", "a borough, person or partner organisation", kindsOf("borough", "person", "partner")...)},
			Period: true, Example: []string{"Camden"}, Next: []string{"projects-in", "what-is"},
			put: []string{
				"[@which] @projects (does|do|did|has|is) {lead} (lead|led|run|leading|in charge of|responsible for)",
				"[@which] @projects [@that] {lead} (leads|led|runs|is leading)", "[@which] @projects [@that] (are|is|were|was) led by {lead}",
				"[@which] @projects led by {lead}", "what (does|did|has|is) {lead} (lead|led|leading|run|in charge of)", "@howmany @projects (does|did|has) {lead} (lead|led)",
			},
			answer: listing("lead", "Project", ledBy(), func(x string) claim {
				return claim{subject: x, one: "project", many: "projects", verb: verb{is: "leads", infinitive: "lead"}, then: verb{is: "led", infinitive: "have led"}}
			}),
		},
		{
			Name: "did-join", Question: "Did {body} join {thing}?", Reads: "Whether, how and when {body} is or was in {thing}",
			Slots:   []Slot{bodySlot("body"), slot("thing", "a project or an organisation", kindsOf("project", "partner")...)},
			Example: []string{"Waltham Forest", "Community Engagement Playbook"}, Next: []string{"boroughs-joined", "members", "projects-in"},
			put: []string{
				"(did|has|have) {body} (join|joined|take part in|taken part in|took part in|been part of|work on|worked on|sign up to|signed up to) {thing}",
				"(is|are|was|were) {body} (in|part of|involved in|on|a member of|member of|taking part in|working on) {thing}",
				"(is|are|was) {body} a {thing} member", "(does|do) {body} (take part in|belong to|work on) {thing}",
				"when (did|has) {body} (join|joined|sign up to|become a member of|become part of|start on|start in) {thing}",
				"(since when|when) (is|has) {body} [been] (in|part of|a member of) {thing}", "how long has {body} been (in|part of|a member of) {thing}",
				"when (was|is) {body} (in|part of|a member of) {thing}", "when did {body} leave {thing}", "(did|has) {body} (leave|left) {thing}",
			},
			answer: answerDidJoin,
		},
	}
}
