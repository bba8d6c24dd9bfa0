package bench_test

import (
	"errors"
	"os"
	"testing"

	"lotigraph/bench"
)

// TestPostgres holds that the server is one of this process alone, that it
// answers, and that it leaves nothing behind.
func TestPostgres(t *testing.T) {
	dir, err := os.MkdirTemp("", "lotigraph-bench-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil { // for the user that the server runs as
		t.Fatal(err)
	}
	p, err := bench.StartPostgres(t.Context(), dir)
	if errors.Is(err, bench.ErrNoPostgres) && os.Getenv("LOTIGRAPH_REQUIRE_ALL") != "1" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	var n int
	if err := p.Pool.QueryRow(t.Context(), "SELECT count(*) FROM pg_stat_activity WHERE datname = 'postgres'").Scan(&n); err != nil || n == 0 || p.Version == "" {
		t.Errorf("%d connections, version %q: %v", n, p.Version, err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) > 0 {
		t.Errorf("it left %v behind: %v", left, err)
	}
}
