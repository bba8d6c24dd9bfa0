package graph_test

import (
	"slices"
	"testing"

	"lotigraph/record"
)

// In memory as in the store: of merged records, what was rejected of one is not
// shown when it was proposed of the other, and what joins them with each other joins
// nothing any more. What is taken back comes back.
func TestCutOfMergedRecords(t *testing.T) {
	s := open(t, "")
	const said = "Nitrous made Thirty3, and belongs to Nitros."
	text := record.ID("weeknote:note")
	commit(t, s, saveNode(record.PartnerKind, "Nitrous"), saveNode(record.PartnerKind, "Nitros"), saveNode(record.ProjectKind, "Thirty3"), saveText("n.md", "Note\n\n"+said, record.Public, "2021", nil))
	commit(t, s, saveLink(record.PartnerIn, "partner:nitros", "project:thirty3", text, said, record.Proposed),
		saveLink(record.PartnerIn, "partner:nitrous", "project:thirty3", text, said, record.Proposed),
		saveLink(record.MemberOf, "partner:nitrous", "partner:nitros", text, said, record.Confirmed))
	commit(t, s, record.Op{ReviewLink: &record.ReviewLink{Link: "link:1", Status: record.Rejected}})
	same := func(what string, count int) {
		t.Helper()
		snap := snapshot(t, s)
		for _, l := range lenses() {
			if want, got := walked(t, snap, l), cut(t, snap, l); !slices.Equal(want, got) || l.Proposed && l.Viewer.Clearance == record.Staff && l.AsOf.IsZero() && len(got) != count {
				t.Errorf("%s, through %+v:\nstore  %q\nmemory %q", what, l, want, got)
			}
		}
	}
	same("two records", 4) // two links, from both ends
	merge := commit(t, s, rule(record.Same, "partner:nitros", "partner:nitrous"))
	same("merged", 0)
	commit(t, s, record.Op{Withdraw: &record.Withdraw{ID: merge.Saved[0].ID}})
	same("two again", 4)
}
