package server

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"
)

// names tells whether a list of tags has one, weak or not; a star names any.
func names(list, tag string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if one = strings.TrimSpace(one); one == "*" || strings.TrimPrefix(one, "W/") == strings.TrimPrefix(tag, "W/") {
			return true
		}
	}
	return false
}

// The headers that say what an export is, beside the data version.
const (
	licenceHeader = "X-Licence"
	lensHeader    = "X-Lens"
)

// stream answers with what write writes, however long that takes: time is only up
// when nothing could be sent for a while. An answer that fails after it has begun
// is broken off, so that nobody takes it for whole.
func (s *Server) stream(c echo.Context, write func(io.Writer) error) error {
	err := write(&patientWriter{c.Response(), http.NewResponseController(c.Response())})
	if err == nil || !c.Response().Committed {
		return err
	}
	level := slog.LevelWarn
	if c.Request().Context().Err() != nil { // the caller went away
		level = slog.LevelInfo
	}
	s.log.Log(c.Request().Context(), level, "an answer was broken off", "request", idOf(c.Request().Context()), "path", c.Path(), "error", err)
	panic(http.ErrAbortHandler)
}

// patience is how long the reader of a stream may take for a piece of it.
const patience = time.Minute

// patientWriter gives each piece its own time to be sent.
type patientWriter struct {
	http.ResponseWriter
	control *http.ResponseController
}

func (w *patientWriter) Write(p []byte) (int, error) {
	if err := w.control.SetWriteDeadline(time.Now().Add(patience)); err != nil && !errors.Is(err, http.ErrNotSupported) {
		return 0, err
	}
	return w.ResponseWriter.Write(p)
}
