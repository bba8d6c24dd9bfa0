package graph_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"lotigraph/graph"
	"lotigraph/record"
)

// calendar is every day of five years.
var calendar = sync.OnceValue(func() (days []string) {
	for at := time.Date(2019, 1, 1, 0, 0, 0, 0, time.UTC); at.Year() < 2024; at = at.AddDate(0, 0, 1) {
		days = append(days, at.Format(time.DateOnly))
	}
	return days
})

// daysMeant are the days that a partial date can mean: those whose name begins with it.
func daysMeant(d record.PartialDate) (days []string) {
	if d.IsZero() {
		return nil
	}
	said := d.String()
	for _, day := range calendar() {
		if strings.HasPrefix(day, said) {
			days = append(days, day)
		}
	}
	return days
}

// heldOn says how surely a link held on a day, by trying every day on which it can
// have begun and every day on which it can have ended. One of which nobody knows
// when it began certainly did by the time that a text told of it.
func heldOn(t *testing.T, s *graph.Snapshot, link record.Link, day string) record.Certainty {
	t.Helper()
	began := daysMeant(link.Since)
	possible, certain := began == nil, began != nil
	for _, first := range began {
		possible = possible || first <= day
		certain = certain && first <= day
	}
	if began == nil {
		for _, e := range link.Evidence {
			text, err := s.Node(t.Context(), record.Lens{Viewer: staff.Viewer}, e.Text)
			if err != nil {
				t.Fatal(err)
			}
			told := daysMeant(text.Weeknote.Date)
			certain = certain || told != nil && told[len(told)-1] <= day
		}
	}
	if ended := daysMeant(link.Until); ended != nil {
		stands := func(last string) bool { return last >= day }
		certain = certain && !slices.ContainsFunc(ended, func(last string) bool { return !stands(last) })
		possible = possible && slices.ContainsFunc(ended, stands)
	}
	switch {
	case possible && certain:
		return record.Certainly
	case possible:
		return record.Possibly
	}
	return record.No
}

// What the lens shows as of a day is what it shows without a day, filtered by the
// dates that can be seen; and how surely each link held is what trying every day
// says.
func TestAsOfIsAFilterByDates(t *testing.T) {
	counts := map[record.Certainty]int{}
	for seed := range uint64(6) {
		rng := rand.New(rand.NewPCG(seed, 23))
		var edges []string // days on which something may begin or end
		date := func() string {
			year := 2019 + rng.IntN(5)
			said := []string{"", fmt.Sprint(year), fmt.Sprintf("%d-%02d", year, 1+rng.IntN(12)), fmt.Sprintf("%d-%02d-%02d", year, 1+rng.IntN(12), 1+rng.IntN(28))}[rng.IntN(4)]
			if days := daysMeant(day(t, said)); days != nil {
				edges = append(edges, days[0], days[len(days)-1])
			}
			return said
		}
		s := open(t, "")
		for i := range 4 {
			body := fmt.Sprintf("Note %d\n\nOf all that is said here, this is said in note %d.", i, i)
			commit(t, s, saveText(fmt.Sprintf("%d.md", i), body, record.Visibility(1+2*(i%2)), date(), nil))
		}
		for i := range 30 {
			project, partner := fmt.Sprint("Project ", i), fmt.Sprint("Partner ", i%5)
			entry := commit(t, s, saveNode(record.ProjectKind, project), record.Op{SaveNode: &record.SaveNode{Kind: record.PartnerKind, Reuse: true, Handle: "#partner", Node: record.Node{Name: partner, Stated: record.Public}}})
			since, until := date(), date()
			if since != "" && until != "" && day(t, until).Last().Compare(day(t, since).First()) < 0 {
				since, until = until, since
			}
			status := []record.LinkStatus{record.Proposed, record.Confirmed}[rng.IntN(2)]
			for range 1 + rng.IntN(2) {
				note := rng.IntN(4)
				commit(t, s, during(saveLink(record.PartnerIn, record.ID(entry.Saved[1].ID), record.ID(entry.Saved[0].ID), record.ID(fmt.Sprint("weeknote:note-", note)),
					fmt.Sprintf("this is said in note %d.", note), status), since, until))
			}
		}
		snap := snapshot(t, s)
		for range 60 {
			l := record.Lens{Viewer: record.Viewer{Clearance: record.Visibility(1 + 2*rng.IntN(2))}, Proposed: rng.IntN(2) == 0}
			on := l
			at, _ := slices.BinarySearch(calendar(), edges[rng.IntN(len(edges))])
			on.AsOf = day(t, calendar()[min(max(at+rng.IntN(3)-1, 0), len(calendar())-1)])
			for i := range 5 {
				id := record.ID(fmt.Sprint("partner:partner-", i))
				var want []string
				for _, link := range linksOut(t, snap, l, id) {
					how := heldOn(t, snap, link, on.AsOf.String())
					counts[how]++
					if how != record.No {
						want = append(want, fmt.Sprintf("%s %d", link.ID, how))
					}
				}
				var got []string
				for _, link := range linksOut(t, snap, on, id) {
					how, err := snap.Holds(on, link)
					if err != nil {
						t.Fatal(err)
					}
					got = append(got, fmt.Sprintf("%s %d", link.ID, how))
				}
				if !slices.Equal(got, want) {
					t.Errorf("seed %d, %+v, %s: the lens shows %v, and by their dates there are %v", seed, on, id, got, want)
				}
			}
		}
	}
	for _, how := range []record.Certainty{record.No, record.Possibly, record.Certainly} {
		if counts[how] < 100 {
			t.Errorf("%d links held with certainty %d: that is hardly tested", counts[how], how)
		}
	}
}

func linksOut(t *testing.T, s *graph.Snapshot, l record.Lens, id record.ID) (list []record.Link) {
	t.Helper()
	for at, err := range s.Links(t.Context(), l, id, graph.LinkFilter{Direction: record.Out}, "") {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, at.Value)
	}
	return list
}
