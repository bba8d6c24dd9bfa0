package server

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"sync"

	"github.com/labstack/echo/v4"
)

// The pages and their parts, GraphiQL's page, what is loaded that a build makes
// (dist: see web/dist/README.txt) or that is ours as it is (own), and GraphiQL's
// examples.
//
//go:embed web/pages web/parts web/graphiql.html web/own web/dist web/examples
var files embed.FS

// site is the pages and what they load.
type site struct {
	pages    map[string]*template.Template // by file name
	console  *template.Template            // GraphiQL
	assets   map[string]asset              // by the part of the address behind /assets/
	examples []string                      // in the order of their names
	papers   sync.Pool                     // of *bytes.Buffer
}

// asset is a file that a page loads.
type asset struct {
	body []byte
	kind string // its media type
	sum  string // of the body: in its address, so that a browser may keep it for ever
}

// graphiqlScript is there exactly when the build has been run.
const graphiqlScript = "graphiql/graphiql.min.js"

func newSite() (*site, error) {
	s := &site{pages: map[string]*template.Template{}, assets: map[string]asset{}}
	for dir, prefix := range map[string]string{"web/own": "own/", "web/dist": ""} {
		if err := s.load(dir, prefix); err != nil {
			return nil, fmt.Errorf("read what the pages load: %w", err)
		}
	}
	if err := s.parse(); err != nil {
		return nil, fmt.Errorf("read the pages: %w", err)
	}
	names, err := fs.Glob(files, "web/examples/*.graphql")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := files.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the examples: %w", err)
		}
		s.examples = append(s.examples, string(text))
	}
	return s, nil
}

// parse reads the templates: each page has the parts to itself, so that pages
// may give a block of the layout each a meaning of its own.
func (s *site) parse() (err error) {
	if s.console, err = template.ParseFS(files, "web/graphiql.html"); err != nil {
		return err
	}
	parts, err := template.New("parts").Funcs(s.helpers()).ParseFS(files, "web/parts/*.html")
	if err != nil {
		return err
	}
	names, err := fs.Glob(files, "web/pages/*.html")
	if err != nil {
		return err
	}
	for _, name := range names {
		own, err := parts.Clone()
		if err != nil {
			return err
		}
		if s.pages[path.Base(name)], err = own.ParseFS(files, name); err != nil {
			return err
		}
	}
	return nil
}

// prepare has the templates made ready, which happens when each is first used.
func (s *site) prepare() {
	for _, t := range s.pages {
		t.ExecuteTemplate(io.Discard, "layout", frame{}) // there is nothing to lay out; what counts was done before that shows
	}
}

func (s *site) load(dir, prefix string) error {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		return err
	}
	return fs.WalkDir(sub, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		a := asset{kind: mime.TypeByExtension(path.Ext(name))}
		if a.body, err = fs.ReadFile(sub, name); err != nil {
			return err
		}
		if a.kind == "" {
			a.kind = echo.MIMETextPlainCharsetUTF8
		}
		sum := sha256.Sum256(a.body)
		a.sum = hex.EncodeToString(sum[:6])
		s.assets[prefix+name] = a
		return nil
	})
}

// address is where a page finds a file it loads; "" when the file was not built.
func (s *site) address(name string) string {
	a, ok := s.assets[name]
	if !ok {
		return ""
	}
	return "/assets/" + name + "?v=" + a.sum
}

// asset serves a file that a page loads.
func (s *Server) asset(c echo.Context) error {
	a, ok := s.site.assets[c.Param("*")]
	if !ok {
		return echo.ErrNotFound
	}
	keep := "public, max-age=3600"
	if c.QueryParam("v") == a.sum {
		keep = "public, max-age=31536000, immutable"
	}
	c.Response().Header().Set(echo.HeaderCacheControl, keep)
	return c.Blob(http.StatusOK, a.kind, a.body)
}

// graphiql is the page on which queries can be tried.
func (s *Server) graphiql(c echo.Context) error {
	if _, built := s.site.assets[graphiqlScript]; !built {
		return refuse(errUnavailable, "GraphiQL is not built into this program; run `npm ci --ignore-scripts && npm run build` in server/web and build again")
	}
	h := c.Response().Header()
	h.Set(echo.HeaderContentSecurityPolicy, graphiqlPolicy)
	var b bytes.Buffer
	if err := s.site.console.Execute(&b, map[string]any{"Examples": s.site.examples}); err != nil {
		return err
	}
	return c.HTMLBlob(http.StatusOK, b.Bytes())
}

// schemaText is the schema as it was written, with its descriptions.
func (s *Server) schemaText(c echo.Context) error {
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", []byte(ownSchema().Query.Position.Src.Input))
}
