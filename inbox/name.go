package inbox

import (
	"context"
	"errors"
	"slices"

	"lotigraph/graph"
	"lotigraph/ingest"
	"lotigraph/record"
)

// NewRecord is what a name that waits becomes when it becomes a record: the name
// as it should be spelt, and what only some kinds have. Empty fields are taken
// from what the texts say.
type NewRecord struct {
	Name    string
	Aliases []string
	Sector  string // of an organisation
}

// AcceptName makes a record of a name that texts use, or lets a known record go by
// it, and reads the texts again that use the name: they mention the record from
// then on, and what they say of it is proposed. The result is the record's id and
// the changes, of which the first holds the record; many texts take several.
//
// A name whose record was withdrawn gives that record again.
func (in *Inbox) AcceptName(ctx context.Context, by By, kind record.Kind, name string, fresh *NewRecord, as record.ID) (record.ID, []record.Entry, error) {
	if said, err := in.said(ctx, by); err != nil || len(said) > 0 {
		return acceptedIn(said), said, err
	}
	s, l, err := in.snapshot()
	if err != nil {
		return "", nil, err
	}
	defer s.Close()
	naming, err := s.Naming(ctx, l, kind, name)
	if err != nil {
		return "", nil, record.Under("name", err)
	}
	a := acceptance{in: in, s: s, lens: l, naming: naming}
	if as != "" {
		err = a.another(ctx, as)
	} else {
		err = a.fresh(ctx, by, fresh)
	}
	if err != nil {
		return "", nil, err
	}
	entries, err := a.commit(ctx, by)
	if err != nil {
		return a.node.ID, entries, err
	}
	late, err := in.again(ctx, by, entries...) // texts that came in while the others were read
	return a.node.ID, append(entries, late...), err
}

// acceptedIn is the record of an acceptance that was said before.
func acceptedIn(said []record.Entry) record.ID {
	for _, entry := range said {
		for i, op := range entry.Change.Ops {
			if op.SaveNode != nil || op.Restore != nil {
				return record.ID(entry.Saved[i].ID)
			}
		}
	}
	return ""
}

// acceptance is a name on its way to a record.
type acceptance struct {
	in     *Inbox
	s      *graph.Snapshot
	lens   record.Lens
	naming graph.Naming

	node   record.Node // as it will be
	ops    []record.Op // that make it so
	expect []record.Expect
}

// another lets a known record go by the name.
func (a *acceptance) another(ctx context.Context, as record.ID) error {
	node, err := a.s.OwnNode(ctx, a.lens, as)
	switch {
	case err != nil:
		return record.Under("as", err)
	case node.Kind() == record.WeeknoteKind:
		return record.Invalid("as", "%s is a text, which goes by its title", as)
	}
	a.expect = []record.Expect{{ID: string(as), Revision: node.Revision}}
	if !node.GoesBy(a.naming.Name) {
		node.Aliases = append(node.Aliases, a.naming.Name)
		a.ops = []record.Op{{SaveNode: &record.SaveNode{Node: node}}}
	}
	a.node = node
	return nil
}

// fresh makes a record of the name.
func (a *acceptance) fresh(ctx context.Context, by By, n *NewRecord) error {
	if n == nil {
		n = &NewRecord{}
	}
	node := record.Node{Name: n.Name, Aliases: n.Aliases}
	if node.Name == "" {
		node.Name = a.naming.Name
	}
	if n.Aliases == nil {
		node.Aliases = slices.Clone(a.naming.Aliases)
	}
	if !node.GoesBy(a.naming.Name) {
		node.Aliases = append(node.Aliases, a.naming.Name)
	}
	node.Aliases = slices.DeleteFunc(node.Aliases, func(alias string) bool { return record.Fold(alias) == record.Fold(node.Name) })
	switch a.naming.Kind {
	case record.PartnerKind:
		node.Partner = &record.Partner{Sector: n.Sector}
	case record.ProjectKind:
		node.Project = &record.Project{}
	}
	if standing, err := a.s.Called(ctx, a.lens, node.Name, a.naming.Kind); err != nil {
		return err
	} else if len(standing) > 0 && standing[0].GoesBy(node.Name) {
		return a.another(ctx, standing[0].ID) // it is there already
	}
	id, withdrawn, err := a.s.WithdrawnCalled(a.naming.Kind, node.Name)
	if err != nil {
		return err
	}
	if withdrawn {
		node.ID = id
		a.ops = []record.Op{{Restore: &record.Restore{ID: string(id)}}, {SaveNode: &record.SaveNode{Node: node}}}
		a.node = node
		return nil
	}
	// What id the record will have is for the graph to say.
	try := by
	try.ChangeID += " preview"
	made := record.Op{SaveNode: &record.SaveNode{Kind: a.naming.Kind, Node: node}}
	entry, err := a.in.store.Preview(ctx, record.Change{ID: try.ChangeID, Time: by.Now, Actor: by.Actor, Ops: []record.Op{made}})
	if err != nil {
		return err
	}
	node.ID = record.ID(entry.Saved[0].ID)
	a.ops = []record.Op{{SaveNode: &record.SaveNode{Node: node}}}
	a.expect = []record.Expect{{ID: string(node.ID), Revision: 0}}
	a.node = node
	return nil
}

// commit says the record and what its texts say of it, in as few changes as hold
// them.
func (a *acceptance) commit(ctx context.Context, by By) (entries []record.Entry, err error) {
	texts, err := a.texts(ctx)
	if err != nil {
		return nil, err
	}
	rereads, err := a.in.importer.Reread(ctx, a.s, []record.Node{a.node}, texts)
	if err != nil {
		return nil, err
	}
	batches, err := ingest.Batches(rereads)
	if err != nil {
		return nil, err
	}
	if len(batches) == 0 {
		batches = [][]record.Op{nil}
	}
	batches[0] = slices.Concat(a.ops, batches[0])
	expect := a.expect
	for _, ops := range batches {
		if len(ops) == 0 {
			continue
		}
		entry, err := a.in.commit(ctx, by, len(entries), ops, expect...)
		if err != nil {
			return entries, err
		}
		entries, expect = append(entries, entry), nil
	}
	return entries, nil
}

// texts are those that use one of the record's names for something unknown.
func (a *acceptance) texts(ctx context.Context) (ids []record.ID, err error) {
	for _, name := range append(a.node.Names(), a.naming.Name) {
		for _, kind := range record.NameKinds() {
			naming, err := a.s.Naming(ctx, a.lens, kind, name)
			if errors.Is(err, record.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
			for _, id := range naming.Texts {
				if !slices.Contains(ids, id) {
					ids = append(ids, id)
				}
			}
		}
	}
	return ids, nil
}

// DismissName says that a name which texts use is no record of that kind. It is
// not asked about again.
func (in *Inbox) DismissName(ctx context.Context, by By, kind record.Kind, name string) (record.Entry, error) {
	if said, err := in.said(ctx, by); err != nil || len(said) > 0 {
		return first(said), err
	}
	s, l, err := in.snapshot()
	if err != nil {
		return record.Entry{}, err
	}
	defer s.Close()
	naming, err := s.Naming(ctx, l, kind, name)
	if err != nil {
		return record.Entry{}, record.Under("name", err)
	}
	name = naming.Name // as the texts have it
	return in.commit(ctx, by, 0, []record.Op{noRecord(kind, name)})
}
