package ask

import (
	"context"
	"maps"
	"slices"
	"strings"

	"lotigraph/record"
)

// maxOthers is how many other readings are offered.
const maxOthers = 5

// others are questions that may have been meant instead: the further readings,
// records whose names go on from the one given, and what else is asked of the
// same.
func (a Asker) others(ctx context.Context, r reading, all readings) []string {
	list := append(slices.Clone(all.near), all.further...)
	list = append(list, a.longer(ctx, r)...)
	for _, name := range r.template.Next {
		if next, ok := r.as(templateOf(name)); ok {
			list = append(list, next)
		}
	}
	return a.askable(ctx, list, r.question())
}

// longer are the reading with another record in a slot, whose name goes on from
// the one that is there: Bloomberg Associates for Bloomberg. What cannot be looked
// up is not offered.
func (a Asker) longer(ctx context.Context, r reading) (list []reading) {
	for _, s := range r.template.Slots {
		v := r.slots[s.Name]
		if v.theme != "" || v.node.Kind() == record.WeeknoteKind {
			continue
		}
		found, err := a.View.Suggest(ctx, a.Lens, v.node.Name, s.Kinds, maxNear)
		if err != nil {
			return nil
		}
		for _, longer := range found {
			if strings.HasPrefix(record.Fold(longer.Node.Name), record.Fold(v.node.Name)+" ") {
				list = append(list, r.with(s.Name, value{node: longer.Node}))
			}
		}
	}
	return list
}

// with is the reading with another value in a slot.
func (r reading) with(slot string, v value) reading {
	r.slots = maps.Clone(r.slots)
	r.slots[slot] = v
	return r
}

// askable are the questions of readings that lead to those readings when they
// are asked.
func (a Asker) askable(ctx context.Context, list []reading, but string) []string {
	questions := []string{}
	for _, r := range list {
		if len(questions) == maxOthers {
			break
		}
		for _, q := range []string{r.question(), r.byID()} {
			if q == but || slices.Contains(questions, q) {
				break
			}
			again, err := a.read(ctx, q)
			if err == nil && again.chosen != nil && again.chosen.key() == r.key() {
				questions = append(questions, q)
				break
			}
		}
	}
	return questions
}

// as is another template asked of the same records, where they fit.
func (r reading) as(t *template) (reading, bool) {
	next := reading{template: t, slots: map[string]value{}, when: r.when}
	if r.when.hasPeriod() && !t.Period {
		next.when = When{}
	}
	used := map[string]bool{}
	for _, s := range t.Slots {
		for _, name := range sortedKeys(r.slots) {
			if v := r.slots[name]; !used[name] && s.takes(v) {
				next.slots[s.Name], used[name] = v, true
				break
			}
		}
	}
	return next, len(next.slots) == len(t.Slots)
}

// denies tells whether words turn a question round, so that it is not near to the
// one without them.
func denies(words []word) bool {
	return slices.ContainsFunc(words, func(w word) bool { return slices.Contains([]string{"not", "never", "no", "without", "nor"}, w.text) })
}

// unknownName says why what stands where a name belongs is none, when all else of
// a pattern fits: "" when nothing does. The pattern with the most words of its own says it.
// Where the first of those words are a name, the question about that is offered.
func (a Asker) unknownName(ctx context.Context, question string, list []word) (why string, offers []reading, err error) {
	best := 1
	var of *template
	var words []word
	var when When
	for _, t := range times(list, a.Today) {
		stand := map[string]bool{}
		for _, tpl := range templates() {
			if len(tpl.Slots) != 1 {
				continue
			}
			for _, p := range tpl.patterns {
				m := &matcher{words: t.words, known: vocabulary(), most: 6, has: stand}
				m.accept = func(fit match) {
					if fit.typed > best && fit.cost == 0 {
						span := fit.slots[tpl.Slots[0].Name]
						best, of, words, when = fit.typed, tpl, t.words[span[0]:span[1]], t.when
					}
				}
				m.run(p)
			}
		}
	}
	if of == nil {
		return "", nil, nil
	}
	n := &names{asker: a, ctx: ctx, question: question, words: words, known: a.seen}
	for end := len(words) - 1; end > 0 && len(offers) == 0; end-- {
		for _, c := range n.candidates(of.Slots[0], 0, end) {
			if c.cost == 0 && !denies(words[end:]) {
				offers = append(offers, reading{template: of, slots: map[string]value{of.Slots[0].Name: c.value}, when: when})
			}
		}
	}
	return n.whyNot(of.Slots[0]), offers, n.err
}

// whyNot says why the words fill no such slot: they are the name of something
// else, or of nothing.
func (n *names) whyNot(s Slot) string {
	text := n.question[n.words[0].span.Start:n.words[len(n.words)-1].span.End]
	for _, c := range n.candidates(thingSlot(""), 0, len(n.words)) {
		if c.cost == 0 {
			return c.label() + " is a " + c.node.Kind().Label() + ", and this would ask about " + s.About
		}
	}
	return "nothing that it could ask about is called “" + text + "”"
}
