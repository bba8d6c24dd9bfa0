package assist

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"lotigraph/extract"
	"lotigraph/record"
)

const secret = "sk-a-key-that-nobody-may-see"

// asked is a request as a server of models sees it.
type asked struct {
	Model       string
	Messages    []message
	Temperature *float64
	Format      *struct {
		Type   string
		Schema json.RawMessage `json:"json_schema"`
	} `json:"response_format"`
}

// served starts a server of models and gives a reader of it. Nothing that the
// reader logs may hold the key or a word of the text.
func served(t *testing.T, o Options, handle func(http.ResponseWriter, *http.Request, asked)) *Reader {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		var a asked
		if err := json.NewDecoder(q.Body).Decode(&a); err != nil {
			t.Errorf("the request is no JSON: %v", err)
		}
		handle(w, q, a)
	}))
	t.Cleanup(server.Close)
	if o.URL == "" {
		o.URL = server.URL + "/v1"
	}
	return reader(t, o)
}

func reader(t *testing.T, o Options) *Reader {
	t.Helper()
	var log bytes.Buffer
	o.Model, o.Key, o.Logger = "small", secret, slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	r, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	if shown := fmt.Sprintf("%+v %#v", r, r); strings.Contains(shown, secret) {
		t.Error("a print of the reader shows the key")
	}
	t.Cleanup(func() {
		if strings.Contains(log.String(), secret) || strings.Contains(log.String(), "Tessellate") {
			t.Errorf("logged: %s", log.String())
		}
	})
	return r
}

// write answers as the API does, with what the model wrote.
func write(w http.ResponseWriter, content string) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]any{"choices": []any{
		map[string]any{"message": message{"assistant", content}, "finish_reason": "stop"}}})
}

const tessellate = `{"names":[{"kind":"PARTNER","name":"Tessellate","quote":"` + meeting + `","role":"","organisation":""}],"links":[]}`

// reads reads the note, which must go well.
func reads(t *testing.T, r *Reader) {
	t.Helper()
	before := read(note)
	after, err := r.Read(t.Context(), before, lexicon())
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(before, read(note)) {
		t.Error("the reading handed in was changed")
	}
	if len(after.Found) != len(before.Found)+1 || after.Found[len(before.Found)].Name != "Tessellate" {
		t.Errorf("read\n%s", found(after))
	}
}

// fails reads the note, which must fail, change nothing and tell no secret.
func fails(t *testing.T, ctx context.Context, r *Reader) string {
	t.Helper()
	before := read(note)
	after, err := r.Read(ctx, before, lexicon())
	var failure *Failure
	if !errors.As(err, &failure) {
		t.Fatalf("the error is %v", err)
	}
	if !reflect.DeepEqual(before, after) {
		t.Error("a failure changed the reading")
	}
	if said := fmt.Sprintf("%s %+v", err, failure); strings.Contains(said, secret) || strings.Contains(said, "Tessellate") || len(said) > 2000 {
		t.Errorf("the failure says too much: %s", said)
	}
	return err.Error()
}

func TestAnswersWell(t *testing.T) {
	r := served(t, Options{}, func(w http.ResponseWriter, q *http.Request, a asked) {
		if q.Method != http.MethodPost || q.URL.Path != "/v1/chat/completions" || q.Header.Get("Authorization") != "Bearer "+secret {
			t.Errorf("%s %s, %q", q.Method, q.URL, q.Header.Get("Authorization"))
		}
		if a.Model != "small" || a.Temperature == nil || *a.Temperature != 0 || a.Format == nil || a.Format.Type != "json_schema" {
			t.Errorf("asked %+v", a)
		}
		if len(a.Messages) != 2 || a.Messages[0].Content != prompt() || !strings.Contains(a.Messages[1].Content, meeting) {
			t.Errorf("asked %+v", a.Messages)
		}
		for _, private := range []string{"© LOTI", "Ann Lee", "Lamplight"} { // furniture, byline, what the graph knows
			if strings.Contains(a.Messages[1].Content, private) {
				t.Errorf("%s was sent", private)
			}
		}
		write(w, tessellate)
	})
	reads(t, r)
}

