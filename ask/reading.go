package ask

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"lotigraph/record"
)

// reading is a question as it may be understood.
type reading struct {
	template *template
	slots    map[string]value
	when     When
	cost     int
	typed    int  // words that are the pattern's own: the more, the surer
	part     bool // a name is given in part
}

// same tells whether two readings are one.
func (r reading) key() string {
	var b strings.Builder
	b.WriteString(r.template.Name)
	for _, name := range sortedKeys(r.slots) {
		b.WriteString("\x00" + r.slots[name].id())
	}
	b.WriteString("\x00" + r.when.AsOf.String() + "\x00" + r.when.From.String() + "\x00" + r.when.To.String())
	return b.String()
}

// said is a template's text with its slots filled in.
func (r reading) said(text string, say func(value) string) string {
	for name, v := range r.slots {
		text = strings.ReplaceAll(text, "{"+name+"}", say(v))
	}
	return text
}

// understood is the reading in words.
func (r reading) understood(l record.Lens) string {
	w := r.when
	if !w.hasPeriod() {
		w.AsOf = l.AsOf
	}
	text := r.said(r.template.Reads, value.label) + strings.Replace(w.phrase(), " ", ", ", 1)
	if w.IsZero() {
		text += ", as of today"
	}
	if w.hasPeriod() && !l.AsOf.IsZero() {
		text += ", as of " + l.AsOf.English()
	}
	return text
}

// question is the reading as it can be asked verbatim.
func (r reading) question() string {
	return strings.TrimSuffix(r.said(r.template.Question, value.label), "?") + r.when.phrase() + "?"
}

// byID is the question with ids in the place of names, for names that several
// records go by.
func (r reading) byID() string {
	return strings.TrimSuffix(r.said(r.template.Question, value.id), "?") + r.when.phrase() + "?"
}

// readings are what a question may mean.
type readings struct {
	chosen  *reading  // nil when none is nearest
	near    []reading // the nearest ones, when none is chosen
	further []reading // others, the nearest first
	unknown string    // why the words that stand where a name belongs are none, "" when none do
	offers  []reading // what is nearest then: the question about the first of those words
}

// read finds the readings of a question.
func (a Asker) read(ctx context.Context, question string) (readings, error) {
	if len(question) > maxQuestion {
		return readings{}, nil
	}
	question = strings.ToValidUTF8(question, " ")
	list := stripped(split(question))
	if len(list) == 0 || len(list) > maxWords {
		return readings{}, nil
	}
	found, almost := map[string]reading{}, map[string]reading{}
	all, known := templates(), vocabulary()
	if a.seen == nil {
		a.seen = map[string][]candidate{}
	}
	for _, t := range times(list, a.Today) {
		n := &names{asker: a, ctx: ctx, question: question, words: t.words, known: a.seen, stand: map[string]bool{}}
		for _, tpl := range all {
			if t.when.hasPeriod() && !tpl.Period {
				continue
			}
			for _, p := range tpl.patterns {
				into := found
				if p.mark == timeless && t.when.hasPeriod() {
					into = almost
				}
				if !a.fit(n, tpl, p, t, known, into) {
					return readings{}, n.err
				}
			}
		}
		if n.err != nil {
			return readings{}, n.err
		}
		if err := ctx.Err(); err != nil {
			return readings{}, err
		}
	}
	r := choose(all, found)
	if len(found) == 0 && len(almost) > 0 {
		other := choose(all, almost)
		if r.offers = append(other.near, other.further...); other.chosen != nil {
			r.offers = append([]reading{*other.chosen}, r.offers...)
		}
	} else if len(found) == 0 {
		var err error
		if r.unknown, r.offers, err = a.unknownName(ctx, question, list); err != nil {
			return r, err
		}
	}
	return r, nil
}

// cost is what it costs to read a question by a pattern.
func (p pattern) cost() int {
	if p.mark == unlikely {
		return costUnlikely
	}
	return 0
}

// fit adds the readings of one pattern. It is false when there are too many ways
// to try: then some reading may be missed, and none can be trusted.
func (a Asker) fit(n *names, tpl *template, p pattern, t timed, known map[string]bool, found map[string]reading) bool {
	m := &matcher{words: t.words, known: known, most: maxName, has: n.stand}
	m.accept = func(fit match) {
		made := []reading{{template: tpl, slots: map[string]value{}, when: t.when, cost: t.cost + fit.cost + p.cost(), typed: fit.typed}}
		for _, s := range tpl.Slots {
			span := fit.slots[s.Name]
			made = withSlot(made, s.Name, n.candidates(s, span[0], span[1]))
		}
		for _, r := range made {
			if !r.apart() || (tpl.whole || p.mark == unlikely) && r.part {
				continue
			}
			if old, ok := found[r.key()]; !ok || r.cost < old.cost || r.cost == old.cost && r.typed > old.typed {
				found[r.key()] = r
			}
		}
	}
	m.run(p)
	return m.steps >= 0
}

