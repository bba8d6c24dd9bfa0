package main

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// arrows is who may import whom, room by room; a room is a folder at the top of
// the house with all below it. What is not listed is not allowed. Tests count
// as part of their room.
var arrows = []struct{ room, may string }{
	{"record", ""},
	{"oracle", ""}, // programs that others wrote, for tests
	{"extract", "record"},
	{"graph", "record oracle"}, // the last in tests
	{"index", "record"},
	{"seed", "record"},
	{"eval", "record extract seed"},
	{"ingest", "record extract graph index"},
	{"view", "record graph index seed ingest"}, // the last two in tests
	{"assist", "record extract"},
	{"inbox", "record extract graph seed ingest"},
	{"quality", "record graph inbox"},
	{"walk", "record graph oracle"},                       // the last one in tests
	{"network", "record graph oracle"},                    // the last in tests
	{"export", "record graph network seed ingest oracle"}, // the last three in tests
	{"ask", "record graph index view walk seed ingest"},   // the last two in tests
	{"brief", "record graph"},
	{"server", "record brief extract graph index seed ingest view inbox quality export ask walk network"},
	{"bench", "record extract graph index seed ingest view inbox server walk network"},
	{"cmd", "record brief extract graph index seed ingest view assist inbox quality export ask server network"},
}

// fences is which rooms may import what is not ours; what is not listed is open
// to every room.
var fences = []struct {
	prefix string // of the import path
	rooms  string // that may; the room's tests included
	tests  string // whose tests may, beside
}{
	{"github.com/dgraph-io/", "graph bench", ""}, // bench compares with Badger alone
	{"github.com/blevesearch/", "index bench", ""},
	{"github.com/jackc/pgx", "bench", ""}, // bench compares with PostgreSQL
	{"go.etcd.io/bbolt", "index", ""},     // Bleve keeps its list of segments in it
	{"github.com/labstack/", "server", ""},
	{"github.com/99designs/gqlgen", "server", ""},
	{"github.com/vektah/gqlparser", "server", ""},
	{"github.com/prometheus/", "server", ""},
	{"github.com/chromedp/", "", "server cmd"},
	// A reading does no input or output, and an answer knows nothing of the web.
	{"os", "oracle graph index ingest server bench cmd", "extract eval seed record view inbox quality export ask"},
	{"net", "server bench cmd", "ingest assist"},
	{"net/http", "ingest assist server bench cmd", ""}, // ingest follows addresses on the web, assist asks a model
}

// listed is a package as `go list` tells it.
type listedPackage struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
}

const module = "lotigraph/"

func packages(t *testing.T) []listedPackage {
	t.Helper()
	list := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...")
	list.Dir = "../.."
	var problems strings.Builder
	list.Stderr = &problems
	raw, err := list.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, problems.String())
	}
	var all []listedPackage
	for d := json.NewDecoder(strings.NewReader(string(raw))); ; {
		var p listedPackage
		err := d.Decode(&p)
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func TestLayout(t *testing.T) {
	all := packages(t)
	for _, p := range all {
		for _, imported := range p.Imports {
			if why := judge(p.ImportPath, imported, false); why != "" {
				t.Error(why)
			}
		}
		for _, imported := range slices.Concat(p.TestImports, p.XTestImports) {
			if why := judge(p.ImportPath, imported, true); why != "" {
				t.Error(why)
			}
		}
	}
	for _, a := range arrows {
		has := func(p listedPackage) bool { return roomOf(p.ImportPath) == a.room }
		if !slices.ContainsFunc(all, has) {
			t.Errorf("the table of arrows has the room %s, which is not there", a.room)
		}
	}
}

// TestLayoutSeesBadImports holds that the judge would notice.
func TestLayoutSeesBadImports(t *testing.T) {
	for _, bad := range []struct{ from, to string }{
		{"lotigraph/graph", "lotigraph/index"},
		{"lotigraph/record", "lotigraph/graph"},
		{"lotigraph/record", "golang.org/x/text/cases"},
		{"lotigraph/ingest", "lotigraph/server/internal/gql"},
		{"lotigraph/server", "github.com/dgraph-io/badger/v4"},
		{"lotigraph/extract", "os"},
		{"lotigraph/attic", "lotigraph/record"},
	} {
		if judge(bad.from, bad.to, false) == "" {
			t.Errorf("%s may import %s", bad.from, bad.to)
		}
	}
	if why := judge("lotigraph/server", "lotigraph/server/internal/gql", false); why != "" {
		t.Error(why)
	}
}

// judge says what is wrong with an import, "" when it is allowed.
func judge(from, imported string, inTest bool) string {
	room := roomOf(from)
	i := slices.IndexFunc(arrows, func(a struct{ room, may string }) bool { return a.room == room })
	switch {
	case i < 0:
		return from + " is in the room " + room + ", which is not in the table of arrows"
	case strings.HasPrefix(imported, module):
		if to := roomOf(imported); to != room && !contains(arrows[i].may, to) {
			return from + " imports " + imported + ": no arrow leads from " + room + " to " + to
		}
		return ""
	case room == "record" && !inTest && strings.Contains(imported, "."):
		return from + " imports " + imported + ": record imports only the standard library"
	}
	for _, f := range fences {
		inside := f.prefix == imported || strings.Contains(f.prefix, ".") && strings.HasPrefix(imported, f.prefix)
		if inside && !contains(f.rooms, room) && !(inTest && contains(f.tests, room)) {
			return from + " imports " + imported + ": only " + strings.Join(strings.Fields(f.rooms+" "+f.tests), ", ") + " may"
		}
	}
	return ""
}

func roomOf(path string) string {
	room, _, _ := strings.Cut(strings.TrimPrefix(path, module), "/")
	return room
}

func contains(list, item string) bool { return slices.Contains(strings.Fields(list), item) }
