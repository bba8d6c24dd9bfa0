package server

import (
	"compress/gzip"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

// Large answers are compressed for those who can read it, and none is changed by
// that: small ones, pieces, what has no body, what fails.
func TestZip(t *testing.T) {
	large := strings.Repeat("Camden joined the playbook. ", 200)
	e := echo.New()
	e.Use(zip)
	e.Any("/graphql", func(c echo.Context) error { return c.Blob(http.StatusOK, "application/json", []byte(large)) })
	e.Any("/small", func(c echo.Context) error { return c.String(http.StatusOK, "few words") })
	e.Any("/pieces", func(c echo.Context) error {
		c.Response().WriteHeader(http.StatusAccepted)
		for range 3 {
			if _, err := io.WriteString(c.Response(), large); err != nil {
				return err
			}
			c.Response().Flush()
		}
		return nil
	})
	e.Any("/nothing", func(c echo.Context) error { return c.NoContent(http.StatusNotModified) })
	e.Any("/fails", func(c echo.Context) error { return errors.New("it failed") })
	s := httptest.NewServer(e)
	defer s.Close()
	for _, c := range []struct {
		method, path, accept string
		status               int
		encoding, body       string
	}{
		{"GET", "/graphql", "gzip", 200, "gzip", large},
		{"GET", "/graphql", "gzip", 200, "gzip", large}, // with what was used before
		{"GET", "/graphql", "", 200, "", large},
		{"HEAD", "/graphql", "gzip", 200, "", ""},
		{"GET", "/small", "gzip, br", 200, "", "few words"},
		{"GET", "/pieces", "gzip", 202, "gzip", large + large + large},
		{"GET", "/nothing", "gzip", 304, "", ""},
		{"GET", "/fails", "gzip", 500, "", `{"message":"Internal Server Error"}` + "\n"},
	} {
		r, err := http.NewRequest(c.method, s.URL+c.path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept-Encoding", c.accept)
		got, err := (&http.Transport{DisableCompression: true}).RoundTrip(r)
		if err != nil {
			t.Fatal(err)
		}
		var body io.Reader = got.Body
		if got.Header.Get("Content-Encoding") == "gzip" {
			if body, err = gzip.NewReader(got.Body); err != nil {
				t.Fatal(err)
			}
		}
		text, err := io.ReadAll(body)
		if err != nil || got.StatusCode != c.status || got.Header.Get("Content-Encoding") != c.encoding || string(text) != c.body ||
			got.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s %s for %q: %d %v, %d bytes, %v", c.method, c.path, c.accept, got.StatusCode, got.Header, len(text), err)
		}
		got.Body.Close()
	}
}
