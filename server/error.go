package server

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"path"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"lotigraph/record"
	"lotigraph/server/internal/page"
)

// What can be wrong with a request beside the four errors of package record.
var (
	errUnauthenticated = errors.New("not signed in")
	errTooLarge        = errors.New("too large")
	errMethod          = errors.New("method not allowed")
	errMediaType       = errors.New("unsupported media type")
	errNotAcceptable   = errors.New("not acceptable")
	errUnavailable     = errors.New("not ready")
	errTooOften        = errors.New("too often")
	errTooDeep         = errors.New("operation too deep")
	errTooWide         = errors.New("operation too large")
	errTooCostly       = errors.New("operation too costly")
	errParse           = errors.New("not GraphQL")
	errValidation      = errors.New("not valid GraphQL")
)

// fault is an error as the world sees it.
type fault struct {
	status int
	code   string // of a GraphQL error, in extensions.code
	text   string // in words; "" lets the error speak for itself
}

// faults is the one table from errors to status, code and text. What is not in
// it is ours alone: it is logged, and its text is shown to nobody.
var faults = []struct {
	class error
	fault
}{
	{record.ErrNotFound, fault{http.StatusNotFound, "NOT_FOUND", ""}},
	{record.ErrInvalid, fault{http.StatusBadRequest, "BAD_USER_INPUT", ""}},
	{record.ErrConflict, fault{http.StatusConflict, "CONFLICT", ""}},
	{record.ErrForbidden, fault{http.StatusForbidden, "FORBIDDEN", ""}},
	{errUnauthenticated, fault{http.StatusUnauthorized, "UNAUTHENTICATED", ""}},
	{errTooLarge, fault{http.StatusRequestEntityTooLarge, "REQUEST_TOO_LARGE", ""}},
	{errMethod, fault{http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", ""}},
	{errMediaType, fault{http.StatusUnsupportedMediaType, "UNSUPPORTED_MEDIA_TYPE", ""}},
	{errNotAcceptable, fault{http.StatusNotAcceptable, "NOT_ACCEPTABLE", ""}},
	{errUnavailable, fault{http.StatusServiceUnavailable, "UNAVAILABLE", ""}},
	{errTooOften, fault{http.StatusTooManyRequests, "TOO_MANY_REQUESTS", ""}},
	{errTooDeep, fault{http.StatusBadRequest, "OPERATION_TOO_DEEP", ""}},
	{errTooWide, fault{http.StatusBadRequest, "OPERATION_TOO_LARGE", ""}},
	{errTooCostly, fault{http.StatusBadRequest, "OPERATION_TOO_COSTLY", ""}},
	{errParse, fault{http.StatusBadRequest, "GRAPHQL_PARSE_FAILED", ""}},
	{errValidation, fault{http.StatusBadRequest, "GRAPHQL_VALIDATION_FAILED", ""}},
	{context.DeadlineExceeded, fault{http.StatusServiceUnavailable, "TIMEOUT", "this took too long and was stopped; ask for less at a time"}},
	{context.Canceled, fault{statusGone, "CANCELLED", "the caller went away"}},
	{echo.ErrNotFound, fault{http.StatusNotFound, "NOT_FOUND", "there is nothing at this address; the front page at / says what is here"}},
	{echo.ErrStatusRequestEntityTooLarge, fault{http.StatusRequestEntityTooLarge, "REQUEST_TOO_LARGE", "this is more than is taken at once: a file may have 24 MB, another form 64 kB; the command lotigraph import has no such limit"}},
	{echo.ErrMethodNotAllowed, fault{http.StatusMethodNotAllowed, "METHOD_NOT_ALLOWED", "this address does not take that method; the Allow header says which it takes"}},
}

// statusGone is what logs of many servers call a caller who did not wait.
const statusGone = 499

// internal is every error that is not in the table.
var internal = fault{http.StatusInternalServerError, "INTERNAL_SERVER_ERROR",
	"something went wrong on our side; it is in the log under the request id"}

// judge finds an error in the table. The field is that of a refusal, "" else.
func judge(err error) (f fault, field string) {
	f = internal
	for _, row := range faults {
		if errors.Is(err, row.class) {
			f = row.fault
			break
		}
	}
	if f == internal {
		return f, ""
	}
	var r *record.Refusal
	if errors.As(err, &r) {
		field = r.Field
		if f.text == "" {
			f.text = r.Error()
		}
	}
	if f.text == "" {
		f.text = err.Error()
	}
	return f, field
}

// statusOf is the status that goes with a code.
func statusOf(code any) int {
	for _, row := range faults {
		if row.code == code {
			return row.status
		}
	}
	return internal.status
}

// refuse is a refusal of one of the classes of the table.
func refuse(class error, reason string) error { return &record.Refusal{Class: class, Reason: reason} }

// replyError is how every handler's error is answered: as GraphQL answers an
// error, or as a page for who prefers one.
func (s *Server) replyError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	f, field := judge(err)
	if f == internal {
		s.log.Error("request failed", "request", idOf(c.Request().Context()), "path", c.Path(), "error", err)
	}
	h := c.Response().Header()
	switch f.status {
	case http.StatusUnauthorized:
		h.Set(echo.HeaderWWWAuthenticate, "Bearer")
	case http.StatusServiceUnavailable:
		h.Set(echo.HeaderRetryAfter, "5")
	}
	if c.Path() == "/graphql" {
		s.metrics.refusal(f.code)
	}
	if c.Path() != "/graphql" && prefersPage(c.Request()) {
		err = s.site.render(c, f.status, s.undated(c, errorPage(c.Request(), err, f)))
	} else {
		err = s.reply(c, f.status, failure(c.Request().Context(), f, field))
	}
	if err != nil {
		s.log.Warn("the answer could not be written", "request", idOf(c.Request().Context()), "error", err)
	}
}

// errorTitles are what pages call what went wrong; the status's own name else.
var errorTitles = map[int]string{
	http.StatusBadRequest:            "There is a problem with what was asked",
	http.StatusUnauthorized:          "You need to sign in",
	http.StatusForbidden:             "You cannot do this",
	http.StatusNotFound:              "Page not found",
	http.StatusConflict:              "Somebody else changed this first",
	http.StatusRequestEntityTooLarge: "That is too large",
	http.StatusTooManyRequests:       "Please wait a moment",
	http.StatusInternalServerError:   "Sorry, something went wrong",
	http.StatusServiceUnavailable:    "Not ready yet",
}

// trouble is an error as a page shows it.
type trouble struct {
	Status  int
	Sent    bool // whether a form was sent, and not an address typed
	Text    string
	Without string // the same page without the parameter that is wrong, "" where that does not help
	Typed   string // words to look for instead
	History string // of the record, which staff may restore from it
	Back    string // where a form was sent from, "" for the front page
}

// errorPage is an error as a page shows it.
func errorPage(r *http.Request, err error, f fault) page.Shown {
	title, ok := errorTitles[f.status]
	if !ok {
		title = http.StatusText(f.status)
	}
	var refusal *record.Refusal
	t := trouble{Status: f.status, Text: sentence(f.text), Sent: r.Method != http.MethodGet && r.Method != http.MethodHead}
	if back := cameFrom(r); back != "/" {
		t.Back = back
	}
	switch {
	case t.Sent:
		if errors.As(err, &refusal) && f.text == refusal.Error() {
			t.Text = sentence(refusal.Reason) // the field is one of ours: the form showed no such thing
		}
	case f.status == http.StatusNotFound:
		if kind, words := recordAt(r.URL.Path); words != "" {
			t.Typed, t.Text = words, "There is no "+kind.Label()+" at this address. It may have been withdrawn."
			t.History = "/history?id=" + url.QueryEscape(string(record.NewID(kind, path.Base(r.URL.Path))))
		}
	case errors.As(err, &refusal) && f.text == refusal.Error() && refusal.Field != "":
		name, label := parameter(refusal.Field)
		t.Text, t.Without = sentence(label+": "+refusal.Reason), without(r.URL, name)
	}
	t.Text = page.Quoted(t.Text)
	return page.Shown{Template: "error.html", Title: title, Body: t}
}

// parameter is which parameter of an address a refused field is, and what people
// call it: "as_of.date" is as_of, "As of".
func parameter(field string) (name, label string) {
	name, _, _ = strings.Cut(strings.TrimPrefix(field, "filter."), ".")
	name, _, _ = strings.Cut(name, "[")
	if name == "q" {
		return name, "Search"
	}
	return name, record.Capital(strings.ReplaceAll(name, "_", " "))
}

// without is an address without a parameter, "" where it has none of that name.
func without(at *url.URL, name string) string {
	q := at.Query()
	if !q.Has(name) {
		return ""
	}
	q.Del(name)
	left := url.URL{Path: at.Path, RawQuery: q.Encode()}
	return left.String()
}

// recordAt is the kind of record that an address is of, and the words in it, for a
// search; none where it is the address of something else.
func recordAt(at string) (record.Kind, string) {
	slug, rest, ok := strings.Cut(strings.TrimPrefix(at, "/"), "/")
	kind, err := record.ParseKind(slug)
	if err != nil || !ok {
		return 0, ""
	}
	return kind, strings.TrimSpace(strings.NewReplacer("-", " ", "/", " ").Replace(rest))
}

// sentence begins with a capital and ends with a stop.
func sentence(s string) string {
	s = record.Capital(s)
	if !strings.HasSuffix(s, ".") {
		s += "."
	}
	return s
}

// failure is a fault as GraphQL says it. The request id is what a person can
// quote, so that we find what happened.
func failure(ctx context.Context, f fault, field string) *gqlerror.Error {
	e := &gqlerror.Error{Message: f.text, Extensions: map[string]any{"code": f.code}}
	if field != "" {
		e.Extensions["field"] = field
	}
	if f == internal {
		e.Extensions["requestId"] = idOf(ctx)
	}
	return e
}

// prefersPage tells whether the caller would rather read a page than JSON.
func prefersPage(r *http.Request) bool {
	accept := r.Header.Get("Accept")
	page := strings.Index(accept, "text/html")
	data := strings.Index(accept, "json")
	return page >= 0 && (data < 0 || page < data)
}
