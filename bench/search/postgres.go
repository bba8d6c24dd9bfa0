package main

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"

	"lotigraph/bench"
	"lotigraph/record"
)

// postgresSide is the same records and links in PostgreSQL: its own full-text
// search, a GIN index, and a table of links with an index either way.
type postgresSide struct{ server *bench.Postgres }

const postgresSchema = `
CREATE TABLE record (n int PRIMARY KEY, id text NOT NULL, kind text NOT NULL, name text NOT NULL, day date, body text NOT NULL, words tsvector NOT NULL);
CREATE TABLE link (record int NOT NULL, kind text NOT NULL, target int NOT NULL);`

const postgresIndexes = `
CREATE INDEX ON record USING gin (words);
CREATE INDEX ON record (kind, day);
ALTER TABLE link ADD PRIMARY KEY (record, kind, target);
CREATE INDEX ON link (target);
CLUSTER link USING link_pkey;
VACUUM (ANALYZE) record;
VACUUM (ANALYZE) link;`

func newPostgresSide(ctx context.Context, w *world) (*postgresSide, error) {
	server, err := bench.StartPostgresOn(ctx, filepath.Join(w.dir, "postgres"))
	if err != nil {
		return nil, err
	}
	p := &postgresSide{server}
	if w.done("postgres") {
		return p, nil
	}
	begun := time.Now()
	if err := p.fill(ctx, w); err != nil {
		return p, err
	}
	if took := time.Since(begun); took > 5*time.Second {
		bench.Progress("in PostgreSQL after %.0f s", took.Seconds())
	}
	return p, w.mark("postgres")
}

func (p *postgresSide) fill(ctx context.Context, w *world) error {
	if _, err := p.server.Pool.Exec(ctx, postgresSchema); err != nil {
		return err
	}
	s, err := w.store.Snapshot()
	if err != nil {
		return err
	}
	defer s.Close()
	// The text is cut into words by the server, so it goes through a table first.
	if _, err := p.server.Pool.Exec(ctx, "CREATE UNLOGGED TABLE given (n int, id text, kind text, name text, more text, day date, body text)"); err != nil {
		return err
	}
	numbers := map[record.ID]int{}
	var rows [][]any
	flush := func() error {
		_, err := p.server.Pool.CopyFrom(ctx, pgx.Identifier{"given"}, []string{"n", "id", "kind", "name", "more", "day", "body"}, pgx.CopyFromRows(rows))
		rows = rows[:0]
		return err
	}
	for d, err := range s.Documents(ctx, 0) {
		if err != nil {
			return err
		}
		n := len(numbers)
		numbers[d.Node.ID] = n
		row := []any{n, string(d.Node.ID), d.Node.Kind().Slug(), d.Node.Name, d.Node.Summary, nil, d.Main.Of(d.Body)}
		if d.Node.Weeknote != nil && !d.Node.Weeknote.Date.IsZero() {
			row[5] = d.Node.Weeknote.Date.String()
		}
		if rows = append(rows, row); len(rows) == 2000 {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	if err := p.cut(ctx); err != nil {
		return err
	}
	return p.fillLinks(ctx, w, numbers)
}

// cut lets several connections cut the texts into words.
func (p *postgresSide) cut(ctx context.Context) error {
	const connections = 4
	var all sync.WaitGroup
	failed := make([]error, connections+1)
	for i := range connections {
		all.Go(func() {
			_, failed[i] = p.server.Pool.Exec(ctx, `INSERT INTO record SELECT n, id, kind, name, day, body,
				setweight(to_tsvector('english', name), 'A') || setweight(to_tsvector('english', more), 'C') || to_tsvector('english', body)
				FROM given WHERE n % $1 = $2`, connections, i)
		})
	}
	all.Wait()
	_, failed[connections] = p.server.Pool.Exec(ctx, "DROP TABLE given")
	return errors.Join(failed...)
}

func (p *postgresSide) fillLinks(ctx context.Context, w *world, numbers map[record.ID]int) error {
	var rows [][]any
	for from, list := range w.links(w.notes()) {
		for to := range list {
			rows = append(rows, []any{numbers[from], to.Kind().Slug(), numbers[to]})
		}
	}
	if _, err := p.server.Pool.CopyFrom(ctx, pgx.Identifier{"link"}, []string{"record", "kind", "target"}, pgx.CopyFromRows(rows)); err != nil {
		return err
	}
	for _, statement := range statements(postgresIndexes) {
		if _, err := p.server.Pool.Exec(ctx, statement); err != nil {
			return err
		}
	}
	return nil
}

// The searches. Each answers what the service answers: ten hits, the total, and
// where asked for the ten commonest boroughs, projects and partners.
const (
	postgresRanked = `SELECT id, ts_rank(words, q) AS rank, count(*) OVER () FROM record, websearch_to_tsquery('english', $1) q
		WHERE words @@ q ORDER BY rank DESC, id LIMIT 10`

	postgresFacets = `, top AS (SELECT id, place FROM hits ORDER BY place DESC, id LIMIT 10),
	counted AS (SELECT link.kind, target, count(*) AS c FROM hits JOIN link ON link.record = hits.n
		WHERE link.kind IN ('borough', 'project', 'partner') GROUP BY 1, 2),
	best AS (SELECT *, row_number() OVER (PARTITION BY kind ORDER BY c DESC, target) AS place FROM counted)
	SELECT 'hit', id, (SELECT count(*) FROM hits) FROM top
	UNION ALL SELECT 'facet', record.id, c FROM best JOIN record ON record.n = target WHERE place <= 10`

	postgresRankedFacets = `WITH hits AS MATERIALIZED (SELECT n, id, ts_rank(words, q) AS place FROM record, websearch_to_tsquery('english', $1) q WHERE words @@ q)` + postgresFacets

	postgresFiltered = `WITH hits AS MATERIALIZED (SELECT n, id, day AS place FROM record WHERE kind = 'weeknote' AND day BETWEEN $1::text::date AND $2::text::date)` + postgresFacets
)

func (p *postgresSide) search(ctx context.Context, t task) (found, error) {
	f := found{facets: map[string]int{}}
	statement, args := postgresRanked, []any{t.text}
	switch {
	case t.filtered:
		statement, args = postgresFiltered, []any{t.from.String(), t.to.String()}
	case t.facets:
		statement = postgresRankedFacets
	}
	rows, err := p.server.Pool.Query(ctx, statement, args...)
	if err != nil {
		return f, err
	}
	defer rows.Close()
	for rows.Next() {
		var what, id string
		var rank float32
		var n int
		if statement == postgresRanked {
			err = rows.Scan(&id, &rank, &n)
		} else {
			err = rows.Scan(&what, &id, &n)
		}
		if err != nil {
			return f, err
		}
		if what == "facet" {
			f.facets[id] = n
		} else {
			f.total = n
		}
	}
	return f, rows.Err()
}

func (p *postgresSide) close() error { return p.server.Close() }
