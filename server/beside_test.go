package server

import (
	"context"
	"testing"

	"lotigraph/graph"
)

// Work beside the requests gets done although requests never cease, and gives up
// when it is told to.
func TestWorkBesideGetsDone(t *testing.T) {
	var u underway
	u.requests.Add(1)
	ctx, giveUp := context.WithCancel(graph.WithRest(t.Context(), u.rest))
	for range 4 {
		graph.Rest(ctx)
	}
	giveUp()
	graph.Rest(ctx)
	if !u.busy() {
		t.Error("a request that is under way counts for nothing")
	}
	u.requests.Add(-1)
	if u.busy() {
		t.Error("it is busy with no request")
	}
	graph.Rest(t.Context()) // which says nothing of rest
}
