package server

import (
	"compress/gzip"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// zip compresses larger answers for those who can read it. An answer is written in
// one piece or in large ones, so its first piece tells whether it is large; a
// compressor, which has to be wiped before every use, is only taken for one that
// is.
func zip(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Response()
		r.Header().Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
		if c.Request().Method == http.MethodHead || !strings.Contains(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip") {
			return next(c)
		}
		plain := r.Writer
		z := &zipped{ResponseWriter: plain, pool: &thorough}
		if c.Path() == "/graphql" {
			z.pool = &quick
		}
		r.Writer = z
		defer func() {
			z.close()
			r.Writer = plain
		}()
		return next(c)
	}
}

// zippedFrom is how many bytes are worth compressing: they would not fit into one
// packet.
const zippedFrom = 1400

// Compressors that are used again: for pages and files, and for programs, which
// ask often and from near.
var (
	thorough = sync.Pool{New: func() any { return compressor(5) }}
	quick    = sync.Pool{New: func() any { return compressor(gzip.BestSpeed) }}
)

func compressor(level int) *gzip.Writer {
	w, err := gzip.NewWriterLevel(io.Discard, level)
	if err != nil {
		panic(err) // there is no such level
	}
	return w
}

// zipped is an answer that is compressed if it turns out to be large.
type zipped struct {
	http.ResponseWriter
	pool   *sync.Pool
	status int // that was to be written; 0 until then
	began  bool
	writer *gzip.Writer // nil while nothing is compressed
}

// WriteHeader keeps the status until it is known how the body is written.
func (z *zipped) WriteHeader(status int) {
	if z.began || status < http.StatusOK {
		z.ResponseWriter.WriteHeader(status)
		return
	}
	z.status = status
}

// Write writes a piece of the body.
func (z *zipped) Write(p []byte) (int, error) {
	if !z.began {
		z.begin(p)
	}
	if z.writer != nil {
		return z.writer.Write(p)
	}
	return z.ResponseWriter.Write(p)
}

// begin decides by the size of the first piece.
func (z *zipped) begin(first []byte) {
	z.began = true
	h := z.Header()
	if len(first) >= zippedFrom && h.Get(echo.HeaderContentEncoding) == "" && z.status != http.StatusPartialContent {
		if h.Get(echo.HeaderContentType) == "" {
			h.Set(echo.HeaderContentType, http.DetectContentType(first))
		}
		h.Set(echo.HeaderContentEncoding, "gzip")
		h.Del(echo.HeaderContentLength)
		z.writer = z.pool.Get().(*gzip.Writer)
		z.writer.Reset(z.ResponseWriter)
	}
	if z.status != 0 {
		z.ResponseWriter.WriteHeader(z.status)
	}
}

// Flush sends what there is.
func (z *zipped) Flush() {
	if !z.began {
		z.begin(nil)
	}
	if z.writer != nil {
		z.writer.Flush() // what fails will fail again when the body ends
	}
	if f, ok := z.ResponseWriter.(http.Flusher); ok {
		f.Flush()
	}
}

// Unwrap is what is underneath, for http.ResponseController.
func (z *zipped) Unwrap() http.ResponseWriter { return z.ResponseWriter }

// close ends the body.
func (z *zipped) close() {
	if !z.began {
		z.begin(nil)
	}
	if z.writer == nil {
		return
	}
	z.writer.Close() // whoever asked is gone when this fails
	z.writer.Reset(io.Discard)
	z.pool.Put(z.writer)
	z.writer = nil
}
