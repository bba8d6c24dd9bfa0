package server

import (
	"context"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"

	"lotigraph/graph"
	"lotigraph/inbox"
	"lotigraph/record"
	"lotigraph/server/internal/page"
	"lotigraph/view"
)

// underway is the requests that are being answered, and the work beside them.
type underway struct {
	requests atomic.Int64
	answered atomic.Int64 // when the last one was, in Unix nanoseconds
	turn     sync.Mutex   // of those who work beside: one after another, so that a processor is left
}

func (u *underway) count(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		u.requests.Add(1)
		defer func() {
			u.answered.Store(time.Now().UnixNano())
			u.requests.Add(-1)
		}()
		return next(c)
	}
}

// How work beside the requests gives way to them: it waits until none has been under
// way for a moment, a step at the most so long, so that it gets done in the end.
const (
	restFor    = 25 * time.Millisecond
	restCheck  = time.Millisecond
	restMoment = 5 * time.Millisecond
)

// busy tells whether requests are under way, or were a moment ago.
func (u *underway) busy() bool {
	return u.requests.Load() > 0 || time.Since(time.Unix(0, u.answered.Load())) < restMoment
}

// rest waits while requests are under way.
func (u *underway) rest(ctx context.Context) {
	for until := time.Now().Add(restFor); u.busy() && time.Now().Before(until); {
		select {
		case <-ctx.Done():
			return
		case <-time.After(restCheck):
		}
	}
}

// beside lets something be done with the newest data beside the requests, which go
// first.
func (s *Server) beside(do func(context.Context, *graph.Snapshot)) bool {
	return s.publisher.Beside(func(ctx context.Context, v *view.View) {
		s.underway.turn.Lock()
		defer s.underway.turn.Unlock()
		do(graph.WithRest(ctx, s.underway.rest), v.Graph)
	})
}

// warm makes what everybody asks for, once there is data to make it of, so that
// nobody who comes first after a start has to wait for it.
func (s *Server) warm(ctx context.Context) {
	if s.publisher.Wait(ctx, s.store.Version()) != nil {
		return
	}
	s.publisher.Beside(func(ctx context.Context, v *view.View) {
		s.underway.turn.Lock()
		defer s.underway.turn.Unlock()
		ctx = graph.WithRest(ctx, s.underway.rest)
		for _, step := range s.warming(v) {
			if err := step(ctx); err != nil {
				if ctx.Err() == nil {
					s.log.WarnContext(ctx, "what pages are made of cannot be made beforehand", "error", err)
				}
				return
			}
		}
	})
}

// warming is what is made after a start, what is asked for most first.
func (s *Server) warming(v *view.View) []func(context.Context) error {
	g, staff := v.Graph, record.Viewer{Clearance: record.Staff}
	search := func(l record.Lens) func(context.Context) error { // names, words, facets, how words are spelt and whether they are a question are all asked for
		return func(ctx context.Context) error {
			r, asked := page.Reader{View: v, Lens: l}, url.Values{"q": {"borough projcets"}}
			_, err := r.Search(ctx, asked)
			if err == nil {
				_, err = r.AnswerOf(ctx, asked, s.today())
			}
			return err
		}
	}
	steps := []func(context.Context) error{
		func(context.Context) error { s.site.prepare(); return nil },
		func(ctx context.Context) error { _, err := g.Cut(ctx, record.Lens{}); return err },
		search(record.Lens{}),
		func(ctx context.Context) error { // the network that the explorer begins with
			_, err := page.Reader{View: v}.Network(ctx, url.Values{})
			return err
		},
		func(ctx context.Context) error {
			_, err := s.quality.Find(ctx, g, record.Lens{}, s.today())
			return err
		},
	}
	if s.gate.on {
		steps = append(steps,
			search(record.Lens{Viewer: staff}),
			func(ctx context.Context) error {
				_, err := s.inbox.Items(ctx, g, staff, inbox.Filter{}, "")
				return err
			},
			g.FollowLog)
	}
	return steps
}
