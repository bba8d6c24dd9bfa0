package ask

// textTemplates ask about what was written and what happened.
func textTemplates() []*template {
	return []*template{
		{
			Name: "weeknotes-mentioning", whole: true, Question: "Which weeknotes mention {thing}?", Reads: "Weeknotes that mention {thing}",
			Slots: []Slot{thingSlot("thing")}, Period: true, Example: []string{"Snook"}, Next: []string{"texts-mentioning", "happened"},
			put: []string{
				"[@which] @weeknotes [@that] (mention|mentions|mentioned|name|talk about|talks about|speak of|are about|is about|refer to) {thing}", "[@which] @weeknotes (about|on|mentioning) {thing}", "@howmany @weeknotes [@that] (mention|mentions|mentioned|talk about) {thing}",
				"(which|what) @weeknotes (is|are|was|were) {thing} (in|mentioned in|named in)", "in (which|what) @weeknotes (is|was) {thing} (mentioned|named)", "{thing} @weeknotes",
			},
			answer: mentioning(true),
		},
		{
			Name: "texts-mentioning", whole: true, Question: "Which texts mention {thing}?", Reads: "Texts of every form that mention {thing}",
			Slots: []Slot{thingSlot("thing")}, Period: true, Example: []string{"Snook"}, Next: []string{"weeknotes-mentioning", "happened"},
			put: []string{
				"[@which] @texts [@that] (mention|mentions|mentioned|name|talk about|speak of|are about|refer to) {thing}", "@howmany @texts [@that] (mention|mentions|mentioned) {thing}",
				"where (is|was) {thing} [last] (mentioned|named)", "when (is|was) {thing} (last|first|most recently) (mentioned|named)", "(mentions|last mention|latest mention) of {thing}", "how often (is|was) {thing} mentioned",
			},
			answer: mentioning(false),
		},
		{
			Name: "happened", Question: "What happened with {thing}?", Reads: "What is recorded of {thing}",
			Slots: []Slot{thingSlot("thing")}, Period: true, Example: []string{"Community Engagement Playbook"}, Next: []string{"texts-mentioning", "what-is", "successors"},
			put: []string{
				"what [has] (happened|happens|is happening|went on) (with|to|in|at|around|on) {thing}", "what (was|is) (new|going on) (with|in|at) {thing}", "(history|timeline|news|story) (of|about|on) {thing}", "{thing} ['s] (history|timeline|news)",
			},
			answer: answerHappened,
		},
		{
			Name: "authors", Question: "Who wrote {text}?", Reads: "People who wrote {text}",
			Slots: []Slot{textSlot("text")}, Example: []string{"Week 11: Our week in tweets"}, Next: []string{"written-by"},
			put: []string{
				"who (wrote|writes|has written|authored) {text}", "who (is|was|are) the (author|authors|writer) of {text}", "(author|authors) of {text}", "who (was|is) {text} (written by|by)", "{text} ['s] (author|authors)",
			},
			answer: listing("text", "Author", authorsOf(), func(x string) claim {
				return claim{plain: "nobody", verb: same("wrote "+x, "have written "+x), past: true}
			}),
		},
		{
			Name: "written-by", Question: "What did {person} write?", Reads: "Texts that {person} wrote",
			Slots: []Slot{personSlot("person")}, Example: []string{"Onyeka Onyekwelu"}, Next: []string{"works-where", "texts-mentioning"},
			put: []string{
				"what (did|has|does) {person} (write|written|author|authored)", "[@which] (@weeknotes|@texts) (did|has) {person} (write|written)", "[@which] (@weeknotes|@texts) [@that] {person} wrote", "[@which] (@weeknotes|@texts) [@that] [are|were|is|was] [written] by {person}",
				"@howmany (@weeknotes|@texts) (did|has) {person} (write|written)", "{person} ['s] (@weeknotes|@texts)",
			},
			answer: listing("person", "Text", writtenBy(), func(x string) claim {
				return claim{subject: x, one: "text", many: "texts", verb: verb{is: "wrote", infinitive: "have written"}, past: true}
			}),
		},
	}
}
