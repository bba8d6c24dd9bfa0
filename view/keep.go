package view

import (
	"time"

	"lotigraph/index"
)

// Scores move with every change, so the pages of a list by score are only whole
// within one view. A view that gave a cursor to a next page is kept for a while
// after it was replaced; [Publisher.For] leads the cursor back to it. Later, or
// where too many are kept, the list goes on in the newest view, and the result
// says that it was refreshed.
const (
	keepFor = 5 * time.Minute
	maxKept = 8
)

// For hands out the view on which the list behind a cursor goes on, "" being no
// cursor. Close it.
func (p *Publisher) For(after string) (*View, error) {
	if version, ok := index.CursorVersion(after); ok {
		p.mu.Lock()
		p.sweep(time.Now())
		for _, v := range p.kept {
			if v.Version() == version {
				v.users.Add(1)
				v.paged.Store(time.Now().UnixNano())
				p.mu.Unlock()
				return v, nil
			}
		}
		p.mu.Unlock()
	}
	return p.Current()
}

// keep takes over a view that was replaced, and tells whether it did.
func (p *Publisher) keep(v *View, now time.Time) bool {
	if now.Sub(time.Unix(0, v.paged.Load())) > keepFor {
		return false
	}
	p.kept = append(p.kept, v)
	return true
}

// sweep lets go of the views whose time is over, and of the oldest beyond
// maxKept.
func (p *Publisher) sweep(now time.Time) {
	over := len(p.kept) - maxKept
	stay := p.kept[:0:0]
	for i, v := range p.kept {
		if i < over || now.Sub(time.Unix(0, v.paged.Load())) > keepFor {
			v.Close()
		} else {
			stay = append(stay, v)
		}
	}
	p.kept = stay
}
