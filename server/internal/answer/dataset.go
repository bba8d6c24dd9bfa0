package answer

import (
	"context"
	"strconv"
	"time"

	"lotigraph/record"
)

// Dataset is what the service holds, and in which state.
type Dataset struct {
	DataVersion      string
	Counts           []KindCount
	ProposalsWaiting int
	LastChange       *time.Time
	Licence          string
	Lens             LensUsed
}

// KindCount is how many records of a kind there are.
type KindCount struct {
	Kind  record.Kind
	Count int
}

// LensUsed is the lens of an answer.
type LensUsed struct {
	AsOf     record.PartialDate
	Proposed bool
	Viewer   record.Visibility
}

// Version is a data version as the world sees it: opaque, another one after
// every change.
func Version(number uint64) string { return strconv.FormatUint(number, 10) }

// Dataset counts what the reader's view holds.
func (r Reader) Dataset(ctx context.Context, licence string) (*Dataset, error) {
	census, err := r.View.Graph.Census(ctx, r.Lens)
	if err != nil {
		return nil, err
	}
	d := &Dataset{
		DataVersion:      Version(r.View.Version()),
		ProposalsWaiting: census.Proposals,
		Licence:          licence,
		Lens:             r.used(),
	}
	for _, kind := range record.Kinds() {
		d.Counts = append(d.Counts, KindCount{kind, census.Kinds[kind]})
	}
	if !census.LastChange.IsZero() {
		d.LastChange = &census.LastChange
	}
	return d, nil
}
