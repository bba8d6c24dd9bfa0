package server_test

import (
	"context"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"lotigraph/server"
)

// A shutdown finishes the requests under way and takes no new ones.
func TestShutdown(t *testing.T) {
	base := start(t, server.Config{})
	s, err := server.New(base.store, base.publisher, base.importer, server.Config{})
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()

	// The body is sent only once the handler reads it: then the request is under way.
	client := http.Client{Transport: &http.Transport{ExpectContinueTimeout: time.Minute}}
	body, rest := io.Pipe()
	answered := make(chan string, 1)
	go func() {
		r, err := http.NewRequest(http.MethodPost, "http://"+l.Addr().String()+"/graphql", body)
		if err != nil {
			answered <- err.Error()
			return
		}
		r.Header.Set("Content-Type", "application/json")
		r.Header.Set("Expect", "100-continue")
		res, err := client.Do(r)
		if err != nil {
			answered <- err.Error()
			return
		}
		defer res.Body.Close()
		raw, _ := io.ReadAll(res.Body)
		answered <- string(raw)
	}()
	io.WriteString(rest, `{"query":"{ __type`)
	stop()
	time.Sleep(50 * time.Millisecond)
	select {
	case err := <-ended:
		t.Fatalf("it ended with a request under way: %v", err)
	default:
	}
	io.WriteString(rest, `name }"}`)
	rest.Close()
	if got := <-answered; !strings.Contains(got, `"__typename":"Query"`) {
		t.Errorf("the request under way: %s", got)
	}
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if _, err := http.Get("http://" + l.Addr().String() + "/healthz"); err == nil {
		t.Error("it still answers")
	}
}
