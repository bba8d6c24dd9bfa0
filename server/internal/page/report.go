package page

import (
	"context"
	"net/url"
	"strings"

	"lotigraph/extract"
	"lotigraph/record"
)

// Mistake is the page on which a link is looked at closely: every sentence that
// says it, what read them, and the form to say that it is wrong.
type Mistake struct {
	Link          string
	Statement     WaitingLink
	Rules         []RuleWords
	Waits         bool        // whether the link is a proposal
	Rejected      bool        // whether it was found wrong already
	Staff         bool        // whether the reader can put it right
	Correct       []Place     // where staff do so
	Form          *Correction // … in place; nil where nothing can be put right
	Takes         bool        // whether reports can be sent
	Sent          bool        // whether one has just been
	Says, Contact string      // as they were filled in
	Faults
}

// RuleWords is what a reading rule goes by.
type RuleWords struct{ Name, Says string }

// maxContact is the most bytes of an address at which somebody can be reached.
const maxContact = 200

// Mistake is the page for a link, whatever its status.
func (r Reader) Mistake(ctx context.Context, id string) (form Mistake, err error) {
	l, err := r.View.Graph.Link(ctx, r.Lens, id)
	if err != nil {
		return form, err
	}
	w, err := r.waitingLink(ctx, l)
	if err != nil {
		return form, err
	}
	form = Mistake{Link: l.ID, Statement: *w, Rules: rulesOf(l), Waits: l.Status == record.Proposed, Rejected: l.Status == record.Rejected, Staff: r.staff()}
	if !form.Staff {
		return form, nil
	}
	switch {
	case l.Type.Derived(): // it follows from the text, and from what the record is called
		form.Correct = append(form.Correct, Place{Name: "Edit the names of " + w.To.Name, Href: Reader{}.To("/edit", "id", string(l.To))})
	case form.Rejected:
		form.Correct = append(form.Correct, Place{Name: "Add the link as it should be", Href: Reader{}.To("/add/link", "type", l.Type.String(), "from", w.From.Name, "to", w.To.Name)})
	default:
		right, err := r.Correction(ctx, l.ID)
		if err != nil {
			return form, err
		}
		right.Back = r.To(At(l.From))
		form.Form = &right
	}
	form.Correct = append(form.Correct, Place{Name: "History", Href: Reader{}.To("/history", "id", l.ID)})
	return form, nil
}

// rulesOf says in words how the sentences of a link were read, each way once.
func rulesOf(l record.Link) (list []RuleWords) {
	says := map[string]string{record.Curated: "a person entered it", record.Model: "a language model read it, asked besides the rules"}
	for _, rule := range extract.Rules() {
		says[rule.Name] = rule.Says
	}
	seen := map[string]bool{}
	for _, e := range l.Evidence {
		if !seen[e.Method] {
			seen[e.Method] = true
			words := RuleWords{e.Method, says[e.Method]}
			if e.Method == record.Curated || e.Method == record.Model { // no names of rules
				words = RuleWords{Name: record.Capital(says[e.Method])}
			}
			list = append(list, words)
		}
	}
	return list
}

// Read takes in the form as it was filled in, and notes what is wrong.
func (form *Mistake) Read(v url.Values) {
	form.Says = strings.ReplaceAll(strings.TrimSpace(v.Get("says")), "\r\n", "\n")
	form.Contact = strings.Join(strings.Fields(v.Get("contact")), " ")
	doubt := record.Ruling{Sort: record.Doubt, Link: form.Link, Says: form.Says}
	if err := doubt.Validate(); err != nil {
		form.add("says", err)
	}
	if len(form.Contact) > maxContact {
		form.add("contact", record.Invalid("", "use at most %d characters", maxContact))
	}
}
