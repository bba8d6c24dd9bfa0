package answer

import "lotigraph/quality"

// WorkList is a list of what may be wrong or stale.
type WorkList struct {
	Name, Title, Meaning string
	Count                int
}

// WorkLists are the lists of a report.
func WorkLists(report quality.Report) []WorkList {
	var lists []WorkList
	for _, l := range report.Lists {
		lists = append(lists, WorkList{string(l.Name), l.Title, l.Means, len(l.Items)})
	}
	return lists
}
