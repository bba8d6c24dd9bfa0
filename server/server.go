// Package server answers over HTTP: GraphQL, and the pages around it. It is the
// only package that imports echo and gqlgen.
//
//	request → id, log, metrics → security → who asks → route → reply
//
// Everything one answer says comes from one view of the data (views.go), except
// that a mutation's payload comes from the first view that holds the mutation.
// Resolvers are thin: they turn arguments into a call and its result into the
// shapes of package answer. Handlers return errors, and one table (error.go)
// turns an error into a status, a code and a text, for GraphQL and for pages.
//
// What an operation may take is measured before it runs (limits.go); what a
// request may look like is decided in transport.go.
package server

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"lotigraph/graph"
	"lotigraph/inbox"
	"lotigraph/ingest"
	"lotigraph/quality"
	"lotigraph/view"
)

// Config is what a server can be told; the zero value serves reads only.
type Config struct {
	Token       string           // lets its bearer see everything and change it; "" switches changes off
	PublicURL   string           // where the world reaches the server; HSTS is on when it is https
	Licence     string           // under which the data may be used; "not stated" when empty
	Contact     string           // of those who run the service, for the accessibility statement; may be empty
	CORSOrigins []string         // the origins whose scripts may ask; none by default
	Limits      Limits           // a zero field has its default
	Logger      *slog.Logger     // nil logs nothing
	Now         func() time.Time // the clock; time.Now when nil
	OnDemand    bool             // nothing is made before it is asked for: for those who ask little and stop
}

// Server is the service over one store.
type Server struct {
	store     *graph.Store
	publisher *view.Publisher
	importer  *ingest.Importer
	inbox     *inbox.Inbox
	config    Config
	log       *slog.Logger
	mistakes  *middleware.RateLimiterMemoryStore // that are reported, by address
	gate      gate
	held      hold                               // what was sent and is being looked at
	attempts  *middleware.RateLimiterMemoryStore // at signing in, by address
	limits    Limits
	metrics   *metrics
	site      *site
	quality   quality.Memo // what is known of the data as a whole
	underway  underway
	exec      *executor.Executor
	handler   http.Handler
}