func TestAnswersWrongly(t *testing.T) {
	long := strings.Repeat("x", maxAnswer)
	for why, c := range map[string]struct {
		status     int
		body, says string
	}{
		"an error page":         {200, "<!DOCTYPE html><title>Login</title>", "OpenAI-compatible"},
		"another API":           {200, `{"ok":true}`, "OpenAI-compatible"},
		"no choices":            {200, `{"choices":[]}`, "OpenAI-compatible"},
		"nothing":               {200, "", "OpenAI-compatible"},
		"no content":            {200, `{"choices":[{"message":{"content":null}}]}`, "gave no answer"},
		"a refusal in words":    {200, `{"choices":[{"message":{"content":"I cannot."}}]}`, "form asked for"},
		"truncated JSON":        {200, `{"choices":[{"message":{"content":"{\"names\":[{\"kind\":\"PARTNER\""}}]}`, "form asked for"},
		"a truncated envelope":  {200, `{"choices":[{"message":`, "OpenAI-compatible"},
		"cut short":             {200, `{"choices":[{"message":{"content":"{"},"finish_reason":"length"}]}`, "ran out of room"},
		"too much":              {200, `{"choices":[{"message":{"content":"` + long + `"}}]}`, "more than 1048576 bytes"},
		"too much of an error":  {500, long + long, "more than 1048576 bytes"},
		"a wrong key":           {401, `{"error":{"message":"Incorrect API key: ` + secret + `"}}`, "refuses the key"},
		"no such model":         {404, `{"error":"model not found"}`, `does not know the model "small"`},
		"an internal error":     {500, "oops: " + secret, "500 Internal Server Error"},
		"a bad gateway":         {502, "<html>", "502 Bad Gateway"},
		"a refusal":             {400, `{"error":{"message":"context of 512 tokens\n exceeded"}}`, "refuses the question: context of 512 tokens exceeded"},
		"a refusal as a string": {422, `{"error":"context exceeded"}`, "refuses the question: context exceeded"},
		"a long refusal":        {400, `{"message":"` + strings.Repeat("é", 5000) + `"}`, "é…"},
		"echoes the key":        {400, `{"error":{"message":"bad header Bearer ` + secret[:20] + `"}}`, "refuses the question"},
		"echoes the text":       {400, `{"error":{"message":"bad input: ` + meeting[30:] + `"}}`, "refuses the question"},
		"sends elsewhere":       {307, "", "another address"},
	} {
		t.Run(why, func(t *testing.T) {
			r := served(t, Options{}, func(w http.ResponseWriter, _ *http.Request, _ asked) {
				if c.status == http.StatusTemporaryRedirect {
					w.Header().Set("Location", "http://192.0.2.1/v1?key="+secret)
				}
				w.WriteHeader(c.status)
				io.WriteString(w, c.body)
			})
			if said := fails(t, t.Context(), r); !strings.Contains(said, c.says) {
				t.Errorf("it says: %s", said)
			}
		})
	}
}

// Neither the text nor the key goes where a server points.
func TestRedirectsAreNotFollowed(t *testing.T) {
	var followed atomic.Bool
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		followed.Store(true)
		write(w, tessellate)
	}))
	defer other.Close()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return nil }}
	for _, status := range []int{301, 302, 303, 307, 308} {
		r := served(t, Options{Client: client}, func(w http.ResponseWriter, q *http.Request, _ asked) {
			http.Redirect(w, q, other.URL, status)
		})
		fails(t, t.Context(), r)
	}
	if followed.Load() {
		t.Error("a redirect was followed")
	}
}

func TestDoesNotAnswer(t *testing.T) {
	t.Run("refused", func(t *testing.T) {
		server := httptest.NewServer(http.NotFoundHandler())
		server.Close()
		r := reader(t, Options{URL: server.URL + "?key=" + secret})
		if said := fails(t, t.Context(), r); !strings.Contains(said, "cannot be reached") {
			t.Errorf("it says: %s", said)
		}
	})
	t.Run("closes the connection", func(t *testing.T) {
		r := served(t, Options{}, func(http.ResponseWriter, *http.Request, asked) { panic(http.ErrAbortHandler) })
		if said := fails(t, t.Context(), r); !strings.Contains(said, "closed the connection") {
			t.Errorf("it says: %s", said)
		}
	})
	t.Run("closes it half way", func(t *testing.T) {
		r := served(t, Options{}, func(w http.ResponseWriter, _ *http.Request, _ asked) {
			w.Header().Set("Content-Length", "1000")
			io.WriteString(w, `{"choices":[`)
		})
		if said := fails(t, t.Context(), r); !strings.Contains(said, "closed the connection") {
			t.Errorf("it says: %s", said)
		}
	})
}

