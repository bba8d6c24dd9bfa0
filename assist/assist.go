// Package assist is the second reader: it asks a language model what a text
// names and says, and keeps what the text itself proves. It is off unless
// somebody names an endpoint, and nothing in the house depends on it.
//
// The model is reached over HTTP as most servers of models offer it
// (POST …/chat/completions). A text is read in this order:
//
//	piece.go    the main part is cut into pieces that overlap
//	prompt.go   the question, made of the tables of package record
//	client.go   the question asked, again where the server is busy
//	manner.go   less asked for where the server refuses something
//	answer.go   the answer taken apart, whatever it is
//	quote.go    where a name or a quote stands in the text
//	date.go     how much of a date the quote bears out
//	name.go, link.go    each finding held against the text, and kept or dropped
//
// The text is sent to the endpoint, and nothing else: no name that only the
// graph knows, no other text.
//
// A finding is kept when its quote stands in the piece that was asked about,
// byte for byte, within one line and in at most 600 bytes. (Package extract
// cuts sentences for itself only, so that a quote may join two of them.) A name
// must stand in its quote, a link join two names found, of kinds that the table
// of link types allows, and at least one of them must stand in its quote. Role
// and dates are dropped where the table or the quote does not bear them out.
//
// A text can try to talk to the model. All it can win is that the model quotes
// it: the answer is data, is run by nobody, and whatever it holds is a proposal
// with its quote, at a low confidence.
//
// Invariants, which the tests hold for any bytes as the answer: what was found
// before is unchanged and comes first; every span added lies in the main part
// on the edges of characters; a link that is added is one that package record
// accepts. A reading that fails is the reading as it was.
package assist

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
	"unicode"

	"lotigraph/extract"
	"lotigraph/record"
)

// Rule is the rule of everything that the model found.
const Rule = "model"

// Confidence is that of everything that the model found. Nobody has counted how
// often it is right, so it stands below one half, which a rule has that nobody
// counted.
const Confidence = 0.4

// The limits of one reading.
const (
	maxText   = 200_000 // bytes of the main part of a text
	maxNames  = 300     // names looked at, of one text
	maxLinks  = 300     // links looked at, of one text
	maxAnswer = 1 << 20 // bytes of an answer, its envelope included
)

// Options say which model reads.
type Options struct {
	URL     string        // of the API, as in http://127.0.0.1:11434/v1; its /chat/completions is asked
	Model   string        // as the server calls it
	Key     string        // sent as a bearer token; "" for none
	Timeout time.Duration // for one piece of a text, waiting and asking again included; 60 seconds when 0
	Client  *http.Client  // nil for one like http.DefaultClient; it is copied, and the copy follows no redirects
	Logger  *slog.Logger  // told counts, never words of a text; nil for none
}

// Reader asks one model. It may be used by several goroutines at once.
type Reader struct {
	host      string // what errors and the log call the server
	model     string
	request   func(context.Context, []byte) (*http.Request, error)
	echoesKey func(string) bool
	timeout   time.Duration
	client    *http.Client
	log       *slog.Logger
	prompt    string
	schema    any
	manner    atomic.Pointer[manner] // in which the server last answered
}

// New makes a reader. It asks nothing yet. A bad address, model or key is
// record.ErrInvalid.
func New(o Options) (*Reader, error) {
	address, err := endpoint(o.URL)
	if err != nil {
		return nil, err
	}
	model, key := strings.TrimSpace(o.Model), strings.TrimSpace(o.Key)
	switch {
	case model == "":
		return nil, record.Invalid("reader model", "it is empty; give the name by which the server at %s knows the model", address.Host)
	case len(model) > 200 || strings.ContainsFunc(model, unicode.IsControl):
		return nil, record.Invalid("reader model", "a name has at most 200 bytes and no control characters")
	case strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' }):
		return nil, record.Invalid("reader key", "it has a character that no key has, such as a space or a line break")
	case o.Timeout < 0:
		return nil, record.Invalid("reader timeout", "%s is below 0", o.Timeout)
	}
	r := &Reader{host: address.Host, model: model, timeout: o.Timeout, client: &http.Client{},
		log: o.Logger, prompt: prompt(), schema: schema()}
	r.request, r.echoesKey = secretly(address.String(), key)
	if r.timeout == 0 {
		r.timeout = time.Minute
	}
	if r.log == nil {
		r.log = slog.New(slog.DiscardHandler)
	}
	if o.Client != nil {
		*r.client = *o.Client
	}
	// A redirect would take the text, and perhaps the key, where nobody said.
	r.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	r.manner.Store(&manner{})
	return r, nil
}