// New wires a server. The publisher must be running for it to answer.
func New(store *graph.Store, publisher *view.Publisher, importer *ingest.Importer, c Config) (*Server, error) {
	if c.Licence == "" {
		c.Licence = "not stated"
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	s := &Server{store: store, publisher: publisher, importer: importer, inbox: inbox.New(store, importer), config: c, log: c.Logger,
		gate: newGate(c), attempts: attempts(), limits: c.Limits.orDefault(), metrics: newMetrics(store, publisher)}
	s.mistakes = mistakes()
	s.inbox.Beside(s.beside)
	var err error
	if s.site, err = newSite(); err != nil {
		return nil, err
	}
	s.exec = s.newExecutor()
	s.handler, err = s.routes()
	return s, err
}

// Handler answers every address of the service.
func (s *Server) Handler() http.Handler { return s.handler }

// routes is every address of the service.
func (s *Server) routes() (http.Handler, error) {
	crossOrigin, err := s.crossOrigin()
	if err != nil {
		return nil, err
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.IPExtractor = echo.ExtractIPDirect()
	e.HTTPErrorHandler = s.replyError
	e.Use(s.underway.count, requestID, s.observe, s.recover(), s.headers, s.cors(), crossOrigin, zip)

	e.Any("/graphql", s.serveGraphQL, s.identify)
	get(e, "/", s.page(s.homePage), s.identify)
	get(e, "/search", s.page(s.searchPage), s.identify)
	s.recordRoutes(e)
	get(e, "/sign-in", s.signInPage, s.identify)
	e.POST("/sign-in", s.signIn, s.identify, small)
	e.POST("/sign-out", s.signOut, s.identify)
	s.staffRoutes(e)
	get(e, "/about", s.page(s.aboutPage), s.identify)
	get(e, "/about/lists/:name", s.page(s.workListPage), s.identify)
	get(e, "/accessibility", s.page(s.accessibilityPage), s.identify)
	get(e, "/developers", s.page(s.developersPage), s.identify)
	get(e, "/ask", s.page(s.askPage), s.identify)
	get(e, "/explore", s.page(s.explorePage), s.identify)
	get(e, "/explore/network", s.page(s.networkPage), s.identify)
	get(e, "/explore/paths", s.page(s.pathsPage), s.identify)
	get(e, "/matrix", s.page(s.matrixPage), s.identify)
	get(e, "/matrix/:borough/:project", s.page(s.participationPage), s.identify)
	get(e, "/suggest", s.suggest, s.identify)
	get(e, "/graphql/schema.graphql", s.schemaText)
	get(e, "/export/:format", s.exportFile, s.identify)
	get(e, "/graphiql", s.graphiql)
	get(e, "/assets/*", s.asset)
	get(e, "/healthz", s.healthy)
	get(e, "/readyz", s.ready)
	get(e, "/metrics", echo.WrapHandler(s.metrics.handler()))
	return e, nil
}

// staffRoutes are the pages on which staff work, and the forms on them.
func (s *Server) staffRoutes(e *echo.Echo) {
	shows := func(path string, build pageFunc) { get(e, path, s.page(build), s.identify, s.staffOnly) }
	takes := func(path string, h echo.HandlerFunc, size echo.MiddlewareFunc) {
		e.POST(path, h, s.identify, s.staffOnly, size)
	}
	shows("/inbox", s.inboxPage)
	takes("/inbox", s.decideInbox, small)
	shows("/inbox/all", s.inboxAllPage)
	takes("/inbox/all", s.decideAll, small)
	shows("/inbox/merge", s.inboxMergePage)
	takes("/inbox/merge", s.decideMerge, small)
	shows("/inbox/correct", s.correctPage)
	takes("/inbox/correct", s.correct, small)
	shows("/inbox/name", s.namePage)
	takes("/inbox/name", s.acceptName, small)
	shows("/add", s.addPage)
	takes("/add", s.tryAdd, uploads)
	shows("/add/check", s.addCheckPage)
	takes("/add/check", s.add, small)
	shows("/add/link", s.linkPage)
	takes("/add/link", s.addLink, small)
	shows("/edit", s.editPage)
	takes("/edit", s.edit, small)
	takes("/withdraw", s.withdraw, small)
	takes("/restore", s.restore, small)
	shows("/history", s.historyPage)
	takes("/undo", s.undo, small)
}

// get serves GET, and HEAD as HTTP asks.
func get(e *echo.Echo, path string, h echo.HandlerFunc, m ...echo.MiddlewareFunc) {
	e.Match([]string{http.MethodGet, http.MethodHead}, path, h, m...)
}

// small refuses forms of more than some kilobytes.
var small = middleware.BodyLimit("64K")

func (s *Server) healthy(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// ready says whether answers are level with the data, and if not, why.
func (s *Server) ready(c echo.Context) error {
	if ok, why := s.publisher.Ready(); !ok {
		return c.String(http.StatusServiceUnavailable, "not ready: "+why+"\n")
	}
	return c.String(http.StatusOK, "ready\n")
}

// grace is how long a shutdown waits for requests under way.
const grace = 20 * time.Second

// Serve answers on the listener until the context ends, then finishes the
// requests under way.
func (s *Server) Serve(ctx context.Context, l net.Listener) error {
	h := &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      s.limits.ChangeTime + 30*time.Second,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- h.Serve(l) }()
	if !s.config.OnDemand {
		go s.warm(ctx)
	}
	select {
	case err := <-ended:
		return fmt.Errorf("serve on %s: %w", l.Addr(), err)
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace)
	defer cancel()
	if err := h.Shutdown(closing); err != nil {
		return errors.Join(fmt.Errorf("shut down: %w", err), h.Close())
	}
	return nil
}