func TestAnswersSlowly(t *testing.T) {
	slow := func(_ http.ResponseWriter, q *http.Request, _ asked) { <-q.Context().Done() }
	t.Run("longer than the timeout", func(t *testing.T) {
		r := served(t, Options{Timeout: 20 * time.Millisecond}, slow)
		if said := fails(t, t.Context(), r); !strings.Contains(said, "did not answer within 20ms") {
			t.Errorf("it says: %s", said)
		}
	})
	t.Run("drop by drop", func(t *testing.T) {
		r := served(t, Options{Timeout: 50 * time.Millisecond}, func(w http.ResponseWriter, q *http.Request, a asked) {
			io.WriteString(w, `{"choices":[`)
			w.(http.Flusher).Flush()
			slow(w, q, a)
		})
		if said := fails(t, t.Context(), r); !strings.Contains(said, "did not answer within 50ms") {
			t.Errorf("it says: %s", said)
		}
	})
	t.Run("and nobody waits", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		r := served(t, Options{}, func(w http.ResponseWriter, q *http.Request, a asked) {
			cancel()
			slow(w, q, a)
		})
		if said := fails(t, ctx, r); !strings.Contains(said, "was stopped") {
			t.Errorf("it says: %s", said)
		}
		if _, err := r.Read(ctx, read(note), nil); !errors.Is(err, context.Canceled) {
			t.Errorf("the error is %v", err)
		}
	})
	t.Run("and nobody waits for the next try", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		r := served(t, Options{}, func(w http.ResponseWriter, _ *http.Request, _ asked) {
			w.Header().Set("Retry-After", "15")
			w.WriteHeader(http.StatusServiceUnavailable)
			time.AfterFunc(20*time.Millisecond, cancel)
		})
		if said := fails(t, ctx, r); !strings.Contains(said, "was stopped") {
			t.Errorf("it says: %s", said)
		}
	})
}

func TestBusyServers(t *testing.T) {
	busy := func(after string, times int32) (*Reader, *atomic.Int32) {
		var count atomic.Int32
		return served(t, Options{}, func(w http.ResponseWriter, _ *http.Request, _ asked) {
			if count.Add(1) <= times {
				w.Header().Set("Retry-After", after)
				w.WriteHeader([]int{http.StatusTooManyRequests, http.StatusServiceUnavailable}[count.Load()%2])
				return
			}
			write(w, tessellate)
		}), &count
	}
	for _, after := range []string{"0", "Mon, 02 Jan 2006 15:04:05 GMT"} {
		r, _ := busy(after, 2)
		reads(t, r)
	}
	for _, c := range []struct {
		after, says string
		asked       int32
	}{{"0", "is busy", maxTries}, {"3600", "asked again in 1h0m0s", 1}} {
		r, count := busy(c.after, 99)
		if said := fails(t, t.Context(), r); !strings.Contains(said, c.says) || count.Load() != c.asked {
			t.Errorf("asked %d times; it says: %s", count.Load(), said)
		}
	}
	for header, want := range map[string]bool{"": false, "soon": false, "-1": false, "7": true, "99999999999999999999": false} {
		if wait, ok := retryAfter(header, time.Now()); ok != want || wait < 0 {
			t.Errorf("%q: %s, %t", header, wait, ok)
		}
	}
}

// A server that does not know the form of the answer, or has one temperature
// only, is asked for less, and from then on at once.
func TestServersThatKnowLess(t *testing.T) {
	for name, c := range map[string]struct {
		refuses func(asked) string
		want    string
	}{
		"no schema": {func(a asked) string {
			return sentence(a.Format != nil && a.Format.Type == "json_schema", "unknown type")
		}, "json_object 0"},
		"no format":        {func(a asked) string { return sentence(a.Format != nil, "response_format: extra field") }, "none 0"},
		"no temperature":   {func(a asked) string { return sentence(a.Temperature != nil, "Unsupported value: 'temperature'") }, "json_schema none"},
		"neither, and mum": {func(a asked) string { return sentence(a.Format != nil || a.Temperature != nil, "no") }, "none none"},
	} {
		t.Run(name, func(t *testing.T) {
			var manners []string
			r := served(t, Options{}, func(w http.ResponseWriter, _ *http.Request, a asked) {
				format, temperature := "none", "none"
				if a.Format != nil {
					format = a.Format.Type
				}
				if a.Temperature != nil {
					temperature = fmt.Sprint(*a.Temperature)
				}
				manners = append(manners, format+" "+temperature)
				if reason := c.refuses(a); reason != "" {
					w.WriteHeader(http.StatusBadRequest)
					json.NewEncoder(w).Encode(map[string]any{"error": map[string]any{"message": reason}})
					return
				}
				write(w, tessellate)
			})
			reads(t, r)
			if manners[len(manners)-1] != c.want || slices.Index(manners, c.want) != len(manners)-1 {
				t.Errorf("asked in the manners %q", manners)
			}
			first := len(manners)
			reads(t, r)
			if len(manners) != first+1 || manners[first] != c.want {
				t.Errorf("asked again in the manners %q", manners[first:])
			}
		})
	}
}

