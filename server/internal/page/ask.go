package page

import (
	"cmp"
	"context"
	"net/url"
	"strings"

	"lotigraph/ask"
	"lotigraph/record"
)

// Ask is the page on which questions are asked.
type Ask struct {
	Typed  string
	Answer *Answer       // nil when nothing was asked yet
	Form   *QuestionForm // the question whose slots are filled in, nil for none
	Groups []QuestionGroup
	Kept   []Pair // what the forms carry along
	Faults
}

// Answer is what a question came to.
type Answer struct {
	Understood string // how it was read, "" when it was not
	Sentence   string
	Columns    []string
	Rows       []AnswerRow
	Links      []Statement
	MoreLinks  int      // that are not shown
	Found      []Result // what search finds instead, where it was not understood
	Others     []Place  // questions that may have been meant
	At         string   // where the answer has a page of its own
	Drawn      string   // where the ways that it tells of are drawn, "" for no ways
	Got        *ask.Answer
	Operation  string // in GraphQL
}

// AnswerRow is a row of an answer's table.
type AnswerRow struct{ Cells []Place }

// QuestionGroup is questions that begin alike.
type QuestionGroup struct {
	Title     string
	Questions []Place
}

// QuestionForm is a question with slots to fill in.
type QuestionForm struct {
	Name, Pattern string
	Slots         []QuestionSlot
	Period        bool
	From, To      string
	Example       Place
}

// QuestionSlot is a slot of a question.
type QuestionSlot struct {
	Name, Label, Value string
	Suggest            string   // what the suggestions are asked for, "" for none
	Values             []Option // what there is to choose from, where it is a closed list
}

// linkedTemplate is the question of which the explorer draws the answer.
const linkedTemplate = "linked"

// answerLinks is how many links an answer shows with their sentences.
const answerLinks = 30

// Ask answers what an address asks: q, a question in words, or template and its
// slots by name, from and to. Today is the day that "now" means.
func (r Reader) Ask(ctx context.Context, q url.Values, today record.PartialDate) (a Ask, err error) {
	a = Ask{Typed: strings.TrimSpace(q.Get("q")), Kept: Pairs(r.LensParams()), Groups: r.questions()}
	if len(a.Typed) > maxTyped {
		return a, record.Invalid("q", "%d bytes are more than the %d that a question may have", len(a.Typed), maxTyped)
	}
	asker := ask.Asker{View: r.View, Lens: r.Lens, Today: today}
	var got *ask.Answer
	switch {
	case q.Get("template") != "":
		got, err = a.template(ctx, r, asker, q)
	case a.Typed != "":
		got, err = asker.Ask(ctx, a.Typed)
	}
	if err != nil || got == nil {
		return a, err
	}
	a.Typed = cmp.Or(a.Typed, got.Question)
	a.Answer, err = r.answer(ctx, got, a.Typed)
	return a, err
}

// AnswerOf is the answer to what the address of a search has in its box, nil when
// it is no question, or when the results are narrowed down already.
func (r Reader) AnswerOf(ctx context.Context, q url.Values, today record.PartialDate) (*Answer, error) {
	search, err := SearchRequest(q)
	if err != nil {
		return nil, err
	}
	typed := search.Text
	narrowed := len(search.Kinds)+len(search.Forms)+len(search.Choices) > 0 || !search.From.IsZero() || !search.To.IsZero()
	if narrowed || search.After != "" || len(strings.Fields(typed)) < 2 {
		return nil, nil // a word alone is a search
	}
	got, err := ask.Asker{View: r.View, Lens: r.Lens, Today: today}.Ask(ctx, typed)
	if err != nil || got.Template == "what-is" || got.Understood == "" && len(got.OtherReadings) == 0 {
		return nil, err // what is asked about is the first result
	}
	return r.answer(ctx, got, typed)
}

// template fills in the form of a question, and answers it once it is filled.
func (a *Ask) template(ctx context.Context, r Reader, asker ask.Asker, q url.Values) (*ask.Answer, error) {
	for _, t := range ask.Templates() {
		if t.Name != q.Get("template") {
			continue
		}
		var err error
		if a.Form, err = r.questionForm(ctx, t, q); err != nil {
			return nil, err
		}
		slots, filled := map[string]string{}, 0
		for _, s := range a.Form.Slots {
			if slots[s.Name] = s.Value; s.Value != "" {
				filled++
			}
		}
		if filled == 0 {
			return nil, nil
		}
		when := ask.When{From: a.date("from", q.Get("from")), To: a.date("to", q.Get("to"))}
		if a.missing(); len(a.Faults) > 0 {
			return nil, nil
		}
		got, err := asker.Template(ctx, t.Name, slots, when)
		if a.Refused(err) {
			return nil, nil
		}
		return got, err
	}
	return nil, record.NotFound("there is no question called %q; see the list at /ask", q.Get("template"))
}

// missing notes the slots that are left empty.
func (a *Ask) missing() {
	for _, s := range a.Form.Slots {
		if s.Value == "" {
			a.add(s.Name, record.Invalid(s.Name, "enter %s", strings.ToLower(s.Label[:1])+s.Label[1:]))
		}
	}
}

