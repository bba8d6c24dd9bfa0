package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/record"
	"lotigraph/view"
)

// verdict is what a check finds.
type verdict struct {
	Sound    bool     `json:"sound"`
	Version  uint64   `json:"version"` // of the data
	State    string   `json:"state"`   // a sum over the graph but for its log: equal for equal graphs
	Records  int      `json:"records"`
	Notes    []string `json:"notes"`
	Problems []string `json:"problems"`
}

func (v *verdict) note(format string, args ...any) {
	v.Notes = append(v.Notes, fmt.Sprintf(format, args...))
}
func (v *verdict) fault(format string, args ...any) {
	v.Problems = append(v.Problems, fmt.Sprintf(format, args...))
}

// check verifies every invariant of a data folder.
func (p *program) check(ctx context.Context, args []string) error {
	f := p.flags("check", "", `Verifies every invariant of a data folder: that each record, text, link and quote is as it must be, that what is
derived agrees with what it is derived from, that the log has no gaps, and that the index follows the graph. Stop the
server first. A folder that is empty or lacks its index passes, and that is said.`)
	data, asJSON := f.data("data"), f.json()
	rest, err := f.parse(args)
	switch {
	case err != nil:
		return err
	case len(rest) > 0:
		return misuse{"check", fmt.Sprintf("check takes no arguments, and got %q; name a folder with --data", rest[0])}
	}
	v := verdict{Notes: []string{}, Problems: []string{}}
	if holdsGraph(*data) {
		err = v.folder(ctx, *data, p)
	} else {
		v.note("there is no graph in %s, so there is nothing to check", *data)
	}
	if err != nil {
		return err
	}
	v.Sound = len(v.Problems) == 0
	if *asJSON {
		err = p.printJSON(v)
	} else {
		p.sayVerdict(v)
	}
	if err == nil && !v.Sound {
		err = errSaid
	}
	return err
}

// folder checks the graph, then the index beside it.
func (v *verdict) folder(ctx context.Context, data string, p *program) (err error) {
	store, err := graph.Open(filepath.Join(data, graphFolder), graph.Options{Logger: p.quiet()})
	if errors.Is(err, record.ErrConflict) {
		return record.Conflict("a server or another command is using %s; stop it first", data)
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, store.Close()) }()
	if err := v.graph(ctx, store); err != nil {
		return fmt.Errorf("check the graph: %w", err)
	}
	if _, err := os.Stat(filepath.Join(data, seedingMark)); err == nil {
		v.note("the starter programme is not loaded to its end; the next start of the server goes on with it")
	}
	if err := v.index(ctx, store, filepath.Join(data, indexFolder), p); err != nil {
		return fmt.Errorf("check the index: %w", err)
	}
	return nil
}

func (v *verdict) graph(ctx context.Context, store *graph.Store) error {
	s, err := store.Snapshot()
	if err != nil {
		return err
	}
	defer s.Close()
	for fault, err := range s.Check(ctx) {
		if err != nil {
			return err
		}
		v.fault("graph: %s", fault)
	}
	v.Version = s.Version()
	if v.State, err = s.StateHash(ctx); err != nil {
		return err
	}
	census, err := s.Census(ctx, owner())
	for _, n := range census.Kinds {
		v.Records += n
	}
	return err
}

// index holds that the index is not ahead of the graph, can catch up with it,
// and then finds as many records as there are. One that is missing is made in
// memory, to see that it can be.
func (v *verdict) index(ctx context.Context, store *graph.Store, dir string, p *program) (err error) {
	if _, err := os.Stat(dir); err != nil {
		v.note("there is no index; the server makes it anew from the graph when it starts")
		dir = ""
	}
	ix, err := index.Open(dir)
	if err != nil {
		return err
	}
	f := folder{store: store, index: ix}
	defer func() { err = errors.Join(err, ix.Close()) }()
	if why := ix.Rebuilt(); why != "" {
		v.note("the index could not be used (%s) and was made anew from the graph", why)
	}
	switch at := ix.Position(); {
	case at > v.Version:
		v.fault("index: it is at change %d and the graph only at %d; delete %s, and it is made anew", at, v.Version, dir)
		return nil
	case at < v.Version && dir != "":
		v.note("the index was at change %d of %d and has caught up", at, v.Version)
	}
	published, end, err := f.view(ctx, p.quiet())
	if err != nil {
		return err
	}
	defer end()
	all, err := published.Search(ctx, owner(), view.Request{First: 1})
	if err == nil && all.Total != v.Records {
		v.fault("index: it holds %d records and the graph %d; delete %s, and it is made anew", all.Total, v.Records, dir)
	}
	return err
}

func (p *program) sayVerdict(v verdict) {
	for _, note := range v.Notes {
		fmt.Fprintln(p.stdout, note)
	}
	for _, fault := range v.Problems {
		fmt.Fprintln(p.stderr, fault)
	}
	if !v.Sound {
		fmt.Fprintf(p.stdout, "not sound: %s\n", plural(len(v.Problems), "problem"))
		return
	}
	fmt.Fprintf(p.stdout, "sound: %s, data version %d\n", plural(v.Records, "record"), v.Version)
	if v.State != "" {
		fmt.Fprintf(p.stdout, "state %s\n", v.State)
	}
}
