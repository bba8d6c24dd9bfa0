package server

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"lotigraph/record"
)

// gate knows the one token of this stage: its bearer is staff, and nobody else
// is more than the public.
type gate struct {
	sum [sha256.Size]byte // of the token
	on  bool
}

func newGate(token string) gate {
	return gate{sha256.Sum256([]byte(token)), token != ""}
}

// viewer says who sent a request. A wrong token is an error: whoever shows one
// means to be somebody, and would take the public's view for their own.
func (g gate) viewer(r *http.Request) (record.Viewer, error) {
	header := r.Header.Get("Authorization")
	if header == "" {
		return record.Viewer{}, nil
	}
	scheme, token, _ := strings.Cut(header, " ")
	sum := sha256.Sum256([]byte(strings.TrimSpace(token)))
	right := subtle.ConstantTimeCompare(sum[:], g.sum[:]) == 1
	switch {
	case !strings.EqualFold(scheme, "Bearer"):
		return record.Viewer{}, refuse(errUnauthenticated, "send the token as Authorization: Bearer TOKEN, or leave the header out")
	case !g.on:
		return record.Viewer{}, refuse(errUnauthenticated, "this server was started without a token, so it knows nobody; leave the Authorization header out")
	case !right:
		return record.Viewer{}, refuse(errUnauthenticated, "this is not the token of this server; leave the Authorization header out to read as the public")
	}
	return record.Viewer{Clearance: record.Staff, Name: "staff"}, nil
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
