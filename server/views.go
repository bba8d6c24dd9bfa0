package server

import (
	"context"
	"sync"

	"lotigraph/record"
	"lotigraph/server/internal/answer"
	"lotigraph/view"
)

// views are those that one request reads from: the one it began with, and after
// a mutation the one that holds it. They stay open until the request ends.
type views struct {
	publisher *view.Publisher
	viewer    record.Viewer

	mu   sync.Mutex
	open []*view.View
}

// openViews opens the newest view for a request.
func (s *Server) openViews(ctx context.Context) (*views, error) {
	v, err := s.publisher.Current()
	if err != nil {
		return nil, refuse(errUnavailable, "the index is still catching up; try again in a few seconds")
	}
	return &views{publisher: s.publisher, viewer: viewerOf(ctx), open: []*view.View{v}}, nil
}

func (v *views) close() {
	for _, open := range v.open {
		open.Close()
	}
}

// newest is the view opened last.
func (v *views) newest() *view.View {
	v.mu.Lock()
	defer v.mu.Unlock()
	return v.open[len(v.open)-1]
}

// reader reads what the request's viewer may see, through the given lens. Fields of
// a query ask side by side, and one that goes on behind a cursor opens another view.
func (v *views) reader(l *answer.Lens) answer.Reader {
	v.mu.Lock()
	defer v.mu.Unlock()
	return answer.Reader{View: v.open[0], Lens: record.Lens{Viewer: v.viewer}}.Through(l)
}

// behind is the view on which a list of search results goes on behind a cursor:
// the one it began on, for as long as that is kept.
func (v *views) behind(cursor string) (*view.View, error) {
	pinned, err := v.publisher.For(cursor)
	if err != nil {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.open = append(v.open, pinned)
	return pinned, nil
}

// after reads from a view that holds the numbered change, proposals included.
func (v *views) after(ctx context.Context, number uint64) (answer.Reader, error) {
	if err := v.publisher.Wait(ctx, number); err != nil {
		return answer.Reader{}, err
	}
	fresh, err := v.publisher.Current()
	if err != nil {
		return answer.Reader{}, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.open = append(v.open, fresh)
	return answer.Reader{View: fresh, Lens: record.Lens{Viewer: v.viewer, Proposed: true}}, nil
}

// viewsKey is where an operation's context keeps its views.
type viewsKey struct{}

func viewsOf(ctx context.Context) *views { return ctx.Value(viewsKey{}).(*views) }
