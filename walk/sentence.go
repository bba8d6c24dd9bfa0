package walk

import (
	"context"
	"fmt"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// past is how a link that ended reads; the others read as they did.
var past = map[record.LinkType]string{
	record.PartnerIn: "was a partner in",
	record.FundedBy:  "was funded by",
	record.WorksFor:  "worked for",
	record.Leads:     "led",
	record.MemberOf:  "was a member of",
}

// Sentence reads a link as a clause with its role, its dates and the text that
// says so: "Camden joined Community Engagement Playbook as lead (2021), says
// Weeknote 70". A text is given its own date.
func Sentence(ctx context.Context, s *graph.Snapshot, l record.Lens, link record.Link) (string, error) {
	var ends [2]record.Node
	for i, id := range []record.ID{link.From, link.To} {
		n, err := s.Node(ctx, l, id)
		if err != nil {
			return "", err
		}
		ends[i] = n
	}
	sentence := Clause(ends[0], ends[1], link)
	if link.Type != record.Mentions && link.Type != record.Authored { // a text has its own date
		sentence += when(link)
	}
	if link.Type != record.Mentions {
		source, err := source(ctx, s, l, link)
		if err != nil {
			return "", err
		}
		sentence += source
	}
	if link.Status == record.Proposed {
		sentence += ", not yet reviewed"
	}
	return sentence, nil
}

// Clause reads a link between two records as a clause with its role: "Camden
// joined Community Engagement Playbook as lead".
func Clause(from, to record.Node, link record.Link) string {
	phrase := link.Type.Phrase()
	if was := past[link.Type]; was != "" && !link.Until.IsZero() {
		phrase = was
	}
	if link.Type == record.PartnerIn && link.Role != "" {
		phrase = strings.Replace(phrase, "a partner", article(link.Role)+" partner", 1)
	}
	return named(from) + " " + phrase + " " + named(to) + inRole(link)
}

// named is a record's name, a text's with its date.
func named(n record.Node) string {
	if n.Weeknote == nil || n.Weeknote.Date.IsZero() {
		return n.Name
	}
	return n.Name + " (" + n.Weeknote.Date.English() + ")"
}

// inRole is a role that the clause does not have yet; a participant just joined.
func inRole(link record.Link) string {
	if link.Role == "" || link.Role == "participant" || link.Type == record.PartnerIn {
		return ""
	}
	return " as " + link.Role
}

func article(word string) string {
	if strings.ContainsRune("aeiou", rune(word[0])) {
		return "an " + word
	}
	return "a " + word
}

func when(link record.Link) string {
	since, until := link.Since.English(), link.Until.English()
	switch {
	case since != "" && until != "":
		return " (" + since + " to " + until + ")"
	case until != "":
		return " (until " + until + ")"
	case since == "":
		return ""
	case link.Type == record.Joined || link.Type == record.SucceededBy:
		return " (" + since + ")" // something that happened then
	}
	return " (since " + since + ")"
}

// source names the first text that says so, and how many others do.
func source(ctx context.Context, s *graph.Snapshot, l record.Lens, link record.Link) (string, error) {
	texts := map[record.ID]bool{}
	first := ""
	for _, e := range link.Evidence {
		if texts[e.Text] {
			continue
		}
		texts[e.Text] = true
		if first == "" {
			n, err := s.OwnNode(ctx, l, e.Text)
			if err != nil {
				return "", err
			}
			first = n.Name
		}
	}
	switch others := len(texts) - 1; {
	case others < 0:
		return ", without a source", nil
	case others == 0:
		return ", says " + first, nil
	case others == 1:
		return ", say " + first + " and another text", nil
	default:
		return fmt.Sprintf(", say %s and %d other texts", first, others), nil
	}
}