func sentence(when bool, s string) string {
	if when {
		return s
	}
	return ""
}

// A long text is read piece by piece, and one failure leaves it as it was.
func TestLongText(t *testing.T) {
	body := strings.Replace(note, "It was a wet", strings.Repeat("Nothing happened again today. ", 700)+"\nIt was a wet", 1)
	var asks atomic.Int32
	r := served(t, Options{}, func(w http.ResponseWriter, _ *http.Request, a asked) {
		asks.Add(1)
		if n := len(a.Messages[1].Content); n > maxPiece+50 {
			t.Errorf("asked about %d bytes", n)
		}
		write(w, tessellate) // of a piece that does not hold it, it is dropped
	})
	after, err := r.Read(t.Context(), read(body), lexicon())
	if err != nil || asks.Load() < 4 || !strings.Contains(found(after), "PARTNER Tessellate ×1 [model]") {
		t.Errorf("after %d questions, %v:\n%s", asks.Load(), err, found(after))
	}
	asks.Store(0)
	r = served(t, Options{}, func(w http.ResponseWriter, _ *http.Request, _ asked) {
		if asks.Add(1) == 4 {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		write(w, tessellate)
	})
	before := read(body)
	if after, err := r.Read(t.Context(), before, lexicon()); err == nil || !reflect.DeepEqual(before, after) {
		t.Errorf("%v:\n%s", err, found(after))
	}
	asks.Store(0)
	huge := extract.Reading{Text: record.Text{Body: strings.Repeat("a ", maxText), Main: record.Span{End: 2 * maxText}}}
	if _, err := r.Read(t.Context(), huge, nil); err == nil || asks.Load() > 0 {
		t.Errorf("a text of %d bytes: %v", len(huge.Text.Body), err)
	}
	if _, err := r.Read(t.Context(), extract.Reading{}, nil); err != nil || asks.Load() > 0 {
		t.Errorf("no text: %v", err)
	}
}

func TestNew(t *testing.T) {
	for _, o := range []Options{
		{URL: "", Model: "m"}, {URL: "localhost:11434/v1", Model: "m"}, {URL: "ftp://x/v1", Model: "m"}, {URL: "http://", Model: "m"},
		{URL: "http://me:" + secret + "@x/v1", Model: "m"}, {URL: "http://%zz/" + secret, Model: "m"}, {URL: "http://x/v1"}, {URL: "http://x/v1", Model: "a\nb"},
		{URL: "http://x/v1", Model: "m", Key: secret + "\nX-Other: y"}, {URL: "http://x/v1", Model: "m", Timeout: -1},
	} {
		if _, err := New(o); !errors.Is(err, record.ErrInvalid) || strings.Contains(err.Error(), secret) {
			t.Errorf("%q: %v", o.URL, err)
		}
	}
	for given, want := range map[string]string{
		"http://127.0.0.1:11434/v1":               "http://127.0.0.1:11434/v1/chat/completions",
		" https://ai.example.org/openai/v1/ ":     "https://ai.example.org/openai/v1/chat/completions",
		"http://x/v1/chat/completions":            "http://x/v1/chat/completions",
		"https://x/deployments/d?api-version=1#f": "https://x/deployments/d/chat/completions?api-version=1",
	} {
		r, err := New(Options{URL: given, Model: "m", Key: " key\n"})
		if err != nil {
			t.Fatal(err)
		}
		if q, err := r.request(t.Context(), nil); err != nil || q.URL.String() != want || q.Header.Get("Authorization") != "Bearer key" {
			t.Errorf("%q is asked at %q, %v", given, q.URL, err)
		}
	}
}
