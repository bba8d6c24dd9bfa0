package answer

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"lotigraph/ask"
	"lotigraph/record"
)

// Answer is what a question came to.
type Answer struct {
	in  Reader
	got *ask.Answer
}

// SlotInput fills a slot of a template.
type SlotInput struct{ Name, Value string }

// Ask answers a typed question. Today is the day that "now" means.
func (r Reader) Ask(ctx context.Context, question string, today record.PartialDate) (*Answer, error) {
	if len(question) > maxQuery {
		return nil, record.Invalid("question", "%d bytes are more than the %d allowed", len(question), maxQuery)
	}
	got, err := ask.Asker{View: r.View, Lens: r.Lens, Today: today}.Ask(ctx, question)
	return r.answered(got), err
}

// AskTemplate answers a template by its name.
func (r Reader) AskTemplate(ctx context.Context, name string, slots []SlotInput, from, to record.PartialDate, today record.PartialDate) (*Answer, error) {
	given := map[string]string{}
	for _, s := range slots {
		if _, twice := given[s.Name]; twice {
			return nil, record.Invalid("slots", "the slot %q is filled twice", s.Name)
		}
		given[s.Name] = s.Value
	}
	got, err := ask.Asker{View: r.View, Lens: r.Lens, Today: today}.Template(ctx, name, given, ask.When{From: from, To: to})
	return r.answered(got), err
}

func (r Reader) answered(got *ask.Answer) *Answer {
	if got == nil {
		return nil
	}
	r.Lens = got.Lens
	return &Answer{r, got}
}

// Understood is how the question was read.
func (a *Answer) Understood() *string { return filled(a.got.Understood) }

// Sentence is the answer in a sentence or a few.
func (a *Answer) Sentence() string { return a.got.Sentence }

// Nodes are the records that the answer names.
func (a *Answer) Nodes() []Node {
	list := make([]Node, len(a.got.Nodes))
	for i, n := range a.got.Nodes {
		list[i] = a.in.wrap(n)
	}
	return list
}

// Links are what the answer rests on.
func (a *Answer) Links() []Link { return a.in.links(a.got.Links) }

// Table is the answer as rows.
func (a *Answer) Table() *ask.Table { return a.got.Table }

// OtherReadings are questions that may have been meant.
func (a *Answer) OtherReadings() []string { return append([]string{}, a.got.OtherReadings...) }

// Template is the name of the template that was read.
func (a *Answer) Template() *string { return filled(a.got.Template) }

// Question is the reading as it can be asked.
func (a *Answer) Question() *string { return filled(a.got.Question) }

// Slots are what the template's slots were filled with.
func (a *Answer) Slots() []ask.SlotValue { return append([]ask.SlotValue{}, a.got.Slots...) }

// From is the beginning of the period that was asked about.
func (a *Answer) From() record.PartialDate { return a.got.When.From }

// To is the end of that period.
func (a *Answer) To() record.PartialDate { return a.got.When.To }

// Lens is the lens that was looked through.
func (a *Answer) Lens() LensUsed { return a.in.used() }

// Operation is the GraphQL operation that gives this answer again.
func (a *Answer) Operation() *string { return filled(OperationOf(a.got)) }

// OperationOf is the GraphQL operation that gives an answer again, "" when the
// question was not understood.
func OperationOf(got *ask.Answer) string {
	for _, t := range ask.Templates() {
		if t.Name == got.Template {
			return operationOf(t, got)
		}
	}
	return ""
}

// answerFields is what the operations ask for.
const answerFields = "{ understood sentence table { columns rows { cells records links } } }"

// operationOf is the operation of a template with the values of an answer.
func operationOf(t ask.Template, got *ask.Answer) string {
	var slots, more []string
	for _, s := range got.Slots {
		slots = append(slots, fmt.Sprintf("{name: %s, value: %s}", strconv.Quote(s.Name), strconv.Quote(s.Value)))
	}
	for _, d := range []struct {
		name string
		date record.PartialDate
	}{{"from", got.When.From}, {"to", got.When.To}} {
		if !d.date.IsZero() {
			more = append(more, fmt.Sprintf("%s: %q", d.name, d.date))
		}
	}
	var lens []string
	if !got.Lens.AsOf.IsZero() {
		lens = append(lens, fmt.Sprintf("asOf: %q", got.Lens.AsOf))
	}
	if got.Lens.Proposed {
		lens = append(lens, "proposed: true")
	}
	if len(lens) > 0 {
		more = append(more, "lens: {"+strings.Join(lens, ", ")+"}")
	}
	arguments := append([]string{"name: " + strconv.Quote(t.Name), "slots: [" + strings.Join(slots, ", ") + "]"}, more...)
	return "query " + t.Operation() + " { askTemplate(" + strings.Join(arguments, ", ") + ") " + answerFields + " }"
}

// QuestionTemplate is a question that can be asked.
type QuestionTemplate struct{ ask.Template }

// QuestionSlot is a place for a name in a question.
type QuestionSlot struct{ ask.Slot }

// Questions lists every question that can be asked.
func Questions() []QuestionTemplate {
	var list []QuestionTemplate
	for _, t := range ask.Templates() {
		list = append(list, QuestionTemplate{t})
	}
	return list
}

// Name identifies the template.
func (t QuestionTemplate) Name() string { return t.Template.Name }

// Pattern is the question with its slots in braces.
func (t QuestionTemplate) Pattern() string { return t.Template.Pattern }

// Period tells whether it may ask about a period.
func (t QuestionTemplate) Period() bool { return t.Template.Period }

// Example is the question with its slots filled.
func (t QuestionTemplate) Example() string { return t.Template.Example }

// Ways counts the patterns in which it may be put.
func (t QuestionTemplate) Ways() int { return t.Template.Ways }

// Slots are the places for names.
func (t QuestionTemplate) Slots() []QuestionSlot {
	var list []QuestionSlot
	for _, s := range t.Template.Slots {
		list = append(list, QuestionSlot{s})
	}
	return list
}

// Operation is the GraphQL operation of the template, with a variable for each
// slot.
func (t QuestionTemplate) Operation() string {
	var variables, slots []string
	for _, s := range t.Template.Slots {
		variables = append(variables, "$"+s.Name+": String!")
		slots = append(slots, fmt.Sprintf("{name: %s, value: $%s}", strconv.Quote(s.Name), s.Name))
	}
	period := ""
	if t.Template.Period {
		variables = append(variables, "$from: PartialDate", "$to: PartialDate")
		period = ", from: $from, to: $to"
	}
	variables = append(variables, "$lens: Lens")
	return "query " + t.Template.Operation() + "(" + strings.Join(variables, ", ") + ") { askTemplate(name: " + strconv.Quote(t.Template.Name) +
		", slots: [" + strings.Join(slots, ", ") + "]" + period + ", lens: $lens) " + answerFields + " }"
}

// Name is how the slot is called.
func (s QuestionSlot) Name() string { return s.Slot.Name }

// Kinds are the kinds of record that may be named; none for a theme.
func (s QuestionSlot) Kinds() []record.Kind { return append([]record.Kind{}, s.Slot.Kinds...) }

// About says what goes into the slot.
func (s QuestionSlot) About() string { return s.Slot.About }
