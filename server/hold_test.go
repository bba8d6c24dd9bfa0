package server

import (
	"testing"
	"time"

	"lotigraph/ingest"
	"lotigraph/server/internal/page"
)

// What an import came to is told though it was sent twice at once; what nothing could
// be done with can be gone back to.
func TestHoldFinishes(t *testing.T) {
	var h hold
	now := time.Unix(0, 0)
	sent := held{file: ingest.File{Name: "note.txt", Body: []byte("A note")}, form: page.AddForm{Text: "A note"}}
	key := h.put(sent, now)
	h.finish(key, ingest.Report{Problems: []ingest.Problem{{Reason: "somebody else changed it"}}})
	if one, ok := h.get(key, now); !ok || one.done || one.form.Text != "A note" || len(one.report.Problems) != 1 {
		t.Errorf("after a refusal: %+v, %t", one, ok)
	}
	h.finish(key, ingest.Report{Added: 1})
	h.finish(key, ingest.Report{Unchanged: 1})
	if one, ok := h.get(key, now); !ok || !one.done || one.report.Added != 1 || one.size() != 0 {
		t.Errorf("sent twice: %+v, %t", one, ok)
	}
}
