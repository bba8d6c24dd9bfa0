package graph

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"iter"

	"lotigraph/record"
)

// Check verifies every invariant of the snapshot and yields, in words, each
// thing that is broken. A sound graph yields nothing.
func (s *Snapshot) Check(ctx context.Context) iter.Seq2[string, error] {
	return func(yield func(string, error) bool) {
		c := checker{s: s, ctx: ctx, say: func(format string, args ...any) error {
			if !yield(fmt.Sprintf(format, args...), nil) {
				return errStop
			}
			return nil
		}}
		for _, check := range []func() error{c.records, c.ids, c.links, c.rulings, c.derived, c.log} {
			if err := check(); err != nil {
				if err != errStop {
					yield("", err)
				}
				return
			}
		}
	}
}

type checker struct {
	s   *Snapshot
	ctx context.Context
	say func(format string, args ...any) error
}

// each runs over a table of numbered things.
func (c checker) each(tag byte, f func(ref, item) error) error {
	return c.s.view.scan(table(tag), table(tag), func(item item) error {
		if err := c.ctx.Err(); err != nil {
			return err
		}
		n, err := lastNum(item.Key(), table(tag))
		if err != nil {
			return c.say("a key of table %c is malformed: %x", tag, item.Key())
		}
		return f(n, item)
	})
}

// records holds that every record is well formed, is found by its id, and has
// the version of its text that it says.
func (c checker) records() error {
	return c.each(nodeTable, func(n ref, item item) error {
		node, err := decode[record.Node](item)
		if err != nil {
			return c.say("record %d cannot be read: %v", n, err)
		}
		if err := node.Validate(); err != nil {
			return c.say("%s is not well formed: %v", node.ID, err)
		}
		if back, ok, err := loadNumber(c.s.view, idKey(node.ID)); err != nil || !ok || back != n {
			return c.say("%s is record %d, but its id leads to %d (%v)", node.ID, n, back, err)
		}
		if _, ok, err := loadNumber(c.s.view, touchedKey(n)); err != nil || !ok {
			return c.say("%s does not say which change touched it last (%v)", node.ID, err)
		}
		if node.Weeknote == nil {
			return nil
		}
		return c.versions(n, node)
	})
}

// versions holds that every version of a text is there, those that were taken
// back included.
func (c checker) versions(n ref, node *record.Node) error {
	for version := 1; ; version++ {
		if version > node.Weeknote.Version {
			if raw, err := c.s.view.get(textKey(n, version)); err != nil || raw == nil {
				return err
			}
		}
		text, err := c.s.text(n, version)
		if err == nil {
			err = text.Validate()
		}
		if err == nil && (text.ID != node.ID || text.Version != version) {
			err = fmt.Errorf("it says that it is version %d of %s", text.Version, text.ID)
		}
		if err != nil {
			if err := c.say("%s version %d: %v", node.ID, version, err); err != nil {
				return err
			}
		}
	}
}

// ids holds that every id leads to the record that has it, and that refs still to
// be given out were not given out before.
func (c checker) ids() error {
	for counter, tag := range map[string]byte{metaNextNode: nodeTable, metaNextLink: linkTable, metaNextRuling: rulingTable} {
		given, _, err := loadNumber(c.s.view, metaKey(counter))
		if err != nil {
			return err
		}
		if raw, err := c.s.view.get(table(tag).num(given + 1)); err != nil || raw != nil {
			return c.say("number %d of table %c was given out, and will be again (%v)", given+1, tag, err)
		}
	}
	return c.s.view.scan(table(idTable), table(idTable), func(item item) error {
		id, err := idOf(item.Key())
		if err != nil {
			return c.say("a key of table %c is malformed: %x", idTable, item.Key())
		}
		n, ok, err := loadNumber(c.s.view, tuple(item.Key()))
		if err != nil || !ok {
			return c.say("the id %s leads nowhere (%v)", id, err)
		}
		if node, err := c.s.node(n); err != nil || node.ID != id {
			return c.say("the id %s leads to record %d, which is another one (%v)", id, n, err)
		}
		return c.ctx.Err()
	})
}