func withSlot(made []reading, name string, list []candidate) (more []reading) {
	for _, r := range made {
		for _, c := range list {
			next := r
			next.slots = maps.Clone(r.slots)
			next.slots[name] = c.value
			next.cost += c.cost
			next.part = next.part || c.part
			more = append(more, next)
		}
	}
	return more
}

// apart tells whether the slots are filled with different things.
func (r reading) apart() bool {
	seen := map[string]bool{}
	for _, v := range r.slots {
		if seen[v.id()] {
			return false
		}
		seen[v.id()] = true
	}
	return true
}

// choose takes the nearest reading, if there is one: the cheapest, then the one
// with more words of its pattern, then the template that stands first. Where that
// leaves several records for a slot, none is chosen.
func choose(all []*template, found map[string]reading) readings {
	place := map[*template]int{}
	for i, t := range all {
		place[t] = i
	}
	list := slices.Collect(maps.Values(found))
	slices.SortFunc(list, func(x, y reading) int {
		return cmp.Or(cmp.Compare(x.cost, y.cost), cmp.Compare(y.typed, x.typed), cmp.Compare(place[x.template], place[y.template]), cmp.Compare(x.key(), y.key()))
	})
	if len(list) == 0 {
		return readings{}
	}
	first := list[0]
	equal := slices.IndexFunc(list, func(r reading) bool {
		return r.cost != first.cost || r.template != first.template || r.typed != first.typed
	})
	if equal < 0 {
		equal = len(list)
	}
	if equal > 1 {
		return readings{near: list[:equal], further: list[equal:]}
	}
	return readings{chosen: &first, further: list[1:]}
}

// filled is the reading of a template asked by name.
func (a Asker) filled(ctx context.Context, name string, slots map[string]string, w When) (reading, error) {
	t := templateOf(name)
	if t == nil {
		return reading{}, &record.Refusal{Class: record.ErrNotFound, Field: "name", Reason: "no question is called \"" + name + "\"; `questions` lists them"}
	}
	if w.hasPeriod() && !t.Period {
		return reading{}, record.Invalid("from", "the question %q asks about no period; give a day in the lens, or leave it out", name)
	}
	if !w.From.IsZero() && !w.To.IsZero() && w.To.Last().Compare(w.From.First()) < 0 {
		return reading{}, record.Invalid("to", "%s is before %s", w.To, w.From)
	}
	for given := range slots {
		if !slices.ContainsFunc(t.Slots, func(s Slot) bool { return s.Name == given }) {
			return reading{}, record.Invalid("slots", "the question %q has no slot %q; it has %s", name, given, t.slotNames())
		}
	}
	r := reading{template: t, slots: map[string]value{}, when: w}
	for _, s := range t.Slots {
		v, err := a.slotValue(ctx, s, slots[s.Name])
		if err != nil {
			return r, err
		}
		r.slots[s.Name] = v
	}
	if !r.apart() {
		return r, record.Invalid("slots", "two slots are filled with the same record; the question %q is about two", name)
	}
	return r, nil
}

// slotValue is what a given text fills a slot with: one record, or a refusal.
func (a Asker) slotValue(ctx context.Context, s Slot, text string) (value, error) {
	if strings.TrimSpace(text) == "" {
		return value{}, record.Invalid("slots", "the slot %q is empty: %s", s.Name, s.About)
	}
	n := &names{asker: a, ctx: ctx}
	list, err := n.find(s, text)
	if err != nil {
		return value{}, err
	}
	list = slices.DeleteFunc(list, func(c candidate) bool { return c.cost > 0 })
	switch len(list) {
	case 1:
		return list[0].value, nil
	case 0:
		return value{}, &record.Refusal{Class: record.ErrNotFound, Field: "slots",
			Reason: "the slot \"" + s.Name + "\" takes " + s.About + " and nothing of that sort is called \"" + text + "\"; search for it to see how it is spelt"}
	}
	var ids []string
	for _, c := range list {
		ids = append(ids, c.id())
	}
	return value{}, record.Invalid("slots", "%q is the name of several: %s; use one of these ids", text, strings.Join(ids, ", "))
}
