package ask

// setTemplates ask what several have in common, and what one has not.
func setTemplates() []*template {
	two := func() []Slot { return []Slot{projectSlot("one"), projectSlot("two")} }
	return []*template{
		{
			Name: "boroughs-both", Question: "Which boroughs are in both {one} and {two}?", Reads: "Boroughs that took part both in {one} and in {two}",
			Slots: two(), Period: true, Example: []string{"Assistive Technology", "Community Engagement Playbook"}, Next: []string{"boroughs-but-not", "boroughs-either"},
			put: []string{
				"[@which] @boroughs [@that] @havebeen @in [both] {one} and [in|joined] [also] {two}", "![@which] @boroughs [@that] @havebeen @joined [both] {one} and [in|joined] [also] {two}",
				"[@which] @boroughs [@that] @havebeen @in {one} as well as {two}", "![@which] @boroughs [@that] @havebeen @joined {one} as well as {two}", "[@which] @boroughs in both {one} and {two}",
				"@howmany @boroughs [@that] @havebeen @in [both] {one} and {two}", "!@howmany @boroughs [@that] @havebeen @joined [both] {one} and {two}", "who [is|are|was|were] in both {one} and {two}", "!who joined both {one} and {two}",
			},
			answer: answerBoth,
		},
		{
			Name: "boroughs-either", Question: "Which boroughs are in {one} or {two}?", Reads: "Boroughs that took part in {one}, in {two} or in both",
			Slots: two(), Period: true, Example: []string{"Data Leaders Network", "LOTI Data Academy"}, Next: []string{"boroughs-both", "boroughs-but-not"},
			put: []string{
				"[@which] @boroughs [@that] @havebeen @in [either] {one} or [in] {two}", "![@which] @boroughs [@that] @havebeen @joined [either] {one} or [in] {two}", "@howmany @boroughs [@that] @havebeen @in [either] {one} or {two}", "!@howmany @boroughs [@that] @havebeen @joined [either] {one} or {two}",
			},
			answer: answerEither,
		},
		{
			Name: "boroughs-but-not", Question: "Which boroughs are in {one} but not in {two}?", Reads: "Boroughs that took part in {one} and not in {two}",
			Slots: two(), Period: true, Example: []string{"Community Engagement Playbook", "Assistive Technology"}, Next: []string{"boroughs-both", "boroughs-in"},
			put: []string{
				"[@which] @boroughs [@that] @havebeen @in {one} (but|and) [@that] [have|has|did|are|were] (not|never) [joined|join|in|part of] {two}", "![@which] @boroughs [@that] @havebeen @joined {one} (but|and) [@that] [have|has|did|are|were] (not|never) [joined|join|in|part of] {two}",
				"[@which] @boroughs [@that] @havebeen @in {one} without {two}", "![@which] @boroughs [@that] @havebeen @joined {one} without {two}", "[@which] @boroughs in {one} but not [in] {two}",
			},
			answer: answerButNot,
		},
		{
			Name: "boroughs-in-theme", Question: "Which boroughs are in any {theme} project?", Reads: "Boroughs that took part in a project about {theme}",
			Slots: []Slot{themeSlot()}, Period: true, Example: []string{"digital inclusion"}, Next: []string{"boroughs-not-in-theme", "theme-projects"},
			put: []string{
				"[@which] @boroughs [@that] @havebeen @in [any|at least one|some] {theme} @projects", "![@which] @boroughs [@that] @havebeen @joined [any|at least one|some] {theme} @projects", "[@which] @boroughs [@that] @havebeen @in [any|some] @projects (about|on) {theme}", "![@which] @boroughs [@that] @havebeen @joined [any|some] @projects (about|on) {theme}",
				"@howmany @boroughs [@that] @havebeen @in [any|at least one] {theme} @projects", "!@howmany @boroughs [@that] @havebeen @joined [any|at least one] {theme} @projects", "[@which] @boroughs (work|are working|worked|working) on {theme}",
			},
			answer: answerInTheme,
		},
		{
			Name: "boroughs-not-in-theme", Question: "Which boroughs have not joined any {theme} project?", Reads: "Boroughs that have joined no project about {theme}",
			Slots: []Slot{themeSlot()}, Example: []string{"homelessness"}, Next: []string{"boroughs-in-theme", "theme-projects"},
			put: []string{
				"[@which] @boroughs [@that] @notin (any|a|a single|any of|one) {theme} @projects", "[@which] @boroughs [@that] @notin (any|a) @projects (about|on) {theme}",
				"[@which] @boroughs [@that] @havebeen (joined|in) no {theme} @projects", "[@which] @boroughs [@that] (are|is) in no {theme} @projects",
				"@howmany @boroughs [@that] @notin any {theme} @projects",
			},
			answer: answerNotInTheme,
		},
		{
			Name: "theme-projects", Question: "Which projects are about {theme}?", Reads: "Projects about {theme}",
			Slots: []Slot{themeSlot()}, Example: []string{"homelessness"}, Next: []string{"boroughs-in-theme", "boroughs-not-in-theme"},
			put: []string{
				"[@which] @projects [@that] [are|is|were|was] (about|on|to do with|dealing with|in) {theme}", "[@which] {theme} @projects", "@howmany @projects [are|is] (about|on) {theme}",
				"@howmany {theme} @projects [are there|are there there]", "(what|which) {theme} @projects (are there|exist|do we have)", "[@which] @projects [@that] (have|with) the theme [of] {theme}",
			},
			answer: answerTheme,
		},
		{
			Name: "together", Question: "What have {one} and {two} done together?", Reads: "Projects that {one} and {two} share",
			Slots:  []Slot{slot("one", "a borough, person or partner organisation", kindsOf("borough", "person", "partner")...), slot("two", "another one", kindsOf("borough", "person", "partner")...)},
			Period: true, Example: []string{"Kingston upon Thames", "Sutton"}, Next: []string{"linked", "partners-both", "projects-in"},
			put: []string{
				"what (have|did|has|do) {one} and {two} (done|do|work on|worked on) together", "what (have|did|has) {one} (done|do|worked on) (together with|with) {two}",
				"[@which] @projects [@that] (do|have|did) {one} and {two} (share|shared|have in common|both join|both joined|work on together|worked on together|in common)",
				"[@which] @projects [@that] (are|were|is) (both {one} and {two}|{one} and {two} [both]) (in|part of|involved in|on)", "(have|has|did) {one} [and] (worked|work) with {two}",
				"(have|did) {one} and {two} [ever] (worked|work) together", "@howmany @projects (do|have|did) {one} and {two} (share|shared|have in common|done together)",
				"[@which] @projects [@that] {one} and {two} (share|shared|have in common)", "joint @projects (of|by|between) {one} and {two}", "{one} and {two} [together]", "{one} with {two}",
			},
			answer: answerTogether,
		},
		{
			Name: "linked", Question: "How are {one} and {two} linked?", Reads: "The best ways from {one} to {two} along links",
			Slots: []Slot{thingSlot("one"), thingSlot("two")}, Example: []string{"Snook", "Microsoft"}, Next: []string{"together"},
			put: []string{
				"how (are|is|were) {one} (and|to|with) {two} (linked|connected|related|associated)", "how (are|is|was) {one} (linked|connected|related) (to|with) {two}",
				"what (links|connects|connection is there between|is the link between|is the connection between|is between) {one} (and|with|to) {two}", "(path|paths|link|links|connection|connections|route) (between|from) {one} (and|to) {two}",
				"how does {one} know {two}", "what do {one} and {two} have to do with each other", "what (does|has) {one} (have|got) to do with {two}", "(are|is) {one} (and|to) {two} (linked|connected|related)", "(is|are) {one} (linked|connected|related) (to|with) {two}",
			},
			answer: answerLinked,
		},
		{
			Name: "partners-both", Question: "Which partners worked with both {one} and {two}?", Reads: "Organisations that worked in a project of {one} and in one of {two}",
			Slots:  []Slot{slot("one", "a borough or a project", kindsOf("borough", "project")...), slot("two", "another one", kindsOf("borough", "project")...)},
			Period: true, Example: []string{"Kingston upon Thames", "Camden"}, Next: []string{"together", "boroughs-both"},
			put: []string{
				"[@which] @partners [@that] @havebeen (worked with|worked on|worked in|work with|work on|been in|in|supported|partnered with) [both] {one} and [with|on] {two}",
				"[@which] @partners [@that] (are|were|is) (in|on|involved in|shared by|common to|working with|working on) [both] {one} and {two}",
				"[@which] @partners (do|have|did) {one} and {two} (share|shared|have in common|both work with|both worked with|in common)", "who worked with both {one} and {two}",
				"@howmany @partners [@that] @havebeen (worked with|worked on) [both] {one} and {two}",
			},
			answer: answerPartnersBoth,
		},
		{
			Name: "partners-with", Question: "Which partners has {body} worked with?", Reads: "Organisations that share a project with {body}",
			Slots: []Slot{bodySlot("body")}, Period: true, Example: []string{"Camden"}, Next: []string{"boroughs-with", "projects-in"},
			put: []string{
				"[@which] @partners [@that] (has|have|did|does|do) {body} (worked with|work with|partnered with|partner with|collaborated with|worked alongside)",
				"[@which] @partners [@that] @havebeen (worked with|work with|works with|partnered with|worked alongside) {body}", "{body} ['s] @partners", "partners of {body}",
				"who (has|have|did|does) {body} (worked with|work with|partnered with|partner with)", "@howmany @partners (has|have|did|does) {body} (worked with|work with|have)",
			},
			answer: sharing("Organisation", "partner", func(x string) claim {
				return claim{one: "organisation", many: "organisations", verb: same("shared a project with "+x, "have shared a project with "+x), past: true, on: verb{"shares a project with " + x, "share a project with " + x, "share a project with " + x}}
			}),
		},
		{
			Name: "boroughs-with", Question: "Which boroughs has {body} worked with?", Reads: "Boroughs that share a project with {body}",
			Slots: []Slot{bodySlot("body")}, Period: true, Example: []string{"Snook"}, Next: []string{"partners-with", "projects-in"},
			put: []string{
				"[@which] @boroughs [@that] (has|have|did|does|do) {body} (worked with|work with|partnered with|collaborated with|worked alongside|supported|worked for)",
				"[@which] @boroughs [@that] @havebeen (worked with|work with|works with|partnered with|worked alongside) {body}", "@howmany @boroughs (has|have|did|does) {body} (worked with|work with)",
			},
			answer: sharing("Borough", "borough", func(x string) claim {
				return claim{one: "borough", many: "boroughs", verb: same("shared a project with "+x, "have shared a project with "+x), past: true, on: verb{"shares a project with " + x, "share a project with " + x, "share a project with " + x}}
			}),
		},
		{
			Name: "similar-boroughs", Question: "Which boroughs are like {borough}?", Reads: "Boroughs by how alike their projects are to those of {borough}",
			Slots: []Slot{boroughSlot("borough")}, Example: []string{"Camden"}, Next: []string{"projects-joined", "boroughs-with"},
			put: []string{
				"[@which] @boroughs [@that] (are|is) [most] (like|similar to|closest to|most like) {borough}", "[@which] @boroughs (like|similar to) {borough}",
				"(who|which) (is|are) [most] (like|similar to) {borough}", "similar @boroughs to {borough}",
			},
			answer: answerSimilar,
		},
	}
}
