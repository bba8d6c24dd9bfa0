package server

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"lotigraph/record"
)

// gate knows the one token of this stage: its bearer is staff, and nobody else
// is more than the public.
type gate struct {
	sum    [sha256.Size]byte // of the token
	on     bool
	key    []byte // seals sessions
	cookie string // the name of the cookie that carries one
	now    func() time.Time
}

func newGate(c Config) gate {
	g := gate{sum: sha256.Sum256([]byte(c.Token)), on: c.Token != "", key: sessionKey(c.Token), cookie: "lotigraph", now: c.Now}
	if strings.HasPrefix(c.PublicURL, "https://") {
		g.cookie = "__Host-lotigraph" // no other site of the same domain can set it
	}
	return g
}

// knows tells whether this is the server's token.
func (g gate) knows(token string) bool {
	sum := sha256.Sum256([]byte(token))
	return g.on && subtle.ConstantTimeCompare(sum[:], g.sum[:]) == 1
}

// viewer says who sent a request. A wrong token is an error: whoever shows one
// means to be somebody, and would take the public's view for their own.
func (g gate) viewer(r *http.Request) (record.Viewer, error) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return g.session(r), nil
	}
	scheme, token, _ := strings.Cut(header, " ")
	switch {
	case !strings.EqualFold(scheme, "Bearer"):
		return record.Viewer{}, refuse(errUnauthenticated, "send the token as Authorization: Bearer TOKEN, or leave the header out")
	case !g.on:
		return record.Viewer{}, refuse(errUnauthenticated, "this server was started without a token, so it knows nobody; leave the Authorization header out")
	case !g.knows(strings.TrimSpace(token)):
		return record.Viewer{}, refuse(errUnauthenticated, "this is not the token of this server; leave the Authorization header out to read as the public")
	}
	return staffViewer, nil
}

// staffViewer is whoever shows the token.
var staffViewer = record.Viewer{Clearance: record.Staff, Name: "staff"}

// session is who signed in with this browser: nobody, when the session is over.
func (g gate) session(r *http.Request) record.Viewer {
	cookie, err := r.Cookie(g.cookie)
	if err != nil || !g.on || !holds(g.key, cookie.Value, g.now()) {
		return record.Viewer{}
	}
	return staffViewer
}

// mayChange says whether a viewer may change anything.
func (g gate) mayChange(w record.Viewer) error {
	switch {
	case w.Clearance == record.Staff:
		return nil
	case !g.on:
		return refuse(record.ErrForbidden, "changes are switched off: this server was started without LOTIGRAPH_TOKEN")
	}
	return refuse(errUnauthenticated, "this needs the header Authorization: Bearer TOKEN")
}

// viewerKey is where a request's context keeps who sent it.
type viewerKey struct{}

func viewerOf(ctx context.Context) record.Viewer {
	w, _ := ctx.Value(viewerKey{}).(record.Viewer)
	return w
}

// identify finds out who sent the request.
func (s *Server) identify(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		w, err := s.gate.viewer(c.Request())
		if err != nil {
			return err
		}
		r := c.Request()
		c.SetRequest(r.WithContext(context.WithValue(r.Context(), viewerKey{}, w)))
		return next(c)
	}
}