// links holds that every link joins records of the right kinds and that every
// quote stands where its evidence says.
func (c checker) links() error {
	return c.each(linkTable, func(l ref, item item) error {
		e, err := decode[edge](item)
		if err != nil {
			return c.say("%s cannot be read: %v", linkID(l), err)
		}
		link, err := e.link(l, c.s.id)
		if err != nil {
			return c.say("%s: %v", linkID(l), err)
		}
		if err := link.Validate(); err != nil {
			return c.say("%s is not well formed: %v", linkID(l), err)
		}
		for i, p := range e.Proofs {
			body, err := c.s.view.get(bodyKey(p.Text, p.Version))
			if err != nil {
				return err
			}
			if p.span().Of(string(body)) != p.Quote {
				if err := c.say("%s evidence %d: %q does not stand at %d in %s version %d", linkID(l), i, p.Quote, p.Start, link.Evidence[i].Text, p.Version); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// rulings holds that every ruling is well formed, that a record was merged into
// one other at the most, and that following the merges ends.
func (c checker) rulings() error {
	into := map[ref]ref{}
	err := c.each(rulingTable, func(r ref, item item) error {
		ru, err := decode[ruling](item)
		if err != nil {
			return c.say("%s cannot be read: %v", rulingID(r), err)
		}
		out, err := ru.outside(r, c.s.id)
		if err != nil {
			return c.say("%s: %v", rulingID(r), err)
		}
		if err := out.Validate(); err != nil {
			return c.say("%s is not well formed: %v", rulingID(r), err)
		}
		if ru.Withdrawn || ru.Sort != record.Same {
			return nil
		}
		if _, twice := into[ru.From]; twice {
			return c.say("%s was merged into two records", out.From)
		}
		into[ru.From] = ru.To
		return nil
	})
	if err != nil {
		return err
	}
	for start := range into {
		for n, steps := start, 0; into[n] != 0; n, steps = into[n], steps+1 {
			if steps > len(into) {
				return c.say("record %d was merged in a circle", start)
			}
		}
	}
	return nil
}

// derived holds that the derived keys are those that the records and links ask
// for, no more and no fewer.
func (c checker) derived() error {
	wanted := map[string][]byte{}
	err := eachDerived(c.s.view, func(p pair) error {
		wanted[string(p.key)] = p.value
		return c.ctx.Err()
	})
	if err != nil {
		return err
	}
	for _, tag := range derivedTables {
		err := c.s.view.scan(table(tag), table(tag), func(item item) error {
			key := string(item.Key())
			value, ok := wanted[key]
			if !ok {
				return c.say("a key of table %c belongs to nothing: %x", tag, key)
			}
			delete(wanted, key)
			return item.Value(func(have []byte) error {
				if !bytes.Equal(have, value) {
					return c.say("a key of table %c has a wrong value: %x", tag, key)
				}
				return nil
			})
		})
		if err != nil {
			return err
		}
	}
	if len(wanted) > 0 {
		return c.say("%d derived keys are missing", len(wanted))
	}
	return nil
}

// log holds that changes are numbered without gaps and found by their ids.
func (c checker) log() error {
	expect := uint64(1)
	err := c.each(logTable, func(n ref, item item) error {
		if n != expect {
			if err := c.say("the log goes from change %d to %d", expect-1, n); err != nil {
				return err
			}
		}
		expect = n + 1
		entry, err := decode[record.Entry](item)
		if err != nil {
			return c.say("change %d cannot be read: %v", n, err)
		}
		if back, ok, err := loadNumber(c.s.view, seenKey(entry.Change.ID)); err != nil || !ok || back != n {
			return c.say("change %d is not found by its id (%v)", n, err)
		}
		return nil
	})
	if err == nil && expect-1 != c.s.version {
		err = c.say("the log ends at change %d, the graph is at %d", expect-1, c.s.version)
	}
	return err
}

// StateHash sums up the whole graph but for its log: two stores to which the
// same was said have the same hash, whenever and by whomever it was said.
func (s *Snapshot) StateHash(ctx context.Context) (string, error) {
	sum := sha256.New()
	err := s.view.scan(nil, nil, func(item item) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		switch item.Key()[0] {
		case logTable, seenTable, touchedTable:
			return nil
		case metaTable:
			if string(item.Key()) == string(metaKey(metaLast)) {
				return nil
			}
		}
		return item.Value(func(value []byte) error {
			for _, part := range [][]byte{item.Key(), value} {
				sum.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
				sum.Write(part)
			}
			return nil
		})
	})
	return hex.EncodeToString(sum.Sum(nil)), err
}
