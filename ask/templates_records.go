package ask

// recordTemplates ask about one record itself.
func recordTemplates() []*template {
	follows := func(name string) Slot {
		return slot(name, "a project or a partner organisation", kindsOf("project", "partner")...)
	}
	return []*template{
		{
			Name: "successors", Question: "What became of {thing}?", Reads: "What followed {thing}",
			Slots: []Slot{follows("thing")}, Example: []string{"City Tools"}, Next: []string{"predecessors", "happened", "what-is"},
			put: []string{
				"what became of {thing}", "what (followed|replaced|succeeded|came after|superseded) {thing}", "what (did|has) {thing} (become|turn into|turned into)", "what (was|is) {thing} (replaced by|succeeded by|followed by|called now|now)", "(successor|successors) (of|to) {thing}", "(which|what) @projects (followed|replaced|succeeded) {thing}",
			},
			answer: succession(false),
		},
		{
			Name: "predecessors", Question: "What came before {thing}?", Reads: "What {thing} followed",
			Slots: []Slot{follows("thing")}, Example: []string{"Thirty3"}, Next: []string{"successors", "happened", "what-is"},
			put: []string{
				"what (came|was|went) before {thing}", "what did {thing} (replace|succeed|follow|come from|come out of|grow out of)", "what (was|is) {thing} (the successor of|before|called before)", "(predecessor|predecessors) (of|to) {thing}",
			},
			answer: succession(true),
		},
		{
			Name: "what-is", whole: true, Question: "What is {thing}?", Reads: "What is known of {thing}",
			Slots: []Slot{thingSlot("thing")}, Example: []string{"Family Context"}, Next: []string{"happened", "boroughs-in", "part-of", "works-where", "texts-mentioning"},
			put: []string{
				"(what|who) (is|are|was|were) {thing}", "tell me [more] about {thing}", "(what|who) (is|are) {thing} about", "what (is|do we know|does loti know) [known] about {thing}", "(describe|explain|about) {thing}", "what does {thing} (do|mean|stand for)", "what is meant by {thing}",
				"?{thing}",
			},
			answer: answerWhatIs,
		},
	}
}
