package quality

import (
	"context"
	"slices"
	"sync"

	"lotigraph/graph"
	"lotigraph/record"
)

// Findings are what is known of the data as a whole.
type Findings struct {
	Version uint64 // of the data that they were found in
	Lists   []List
	Sources []Source
}

// Memo keeps the newest findings, which take a look at the whole graph: each are
// made at most once for a data version, lens and day while they are among the
// newest. The zero value is ready. Callers may not change what it gives.
type Memo struct {
	mu     sync.Mutex
	list   []known // the newest first
	making map[key]bool
}

// known are findings, and who was hidden where they were made.
type known struct {
	key
	Findings
	hidden []record.ID
}

// key is what findings depend on beside the data.
type key struct {
	lens  record.Lens
	today record.PartialDate
}

// keep is how many findings there are at the most.
const keep = 8

func keyOf(l record.Lens, today record.PartialDate) key {
	return key{record.Lens{Viewer: record.Viewer{Clearance: max(l.Viewer.Clearance, record.Public)}, AsOf: l.AsOf, Proposed: l.Proposed}, today}
}

// Find is what is known of a snapshot, which is looked through where that was not
// done yet. Two who ask at once may both look.
func (m *Memo) Find(ctx context.Context, s *graph.Snapshot, l record.Lens, today record.PartialDate) (Findings, error) {
	k := keyOf(l, today)
	m.mu.Lock()
	i := slices.IndexFunc(m.list, func(one known) bool { return one.key == k && one.Version == s.Version() })
	if i >= 0 {
		defer m.mu.Unlock()
		return m.list[i].Findings, nil
	}
	m.mu.Unlock()
	found := known{key: k, Findings: Findings{Version: s.Version()}}
	var err error
	if found.Lists, err = Lists(ctx, s, k.lens, today); err != nil {
		return Findings{}, err
	}
	if found.Sources, err = Sources(ctx, s, k.lens); err != nil {
		return Findings{}, err
	}
	if found.hidden, err = s.Hidden(ctx, k.lens); err != nil {
		return Findings{}, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.list = append([]known{found}, m.list[:min(len(m.list), keep-1)]...)
	return found.Findings, nil
}

// few is how many records are so few that looking through them takes no time; less
// in tests.
var few = 500

// Latest is what was last known, where finding it anew would take seconds: it may
// be of an earlier version, which it says, but not of one in which others were
// hidden from the viewer than now. It is found anew then beside what asks, by
// beside, which does something with the newest snapshot, or returns false.
func (m *Memo) Latest(ctx context.Context, s *graph.Snapshot, l record.Lens, today record.PartialDate, beside func(func(context.Context, *graph.Snapshot)) bool) (Findings, error) {
	last, err := m.last(ctx, s, l, today)
	if err != nil {
		return Findings{}, err
	}
	if last == nil || last.Version == s.Version() {
		return m.Find(ctx, s, l, today)
	}
	if m.begin(last.key) {
		begun := beside(func(ctx context.Context, s *graph.Snapshot) {
			defer m.end(last.key)
			m.Find(ctx, s, l, today) // what goes wrong is said when there is nothing to tell instead
		})
		if !begun {
			m.end(last.key)
		}
	}
	return last.Findings, nil
}

// last are the newest findings that may be told; nil where there are none, or
// where they are soon made anew.
func (m *Memo) last(ctx context.Context, s *graph.Snapshot, l record.Lens, today record.PartialDate) (*known, error) {
	census, err := s.Census(ctx, l)
	if err != nil {
		return nil, err
	}
	records := 0
	for _, n := range census.Kinds {
		records += n
	}
	if records <= few {
		return nil, nil
	}
	hidden, err := s.Hidden(ctx, l)
	if err != nil {
		return nil, err
	}
	k := keyOf(l, today)
	m.mu.Lock()
	defer m.mu.Unlock()
	var last *known
	for _, one := range m.list {
		if one.key == k && one.Version <= s.Version() && slices.Equal(one.hidden, hidden) && (last == nil || one.Version > last.Version) {
			last = &one
		}
	}
	return last, nil
}

// begin tells whether findings are to be made now: nobody is making them.
func (m *Memo) begin(k key) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.making[k] {
		return false
	}
	if m.making == nil {
		m.making = map[key]bool{}
	}
	m.making[k] = true
	return true
}

func (m *Memo) end(k key) {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.making, k)
}
