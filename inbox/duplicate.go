package inbox

import (
	"context"

	"lotigraph/graph"
	"lotigraph/record"
)

type Duplicate struct {
	A, B    record.Node
	Score   float64
	Reasons []Reason
}
type Reason struct {
	Text  string
	Links []record.ID
}

func Duplicates(ctx context.Context, s *graph.Snapshot, l record.Lens) ([]Duplicate, error) {
	return nil, nil
}
