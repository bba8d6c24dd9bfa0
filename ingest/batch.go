package ingest

import (
	"context"
	"fmt"

	"lotigraph/record"
)

// batch gathers the operations of rows into changes. When a change is refused,
// its rows are said one by one, so that only the row at fault is left out.
type batch struct {
	im      *Importer
	options Options
	report  *Report
	source  string
	place   func(row int, err error) (*Problem, error) // what a refusal of a row is to be said as
	lines   []int
	ops     []record.Op
	bytes   int // of the words in ops
	part    int
}

// A change has so many rows, or so many bytes of words when these come first: far
// below what a change may hold.
const (
	maxBatch      = 200
	maxBatchBytes = record.MaxChange / 2
)

func (b *batch) add(ctx context.Context, line int, op record.Op) error {
	b.lines, b.ops, b.bytes = append(b.lines, line), append(b.ops, op), b.bytes+wordsOf(op)
	if len(b.ops) < maxBatch && b.bytes < maxBatchBytes {
		return nil
	}
	return b.flush(ctx)
}

// wordsOf is how many bytes the words of a row have, the short ones aside.
func wordsOf(op record.Op) (bytes int) {
	if op.SaveNode != nil {
		bytes += len(op.SaveNode.Node.Summary)
	}
	if op.SaveLink != nil {
		for _, e := range op.SaveLink.Link.Evidence {
			bytes += len(e.Quote)
		}
	}
	return bytes
}

// addOrSay adds a row's operation, or says what is wrong with the row.
func (b *batch) addOrSay(ctx context.Context, line int, op record.Op, refused error) error {
	if refused == nil {
		return b.add(ctx, line, op)
	}
	problem, err := b.place(line, refused)
	if problem != nil {
		b.report.Problems = append(b.report.Problems, *problem)
	}
	return err
}

func (b *batch) flush(ctx context.Context) error {
	lines, ops := b.lines, b.ops
	b.lines, b.ops, b.bytes = nil, nil, 0
	if len(ops) == 0 {
		return nil
	}
	problem, err := b.say(ctx, lines[0], ops)
	if err != nil || problem == nil {
		return err
	}
	for i := range ops {
		problem, err := b.say(ctx, lines[i], ops[i:i+1])
		if err != nil {
			return err
		}
		if problem != nil {
			b.report.Problems = append(b.report.Problems, *problem)
		}
	}
	return nil
}

// say commits the operations, unless they would change nothing or be refused.
func (b *batch) say(ctx context.Context, line int, ops []record.Op) (*Problem, error) {
	b.part++
	c := b.im.change(b.options, fmt.Sprintf("import of %s, line %d on", b.source, line), fmt.Sprint(b.part))
	c.Ops = ops
	entry, err := b.im.store.Preview(ctx, c)
	if err != nil {
		return b.place(line, err)
	}
	if len(entry.Effects) == 0 {
		return nil, nil
	}
	if entry, err = b.im.store.Commit(ctx, c); err != nil {
		return b.place(line, err)
	}
	b.count(entry)
	return nil, nil
}

func (b *batch) count(entry record.Entry) {
	for i, saved := range entry.Saved {
		switch op := entry.Change.Ops[i]; {
		case saved.Outcome == record.Unchanged, op.SaveRuling != nil:
		case op.SaveLink != nil && stillProposed(entry, saved.ID):
			b.report.LinksProposed++
		case op.SaveLink != nil:
			b.report.LinksConfirmed++
		case saved.Outcome == record.Created:
			b.report.RecordsAdded++
			b.report.Saved = append(b.report.Saved, record.ID(saved.ID))
		default:
			b.report.RecordsChanged++
			b.report.Saved = append(b.report.Saved, record.ID(saved.ID))
		}
	}
}
