package main

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/url"

	"lotigraph/server"
	"lotigraph/view"
)

// session is where commands that review and edit work: a running server, or a
// data folder, for which this process serves it to itself. Both are asked through
// GraphQL, so that a command is written once and does the same everywhere.
type session struct {
	*remote
	end func() error
}

// session opens a server, or the data folder when no server is named.
func (p *program) session(ctx context.Context, data, address string) (*session, error) {
	return p.sessionOf(ctx, data, address, server.Config{})
}

// sessionOf is session where a folder is to be served in some way.
func (p *program) sessionOf(ctx context.Context, data, address string, c server.Config) (*session, error) {
	if address != "" {
		r, err := p.remote(address)
		return &session{r, func() error { return nil }}, err
	}
	f, err := existingFolder(data, p.quiet())
	if err != nil {
		return nil, err
	}
	publisher := view.New(f.store, f.index, p.quiet())
	running, stop := context.WithCancel(context.WithoutCancel(ctx))
	ended := make(chan error, 1)
	go func() { ended <- publisher.Run(running) }()
	end := func() error {
		stop()
		<-ended
		return f.close()
	}
	token := rand.Text()
	c.Token, c.Logger, c.OnDemand = token, p.quiet(), true
	s, err := server.New(f.store, publisher, f.importer, c)
	if err == nil {
		err = publisher.Wait(ctx, f.store.Version())
	}
	if err != nil {
		return nil, errors.Join(err, end())
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("listen on this machine: %w", err), end())
	}
	served := make(chan error, 1)
	go func() { served <- s.Serve(running, listener) }()
	here := &url.URL{Scheme: "http", Host: listener.Addr().String()}
	return &session{&remote{base: here, token: token, here: true}, func() error {
		stop()
		return errors.Join(<-served, end())
	}}, nil
}
