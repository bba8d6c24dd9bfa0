package inbox

import (
	"strings"

	"lotigraph/record"
)

// Subject is what the id of an item stands for; the fields of its sort are set.
type Subject struct {
	Sort       Sort
	Link       string      // the link's id
	Kind       record.Kind // of a name
	Name       string      // a name, as its id has it
	Report     string      // the id of a report
	Kept, Gone record.ID   // a pair: the one to keep, and the one that would go by it
}

// ParseID reads an item's id: "link:12", "name:person:jay",
// "pair:project:one:other" or "ruling:12" of a report. Anything else is ErrInvalid.
func ParseID(id string) (Subject, error) {
	parts := strings.Split(id, ":")
	switch {
	case parts[0] == "link" && len(parts) == 2:
		return Subject{Sort: Link, Link: id}, nil
	case record.IsRuling(id) && len(parts) == 2:
		return Subject{Sort: Reported, Report: id}, nil
	case parts[0] == "name" && len(parts) == 3:
		kind, err := record.ParseKind(parts[1])
		return Subject{Sort: Name, Kind: kind, Name: parts[2]}, err
	case parts[0] == "pair" && len(parts) == 4:
		kind, err := record.ParseKind(parts[1])
		if err != nil {
			return Subject{}, err
		}
		return Subject{Sort: Pair, Kept: record.NewID(kind, parts[2]), Gone: record.NewID(kind, parts[3])}, nil
	}
	return Subject{}, record.Invalid("", "%q is no id of the inbox; `lotigraph inbox` shows them, such as link:12 or name:person:jay", id)
}
