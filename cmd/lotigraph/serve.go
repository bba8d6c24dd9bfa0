package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"time"

	"lotigraph/server"
	"lotigraph/view"
)

// serveFlags are what a server is told.
type serveFlags struct {
	data, addr, publicURL, licence, contact, origins, log string
	seed, localToken, reindex                             bool
	second                                                secondFlags
}

func (p *program) serveFlags(args []string) (c serveFlags, err error) {
	f := p.flags("serve", "", `Answers on an address until it is stopped: GraphQL at /graphql, GraphiQL at /graphiql, pages at /.
An empty data folder gets the starter programme first. Changes need a token: LOTIGRAPH_TOKEN, or on
this machine the local token that commands with --server find by themselves.`)
	data := f.data("data")
	f.StringVar(&c.addr, "addr", "127.0.0.1:8080", "the `HOST:PORT` to listen on; port 0 takes any free one")
	f.BoolVar(&c.seed, "seed", true, "load the starter programme into an empty data folder")
	f.BoolVar(&c.reindex, "reindex", false, "make the index anew from the graph before answering")
	f.StringVar(&c.publicURL, "public-url", "", "where the world reaches this server, such as https://graph.example.org")
	f.StringVar(&c.contact, "contact", "", "whom people write to about these pages, for the accessibility statement")
	f.StringVar(&c.licence, "licence", "", "under which licence the data may be used (\"not stated\" when left out)")
	f.StringVar(&c.origins, "cors-origins", "", "the web `ORIGINS` whose scripts may ask, parted by commas; none when left out")
	f.BoolVar(&c.localToken, "local-token", true, "without LOTIGRAPH_TOKEN, on a loopback address: let this user's own commands make changes")
	c.second = f.second()
	f.StringVar(&c.log, "log", "text", "how to write the log: text or json")
	rest, err := f.parse(args)
	c.data = *data
	switch {
	case err != nil:
	case len(rest) > 0:
		err = misuse{"serve", fmt.Sprintf("serve takes no arguments, and got %q", rest[0])}
	case *c.second.url != "" && *c.second.model == "":
		err = misuse{"serve", "serve: --reader-url needs --reader-model, the name by which that server knows the model"}
	case c.log != "text" && c.log != "json":
		err = misuse{"serve", fmt.Sprintf("serve: --log is text or json, not %q", c.log)}
	}
	return c, err
}

// serve runs the service until the context ends.
func (p *program) serve(ctx context.Context, args []string) error {
	c, err := p.serveFlags(args)
	if err != nil {
		return err
	}
	log := p.log(c.log)
	f, err := openFolder(c.data, log)
	if err != nil {
		return err
	}
	if c.reindex {
		err = f.index.Rebuild()
	}
	if err == nil {
		err = p.serveFolder(ctx, f, c, log)
	}
	return errors.Join(err, f.close())
}

// serveFolder listens first, so that a port in use is known at once; who asks
// while the starter programme is being loaded is answered after it.
func (p *program) serveFolder(ctx context.Context, f *folder, c serveFlags, log *slog.Logger) error {
	listener, err := net.Listen("tcp", c.addr)
	if err != nil {
		return fmt.Errorf("listen on %s: %w; choose another address with --addr", c.addr, err)
	}
	defer listener.Close()
	access, err := p.access(listener.Addr(), c.localToken)
	if err != nil {
		log.Warn("there is no local token", "error", err)
	}
	defer access.end()
	if err := p.starter(ctx, f, c.seed, log); err != nil {
		return err
	}

	if err := p.readWith(f.importer, c.second, log); err != nil {
		return err
	}
	publisher := view.New(f.store, f.index, log)
	s, err := server.New(f.store, publisher, f.importer, server.Config{Token: access.token, PublicURL: c.publicURL,
		Licence: c.licence, Contact: c.contact, CORSOrigins: origins(c.origins), Logger: log})
	if err != nil {
		return err
	}
	publishing, stop := context.WithCancel(context.WithoutCancel(ctx)) // it outlives the requests
	published := make(chan error, 1)
	go func() { published <- publisher.Run(publishing) }()
	defer func() { stop(); <-published }()

	wait, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if publisher.Wait(wait, f.store.Version()) != nil && ctx.Err() == nil {
		log.Warn("the index is still catching up with the graph; until it has, GraphQL and /readyz answer that they are not ready")
	}
	log.Info("listening", "url", addressOf(listener), "data", c.data, "version", f.store.Version(), "changes", access.how)
	err = s.Serve(ctx, listener)
	log.Info("stopped")
	return err
}

// addressOf is where a browser on this machine reaches the listener.
func addressOf(l net.Listener) string {
	at := l.Addr().String()
	if host, port, err := net.SplitHostPort(at); err == nil && net.ParseIP(host).IsUnspecified() {
		at = net.JoinHostPort("localhost", port)
	}
	return "http://" + at
}

// starter loads the starter programme where it is wanted.
func (p *program) starter(ctx context.Context, f *folder, wanted bool, log *slog.Logger) error {
	begun := time.Now()
	bar := p.bar(false)
	loaded, err := f.prepare(ctx, wanted, bar.show)
	bar.clear()
	if loaded {
		log.Info("the starter programme was loaded", "took", time.Since(begun).Round(time.Millisecond))
	}
	return err
}

func origins(list string) []string {
	var origins []string
	for part := range strings.SplitSeq(list, ",") {
		if part = strings.TrimSpace(part); part != "" {
			origins = append(origins, part)
		}
	}
	return origins
}

// log is the log of a server.
func (p *program) log(format string) *slog.Logger {
	if format == "json" {
		return slog.New(slog.NewJSONHandler(p.stderr, nil))
	}
	return slog.New(slog.NewTextHandler(p.stderr, nil))
}
