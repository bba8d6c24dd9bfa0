package brief

import (
	"cmp"

	"lotigraph/record"
)

// sentence is a link in plain English: in the past when it is over, else in the
// present, with what is known of when.
func sentence(from, to string, link record.Link, over bool) string {
	verb := link.Type.Phrase()
	if over {
		switch link.Type {
		case record.Joined:
			verb = "took part in"
		case record.PartnerIn:
			verb = "was a partner in"
		case record.WorksFor:
			verb = "worked for"
		case record.MemberOf:
			verb = "was a member of"
		}
	}
	words := from + " " + verb + " " + to
	if link.Role != "" {
		words += " as " + link.Role
	}
	if !link.Since.IsZero() {
		words += ", since " + link.Since.English()
	}
	if !link.Until.IsZero() {
		words += ", until " + link.Until.English()
	}
	return words + "."
}

func byNodeName(a, b record.Node) int {
	return cmp.Or(cmp.Compare(record.Fold(a.Name), record.Fold(b.Name)), cmp.Compare(a.ID, b.ID))
}