// secretly keeps the key, and the address, whose query may hold another, inside
// two functions, so that no print of a Reader shows them.
func secretly(address, key string) (request func(context.Context, []byte) (*http.Request, error), echoes func(string) bool) {
	request = func(ctx context.Context, body []byte) (*http.Request, error) {
		q, err := http.NewRequestWithContext(ctx, http.MethodPost, address, bytes.NewReader(body))
		if err == nil && key != "" {
			q.Header.Set("Authorization", "Bearer "+key)
		}
		return q, err
	}
	return request, func(s string) bool { return shares(s, key, min(len(key), 8)) }
}

// endpoint is the address that is asked. What was given is not repeated in the
// error: it may hold a password.
func endpoint(given string) (*url.URL, error) {
	const example = "; it looks like http://127.0.0.1:11434/v1"
	u, err := url.Parse(strings.TrimSpace(given))
	switch {
	case strings.TrimSpace(given) == "":
		return nil, record.Invalid("reader URL", "it is empty"+example)
	case err != nil:
		return nil, record.Invalid("reader URL", "it is not a web address"+example)
	case u.Scheme != "http" && u.Scheme != "https":
		return nil, record.Invalid("reader URL", "it does not begin with http:// or https://"+example)
	case u.Hostname() == "":
		return nil, record.Invalid("reader URL", "it names no host"+example)
	case u.User != nil:
		return nil, record.Invalid("reader URL", "it holds a user name or password; give the key by itself")
	}
	u.Fragment, u.RawFragment = "", ""
	if path := strings.TrimSuffix(u.Path, "/"); strings.HasSuffix(path, "/chat/completions") {
		return u, nil
	}
	return u.JoinPath("chat/completions"), nil
}

// Failure says why a text was read without the model.
type Failure struct {
	Reason string // a sentence for a person; it holds no key and no word of the text
	cause  error  // context.Canceled or context.DeadlineExceeded, else nil
}

func (f *Failure) Error() string { return f.Reason }

func (f *Failure) Unwrap() error { return f.cause }

func (r *Reader) fail(format string, args ...any) error {
	return &Failure{Reason: "the model at " + r.host + " " + fmt.Sprintf(format, args...)}
}

// Read is the reading with what the model found besides, behind what was found
// before. Names that the lexicon knows become its records; known may be nil.
//
// When the model fails in any way, the reading comes back as it was, and the
// error, a [*Failure], says what happened: the caller tells somebody and goes
// on. The slices of the given reading are not touched.
func (r *Reader) Read(ctx context.Context, reading extract.Reading, known *extract.Lexicon) (extract.Reading, error) {
	main := reading.Text.Main
	if strings.TrimSpace(main.Of(reading.Text.Body)) == "" {
		return reading, nil
	}
	if main.Len() > maxText {
		return reading, &Failure{Reason: fmt.Sprintf("the text has %d bytes, and a model is asked about %d at most; it was read without", main.Len(), maxText)}
	}
	c := newCheck(reading, known)
	parts := pieces(reading.Text.Body, main)
	for _, piece := range parts {
		content, err := r.ask(ctx, piece.Of(reading.Text.Body))
		if err != nil {
			return reading, err
		}
		a, err := parseAnswer(content)
		if err != nil {
			return reading, r.fail("%s", err)
		}
		c.take(piece, a)
	}
	r.log.InfoContext(ctx, "a model read a text", "host", r.host, "pieces", len(parts),
		"names", len(c.reading.Found)-len(reading.Found), "links", len(c.reading.Relations)-len(reading.Relations), "dropped", c.dropped)
	return c.reading, nil
}

// stopped is the failure for a context that ended: the caller's, or the one that
// holds the timeout.
func (r *Reader) stopped(caller context.Context) error {
	if err := caller.Err(); err != nil {
		return &Failure{Reason: "reading with the model at " + r.host + " was stopped", cause: err}
	}
	return &Failure{Reason: fmt.Sprintf("the model at %s did not answer within %s", r.host, r.timeout), cause: context.DeadlineExceeded}
}
