package assist

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// The limits of asking again.
const (
	maxTries = 3
	maxWait  = 20 * time.Second // that a server may ask for between two tries
)

// refusal is the answer of a server that does not take the request as it is.
type refusal struct{ said string }

func (e *refusal) Error() string { return e.said }

// ask is what the model answers about a piece of a text. Its errors are
// failures for a person.
func (r *Reader) ask(caller context.Context, piece string) (string, error) {
	ctx, cancel := context.WithTimeout(caller, r.timeout)
	defer cancel()
	for m := *r.manner.Load(); ; {
		content, err := r.try(ctx, m, piece)
		var refused *refusal
		switch {
		case err == nil:
			r.manner.Store(&m)
			return content, nil
		case ctx.Err() != nil:
			return "", r.stopped(caller)
		case !errors.As(err, &refused):
			return "", err
		}
		less, ok := m.less(refused.said)
		if !ok {
			return "", r.fail("refuses the question%s", r.repeat(refused.said, piece))
		}
		m = less
	}
}

// try asks once, and again while the server is busy.
func (r *Reader) try(ctx context.Context, m manner, piece string) (string, error) {
	body, err := json.Marshal(r.chat(m, piece))
	if err != nil {
		return "", r.fail("cannot be asked: %s", err)
	}
	for tries := 1; ; tries++ {
		response, err := r.post(ctx, body)
		if err != nil {
			return "", r.fail("cannot be reached%s", r.repeat(plain(err), piece))
		}
		if !isBusy(response.StatusCode) {
			return r.read(response, piece)
		}
		response.Body.Close()
		if err := r.pause(ctx, response, tries); err != nil {
			return "", err
		}
	}
}

func (r *Reader) post(ctx context.Context, body []byte) (*http.Response, error) {
	request, err := r.request(ctx, body)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	request.Header.Set("User-Agent", "lotigraph")
	return r.client.Do(request)
}

func isBusy(status int) bool {
	return status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable
}

// pause waits before a busy server is asked again: as long as it says, else one
// second more each time. It fails at once where waiting would be in vain.
func (r *Reader) pause(ctx context.Context, response *http.Response, tries int) error {
	if tries == maxTries {
		return r.fail("is busy, or its allowance is used up (%d, %d times); import the text again later", response.StatusCode, tries)
	}
	wait, ok := retryAfter(response.Header.Get("Retry-After"), time.Now())
	if !ok {
		wait = time.Duration(tries) * time.Second
	}
	if end, _ := ctx.Deadline(); wait > maxWait || wait > time.Until(end) {
		return r.fail("is busy and wants to be asked again in %s; import the text again later", wait.Round(time.Second))
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// retryAfter reads how long a server wants to be left alone: seconds or a time.
func retryAfter(header string, now time.Time) (wait time.Duration, ok bool) {
	header = strings.TrimSpace(header)
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second, true
	}
	at, err := http.ParseTime(header)
	if err != nil {
		return 0, false
	}
	return max(at.Sub(now), 0), true
}

// read takes the answer of the model out of a response, which it closes.
func (r *Reader) read(response *http.Response, piece string) (string, error) {
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswer+1))
	switch status := response.StatusCode; {
	case err != nil:
		return "", r.fail("broke off its answer%s", r.repeat(plain(err), piece))
	case len(body) > maxAnswer:
		return "", r.fail("answered with more than %d bytes", maxAnswer)
	case status == http.StatusOK:
		content, err := contentOf(body)
		if err != nil {
			return "", r.fail("%s", err)
		}
		return content, nil
	case status == http.StatusBadRequest || status == http.StatusUnprocessableEntity:
		return "", &refusal{said(body)}
	case status == http.StatusUnauthorized || status == http.StatusForbidden:
		return "", r.fail("refuses the key, or wants one (%d)", status)
	case status == http.StatusNotFound:
		return "", r.fail("does not know the model %q, or its address is another: it often ends in /v1 (404)", r.model)
	case status >= 300 && status < 400:
		return "", r.fail("sends on to another address (%d), which is not followed; give that address", status)
	default:
		return "", r.fail("answered with an error: %d %s", status, http.StatusText(status))
	}
}

// contentOf is what the model wrote, out of the envelope of the API.
func contentOf(body []byte) (string, error) {
	var envelope struct {
		Choices []struct {
			Message struct {
				Content *string `json:"content"`
			} `json:"message"`
			FinishReason string `json:"finish_reason"`
		} `json:"choices"`
	}
	if err := json.Unmarshal(body, &envelope); err != nil || len(envelope.Choices) == 0 {
		return "", errors.New("did not answer as an OpenAI-compatible API does; see whether the address is right: it often ends in /v1")
	}
	choice := envelope.Choices[0]
	switch {
	case choice.FinishReason == "length":
		return "", errors.New("ran out of room for its answer; let the server give the model a longer context")
	case choice.Message.Content == nil || strings.TrimSpace(*choice.Message.Content) == "":
		return "", errors.New("gave no answer")
	}
	return *choice.Message.Content, nil
}

// said is why a server refuses, in its own words: one line, not long.
func said(body []byte) string {
	var answer struct {
		Error   json.RawMessage `json:"error"`
		Message string          `json:"message"`
	}
	if json.Unmarshal(body, &answer) != nil {
		return ""
	}
	var nested struct {
		Message string `json:"message"`
	}
	reason := answer.Message
	if json.Unmarshal(answer.Error, &reason) != nil && json.Unmarshal(answer.Error, &nested) == nil {
		reason = nested.Message
	}
	reason = strings.Join(strings.FieldsFunc(reason, func(c rune) bool { return unicode.IsSpace(c) || !unicode.IsPrint(c) }), " ")
	const enough = 200
	if len(reason) > enough {
		reason = strings.ToValidUTF8(reason[:enough], "") + "…"
	}
	return reason
}

// repeat is what somebody else said, for the end of a sentence of ours; "" when
// it holds some of the key or of the text.
func (r *Reader) repeat(reason, piece string) string {
	const run = 16 // bytes of the text that no message shares with it by chance
	if reason == "" || r.echoesKey(reason) || shares(reason, piece, run) {
		return ""
	}
	return ": " + reason
}

// plain is an error of the HTTP client without the address, whose query may
// hold a secret.
func plain(err error) string {
	var asked *url.Error
	if errors.As(err, &asked) {
		err = asked.Err
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return "it closed the connection"
	}
	return fmt.Sprint(err)
}