// questionForm is the form of a template, filled in as an address has it.
func (r Reader) questionForm(ctx context.Context, t ask.Template, q url.Values) (*QuestionForm, error) {
	f := &QuestionForm{Name: t.Name, Pattern: blanks(t.Pattern), Period: t.Period, From: q.Get("from"), To: q.Get("to")}
	f.Example = Place{Name: t.Example, Href: r.To("/ask", "q", t.Example)}
	for _, s := range t.Slots {
		slot := QuestionSlot{Name: s.Name, Label: record.Capital(s.About), Value: strings.TrimSpace(q.Get(s.Name))}
		kinds := url.Values{}
		for _, k := range s.Kinds {
			kinds.Add("kind", k.String())
		}
		for key, values := range r.LensParams() {
			kinds[key] = values
		}
		slot.Suggest = kinds.Encode()
		if s.Theme {
			themes, err := r.View.Graph.Themes(ctx, r.Lens)
			if err != nil {
				return nil, err
			}
			for _, theme := range themes {
				slot.Values = append(slot.Values, Option{Label: record.Capital(theme), Value: theme, Chosen: record.Fold(theme) == record.Fold(slot.Value)})
			}
		}
		f.Slots = append(f.Slots, slot)
	}
	return f, nil
}

// blanks is a pattern with an ellipsis for each slot.
func blanks(pattern string) string {
	var b strings.Builder
	for rest := pattern; ; {
		before, slot, found := strings.Cut(rest, "{")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		_, rest, _ = strings.Cut(slot, "}")
		b.WriteString("…")
	}
}

// questions are all that can be asked, by the word they begin with.
func (r Reader) questions() (groups []QuestionGroup) {
	alike := map[string]int{}
	for _, t := range ask.Templates() {
		alike[blanks(t.Pattern)]++
	}
	for _, title := range []string{"Which boroughs", "Which projects", "Which partners", "Who", "What", ""} {
		group := QuestionGroup{Title: title + " …"}
		for _, t := range ask.Templates() {
			if openingOf(t.Pattern) == title {
				name := blanks(t.Pattern)
				if alike[name] > 1 && len(t.Slots) > 0 { // "Which boroughs joined …?" is asked of projects and of organisations
					name += " (" + t.Slots[0].About + ")"
				}
				group.Questions = append(group.Questions, Place{Name: name, Href: r.To("/ask", "template", t.Name)})
			}
		}
		if title == "" {
			group.Title = "Other questions"
		}
		groups = append(groups, group)
	}
	return groups
}

// openingOf is the group that a question belongs to.
func openingOf(pattern string) string {
	for _, title := range []string{"Which boroughs", "Which projects", "Which partners", "Who", "What"} {
		if strings.HasPrefix(pattern, title) {
			return title
		}
	}
	return ""
}

// answer lays an answer out, seen through its own lens: a question may name a day.
func (r Reader) answer(ctx context.Context, got *ask.Answer, typed string) (*Answer, error) {
	a := &Answer{Understood: got.Understood, Sentence: got.Sentence, At: r.To("/ask", "q", typed), Got: got}
	for _, question := range got.OtherReadings {
		a.Others = append(a.Others, Place{Name: question, Href: r.To("/ask", "q", question)})
	}
	r.Lens = got.Lens
	if got.Template == linkedTemplate && len(got.Slots) == 2 {
		a.Drawn = r.To("/explore/paths", "from", got.Slots[0].Value, "to", got.Slots[1].Value)
	}
	if got.Understood == "" {
		for _, hit := range got.Found {
			a.Found = append(a.Found, r.result(hit))
		}
		return a, nil
	}
	at := map[string]string{}
	for _, n := range got.Nodes {
		at[n.Name] = r.To(At(n.ID))
	}
	for _, l := range got.Links[:min(len(got.Links), answerLinks)] {
		s, err := r.Statement(ctx, l)
		if err != nil {
			return nil, err
		}
		s.newestFirst() // the table names the newest text
		a.Links = append(a.Links, s)
		for _, p := range s.Proofs {
			if at[p.Source.Name] == "" {
				at[p.Source.Name] = p.Source.Href
			}
		}
	}
	a.MoreLinks = len(got.Links) - len(a.Links)
	a.table(got.Table, at)
	return a, nil
}

// table lays the table out; a cell that is the name of a record or of a source
// leads to it.
func (a *Answer) table(t *ask.Table, at map[string]string) {
	if t == nil {
		return
	}
	a.Columns = t.Columns
	for _, row := range t.Rows {
		var out AnswerRow
		for _, text := range row.Cells {
			cell := Place{Name: text, Href: at[text]}
			if i := strings.LastIndex(text, " ("); i > 0 && strings.HasSuffix(text, ")") && cell.Href == "" {
				cell.Href = at[text[:i]] // a title with its date
			}
			out.Cells = append(out.Cells, cell)
		}
		a.Rows = append(a.Rows, out)
	}
}
