package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"lotigraph/record"
)

// remote is a running server, reached through GraphQL.
type remote struct {
	base  *url.URL
	token string // "" asks as the public
	here  bool   // it is this process
	http  http.Client
}

// remote reads the address of a server: "http://127.0.0.1:8080", or shorter.
func (p *program) remote(address string) (*remote, error) {
	full := address
	if !strings.Contains(full, "://") {
		full = "http://" + full
	}
	base, err := url.Parse(full)
	if err != nil || base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, record.Invalid("server", "%q is not the address of a server; write it like http://127.0.0.1:8080", address)
	}
	r := &remote{base: base, token: p.tokenFor(base)}
	if host := base.Hostname(); r.token != "" && base.Scheme == "http" && !isLoopback(host) && host != "localhost" {
		fmt.Fprintln(p.stderr, "lotigraph: the token is sent without encryption; use an https:// address where others can listen")
	}
	return r, nil
}

// reply is a GraphQL answer.
type reply struct {
	Data   json.RawMessage `json:"data"`
	Errors []struct {
		Message    string `json:"message"`
		Extensions struct {
			Code  string `json:"code"`
			Field string `json:"field"`
		} `json:"extensions"`
	} `json:"errors"`
}

// The codes of errors that a client treats apart.
const (
	codeUnavailable = "UNAVAILABLE"
	codeTooLarge    = "REQUEST_TOO_LARGE"
	codeBadInput    = "BAD_USER_INPUT"
	codeConflict    = "CONFLICT"
	codeNotFound    = "NOT_FOUND"
)

// ask runs an operation. It waits for a server that is still catching up.
func (r *remote) ask(ctx context.Context, query string, variables map[string]any, into any) error {
	body, err := json.Marshal(map[string]any{"query": query, "variables": variables})
	if err != nil {
		return err
	}
	const tries, pause = 20, 500 * time.Millisecond
	for try := 1; ; try++ {
		answer, err := r.send(ctx, body)
		if err != nil {
			return err
		}
		if len(answer.Errors) == 0 {
			return json.Unmarshal(answer.Data, into)
		}
		first := answer.Errors[0]
		if first.Extensions.Code != codeUnavailable || try == tries {
			return r.refusal(first.Extensions.Code, first.Extensions.Field, first.Message)
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(pause):
		}
	}
}

// refusal is the server's error as one of ours, when it is about what was sent.
func (r *remote) refusal(code, field, message string) error {
	switch code {
	case codeTooLarge, codeBadInput:
		return &record.Refusal{Class: record.ErrInvalid, Field: field, Reason: strings.TrimPrefix(message, field+": ")}
	case codeConflict:
		return record.Conflict("%s", message)
	case codeNotFound:
		return record.NotFound("%s", message)
	}
	if r.here {
		return errors.New(message)
	}
	if r.token == "" && (code == "UNAUTHENTICATED" || code == "FORBIDDEN") {
		message += "; this command has none to send: set " + tokenVariable
	}
	return fmt.Errorf("the server at %s says: %s", r.base, message)
}

// send posts an operation.
func (r *remote) send(ctx context.Context, body []byte) (answer reply, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, r.base.JoinPath("graphql").String(), bytes.NewReader(body))
	if err != nil {
		return answer, err
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "application/json")
	if r.token != "" {
		request.Header.Set("Authorization", "Bearer "+r.token)
	}
	response, err := r.http.Do(request)
	if err != nil {
		var failed *url.Error
		if ctx.Err() == nil && errors.As(err, &failed) {
			err = fmt.Errorf("no server answers at %s: %w", r.base, failed.Err)
		}
		return answer, err
	}
	defer response.Body.Close()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		return answer, fmt.Errorf("read the answer of %s: %w", r.base, err)
	}
	if answer, err = readReply(raw); err != nil || answer.Data == nil && answer.Errors == nil {
		return answer, fmt.Errorf("what answers at %s is not LOTI Graph (%s)", r.base, response.Status)
	}
	return answer, nil
}

// readReply reads a GraphQL answer, or an error that is told like one.
func readReply(raw []byte) (answer reply, err error) {
	err = json.Unmarshal(raw, &answer)
	return answer, err
}
