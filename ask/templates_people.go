package ask

// peopleTemplates ask about people in their work.
func peopleTemplates() []*template {
	return []*template{
		{
			Name: "people-at", Question: "Who works for {body}?", Reads: "People who work for {body}",
			Slots: []Slot{bodySlot("body")}, Period: true, Example: []string{"Camden"}, Next: []string{"part-of", "what-is"},
			put: []string{
				"who (works|work|worked|is working|are working|was working) (for|at|in) {body}", "[@which] people [@that] (work|works|worked|are) [working] (for|at|in) {body}", "people (at|in|from|of|for) {body}", "{body} ['s] (people|staff|team)",
				"@howmany people [@that] (work|works|worked) (for|at|in) {body}", "who (is|are|was|were) at {body}", "(staff|team) (of|at) {body}", "who do we know at {body}",
			},
			answer: listing("body", "Person", peopleOf(), func(x string) claim {
				return claim{one: "person", many: "people", verb: verb{"works for " + x, "work for " + x, "work for " + x}, then: same("worked for "+x, "have worked for "+x)}
			}),
		},
		{
			Name: "works-where", Question: "Where does {person} work?", Reads: "Where {person} works",
			Slots: []Slot{personSlot("person")}, Period: true, Example: []string{"Paul Neville"}, Next: []string{"led-by", "written-by", "what-is"},
			put: []string{
				"where (does|do|did|is|was) {person} (work|works|worked|working) [now]", "who (does|did|is) {person} (work|worked|working) for", "where (is|are|was) {person} [now]", "what is {person} 's (job|role|title|job title|employer)",
				"what (job|role|title|job title) (does|did|has) {person} (have|had|do|hold)", "(which|what) (@boroughs|@partners) (does|did) {person} work (for|at)", "{person} ['s] (job|role|employer|job title)", "what does {person} do",
			},
			answer: answerWorksWhere,
		},
		{
			Name: "worked-on", Question: "Who worked on {project} and where are they now?", Reads: "People who lead {project} or are named beside it in a sentence, and where they work",
			Slots: []Slot{projectSlot("project")}, Example: []string{"Internet of Things (IoT) Standards"}, Next: []string{"leaders", "participants"},
			put: []string{
				"who [has|have] (worked|works|work|was working) on {project} and where (are they|do they work|is he|is she|did they go) [now]", "[@which] people [@that] [have|has] (worked|work) on {project} [and where are they [now]]",
				"[@which] people (on|in) {project}", "{project} ['s] (people|team)", "where are the people [@that] [have] (worked|work) on {project} [now]", "who are the people (behind|on|in) {project}",
			},
			answer: answerWorkedOn,
		},
	}
}
