package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"lotigraph/bench"
	"lotigraph/graph"
)

// postgresSide is every link as two rows, one for each end, under an index that
// holds all that walks need.
type postgresSide struct{ server *bench.Postgres }

func newPostgresSide(ctx context.Context, w *world) (*postgresSide, error) {
	server, err := bench.StartPostgres(ctx, w.dir)
	if err != nil {
		return nil, err
	}
	p := &postgresSide{server}
	if _, err := server.Pool.Exec(ctx, "CREATE TABLE link (near int NOT NULL, far int NOT NULL, type smallint NOT NULL)"); err != nil {
		return p, err
	}
	rows := make([][]any, 0, 2*w.links)
	for arc := range w.cut.Links() {
		rows = append(rows, []any{int32(arc.Near), int32(arc.Far), int16(arc.Type)}, []any{int32(arc.Far), int32(arc.Near), int16(arc.Type)})
	}
	if _, err := server.Pool.CopyFrom(ctx, pgx.Identifier{"link"}, []string{"near", "far", "type"}, pgx.CopyFromRows(rows)); err != nil {
		return p, err
	}
	for _, statement := range []string{"CREATE INDEX link_near_far_idx ON link (near) INCLUDE (far)", "CLUSTER link USING link_near_far_idx", "VACUUM (ANALYZE) link"} {
		if _, err := server.Pool.Exec(ctx, statement); err != nil {
			return p, err
		}
	}
	bench.Progress("the links are in PostgreSQL %s", server.Version)
	return p, nil
}

const twoHopsQuery = `
WITH RECURSIVE reach (n, hops) AS (
	SELECT $1::int, 0
	UNION
	SELECT link.far, hops + 1 FROM reach JOIN link ON link.near = reach.n WHERE hops < 2
)
SELECT count(DISTINCT n) - 1 FROM reach`

func (p *postgresSide) twoHops(ctx context.Context, from graph.Handle) (n int, err error) {
	err = p.server.Pool.QueryRow(ctx, twoHopsQuery, int32(from)).Scan(&n)
	return n, err
}

// A walk from both ends: levels of either, until one record is in both.
const hopsQuery = `
WITH RECURSIVE
one (n, hops) AS (SELECT $1::int, 0 UNION SELECT link.far, hops + 1 FROM one JOIN link ON link.near = one.n WHERE hops < $3),
two (n, hops) AS (SELECT $2::int, 0 UNION SELECT link.far, hops + 1 FROM two JOIN link ON link.near = two.n WHERE hops < $4)
SELECT min(one.hops + two.hops) FROM one JOIN two USING (n)`

// hops is how many lie between two records; 0 when they are more than 6.
func (p *postgresSide) hops(ctx context.Context, from, to graph.Handle) (int, error) {
	for hops := 1; hops <= 6; hops++ {
		var n *int
		err := p.server.Pool.QueryRow(ctx, hopsQuery, int32(from), int32(to), (hops+1)/2, hops/2).Scan(&n)
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return 0, err
		}
		if n != nil {
			return *n, nil
		}
	}
	return 0, nil
}
