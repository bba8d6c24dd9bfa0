package server

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"mime"
	"net/http"
	"path"

	"github.com/labstack/echo/v4"

	"lotigraph/server/internal/answer"
)

// The pages, what they load that is ours (own), what they load from npm packages
// (dist, which a build fills: see web/dist/README.txt) and GraphiQL's examples.
//
//go:embed web/pages web/own web/dist web/examples
var files embed.FS

// site is the pages and what they load.
type site struct {
	pages    *template.Template
	assets   map[string][]byte // by the part of the address behind /assets/
	examples []string          // in the order of their names
}

// graphiqlScript is there exactly when the build has been run.
const graphiqlScript = "graphiql/graphiql.min.js"

func newSite() (*site, error) {
	pages, err := template.ParseFS(files, "web/pages/*.html")
	if err != nil {
		return nil, fmt.Errorf("read the pages: %w", err)
	}
	s := &site{pages: pages, assets: map[string][]byte{}}
	for dir, prefix := range map[string]string{"web/own": "own/", "web/dist": ""} {
		if err := s.load(dir, prefix); err != nil {
			return nil, fmt.Errorf("read what the pages load: %w", err)
		}
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

func (s *site) load(dir, prefix string) error {
	sub, err := fs.Sub(files, dir)
	if err != nil {
		return err
	}
	return fs.WalkDir(sub, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		s.assets[prefix+name], err = fs.ReadFile(sub, name)
		return err
	})
}

// render answers with a page.
func (s *site) render(c echo.Context, status int, page string, data any) error {
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, page, data); err != nil {
		return fmt.Errorf("render %s: %w", page, err)
	}
	return c.HTMLBlob(status, b.Bytes())
}

// home says what is here.
func (s *Server) home(c echo.Context) error {
	var data struct{ Dataset *answer.Dataset }
	ctx := c.Request().Context()
	if v, err := s.openViews(ctx); err == nil {
		defer v.close()
		if data.Dataset, err = v.reader(nil).Dataset(ctx, s.config.Licence); err != nil {
			return err
		}
		c.Response().Header().Set(dataVersionHeader, data.Dataset.DataVersion)
	}
	return s.site.render(c, http.StatusOK, "home.html", data)
}

// graphiql is the page on which queries can be tried.
func (s *Server) graphiql(c echo.Context) error {
	if s.site.assets[graphiqlScript] == nil {
		return refuse(errUnavailable, "GraphiQL is not built into this program; run `npm ci --ignore-scripts && npm run build` in server/web and build again")
	}
	c.Response().Header().Set(echo.HeaderContentSecurityPolicy, graphiqlPolicy)
	return s.site.render(c, http.StatusOK, "graphiql.html", map[string]any{"Examples": s.site.examples})
}

// asset is a file that a page loads.
func (s *Server) asset(c echo.Context) error {
	name := c.Param("*")
	body, ok := s.site.assets[name]
	if !ok {
		return echo.ErrNotFound
	}
	c.Response().Header().Set(echo.HeaderCacheControl, "public, max-age=3600")
	kind := mime.TypeByExtension(path.Ext(name))
	if kind == "" {
		kind = echo.MIMETextPlainCharsetUTF8
	}
	return c.Blob(http.StatusOK, kind, body)
}

// schemaText is the schema as it was written, with its descriptions.
func (s *Server) schemaText(c echo.Context) error {
	return c.Blob(http.StatusOK, "text/plain; charset=utf-8", []byte(ownSchema().Query.Position.Src.Input))
}
