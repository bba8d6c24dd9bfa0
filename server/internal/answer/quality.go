package answer

import "lotigraph/quality"

// WorkList is a list of what may be wrong or stale.
type WorkList struct {
	Name, Title, Meaning string
	Count                int
}

// WorkLists are lists as an answer says them.
func WorkLists(found []quality.List) []WorkList {
	var lists []WorkList
	for _, l := range found {
		lists = append(lists, WorkList{string(l.Name), l.Title, l.Means, len(l.Items)})
	}
	return lists
}
