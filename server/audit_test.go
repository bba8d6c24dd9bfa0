package server_test

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"testing"

	"lotigraph/server"
)

// need skips a test whose tools are not there, saying how to get them; where
// everything is required, as in CI, it fails instead.
func need(t *testing.T, ok bool, how string) {
	t.Helper()
	switch {
	case ok:
	case os.Getenv("LOTIGRAPH_REQUIRE_ALL") == "1":
		t.Fatal(how)
	default:
		t.Skip(how)
	}
}

// audits is how many checks the audit of the specification has.
const audits = 61

func TestAudit(t *testing.T) {
	node, err := exec.LookPath("node")
	need(t, err == nil, "this test needs Node.js: install it")
	_, err = os.Stat("web/node_modules/graphql-http")
	need(t, !errors.Is(err, fs.ErrNotExist), "this test needs npm packages: run `npm ci --ignore-scripts` in server/web")

	s := start(t, server.Config{})
	c := exec.CommandContext(t.Context(), node, "audit.mjs", s.URL+"/graphql")
	c.Dir, c.Stderr = "web", os.Stderr
	raw, err := c.Output()
	if err != nil {
		t.Fatal(err)
	}
	var results []struct{ ID, Name, Status, Reason, Body string }
	if err := json.Unmarshal(raw, &results); err != nil {
		t.Fatal(err)
	}
	if len(results) != audits {
		t.Errorf("%d checks ran, not %d", len(results), audits)
	}
	for _, r := range results {
		if r.Status != "ok" {
			t.Errorf("%s %s: %s %s: %s", r.Status, r.ID, r.Name, r.Reason, r.Body)
		}
	}
}
