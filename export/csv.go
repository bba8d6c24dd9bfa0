package export

import (
	"encoding/csv"
	"iter"
	"strings"

	"lotigraph/record"
)

// writeCSV writes rows as a table: commas, UTF-8 without a mark, a line feed
// behind each row, dates as exact as they are known. Cells are guarded.
func writeCSV[T any](e *exporter, columns []column[T], rows iter.Seq2[T, error]) error {
	out := csv.NewWriter(e.w)
	cells := make([]string, len(columns))
	for i, c := range columns {
		cells[i] = c.name
	}
	if err := out.Write(cells); err != nil {
		return err
	}
	for row, err := range rows {
		if err != nil {
			return err
		}
		for i, c := range columns {
			cells[i] = guard(strings.ToValidUTF8(text(c.of(row)), ""))
		}
		if err := out.Write(cells); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func nodesCSV(e *exporter) error { return writeCSV(e, e.nodeColumns(), e.nodes()) }

func linksCSV(e *exporter) error { return writeCSV(e, proofColumns(), e.proven()) }

// proven yields the exported links, each once for every piece of evidence.
func (e *exporter) proven() iter.Seq2[proven, error] {
	return func(yield func(proven, error) bool) {
		var row proven
		for link, err := range e.links() {
			if err == nil {
				row, err = e.named(link, row.from)
			}
			if err != nil {
				yield(proven{}, err)
				return
			}
			for _, row.by = range proofs(link) {
				if row.source, err = e.textOf(row.by); !yield(row, err) || err != nil {
					return
				}
			}
		}
	}
}

// named is a link with its ends. The one that it begins at is mostly that of the
// link before.
func (e *exporter) named(link record.Link, last record.Node) (row proven, err error) {
	row.Link, row.from = link, last
	if row.holds, err = e.holds(link); err != nil {
		return row, err
	}
	if last.ID != link.From {
		if row.from, err = e.s.Node(e.ctx, e.o.Lens, link.From); err != nil {
			return row, err
		}
	}
	row.to, err = e.s.Node(e.ctx, e.o.Lens, link.To)
	return row, err
}

// textOf is the text that has the words, none where there are no words.
func (e *exporter) textOf(by record.Evidence) (record.Node, error) {
	if by.Text == "" {
		return record.Node{}, nil
	}
	return e.s.OwnNode(e.ctx, e.o.Lens, by.Text)
}

// participation is who takes part in what, with names.
type participation struct {
	record.Link
	who, project record.Node
	source       record.Node // of the first words that still stand
}

// participationColumns are for reading and charting: names as people write them,
// a borough or a partner in a column of its own, ids behind.
func participationColumns() []column[participation] {
	type p = participation
	named := func(kind record.Kind) func(p) any {
		return func(p p) any {
			if p.who.Kind() != kind {
				return nil
			}
			return p.who.Name
		}
	}
	return []column[p]{
		{"project", words, func(p p) any { return p.project.Name }},
		{"borough", words, named(record.BoroughKind)},
		{"partner", words, named(record.PartnerKind)},
		{"role", words, func(p p) any { return wordsOr(p.Role) }},
		{"since", date, func(p p) any { return dateOr(p.Since) }},
		{"until", date, func(p p) any { return dateOr(p.Until) }},
		{"status", words, func(p p) any { return string(p.Status) }},
		{"source", words, func(p p) any { return wordsOr(string(standing(p.Link).Text)) }},
		{"quote", words, func(p p) any { return wordsOr(standing(p.Link).Quote) }},
		{"source_date", date, func(p p) any { day, _ := period(p.source); return dateOr(day) }},
		{"evidence_count", whole, func(p p) any { return len(p.Evidence) }},
		{"project_id", words, func(p p) any { return string(p.To) }},
		{"participant_id", words, func(p p) any { return string(p.From) }},
		{"ons_code", words, func(p p) any { return ofBorough(p.who, func(b record.Borough) any { return b.ONSCode }) }},
		{"project_themes", words, func(p p) any {
			return ofProject(p.project, func(q record.Project) any { return wordsOr(listed(q.Themes)) })
		}},
	}
}

func participationsCSV(e *exporter) error {
	return writeCSV(e, participationColumns(), e.participations())
}

// participations yields who takes part in what as the graph lists it: by the
// project's name, boroughs before partners, then by the participant's name.
func (e *exporter) participations() iter.Seq2[participation, error] {
	return func(yield func(participation, error) bool) {
		var row participation
		for at, err := range e.s.Participations(e.ctx, e.o.Lens, e.o.Participations, "") {
			if err == nil {
				err = e.ready()
			}
			row.Link = at.Value
			if err == nil && row.project.ID != row.To {
				row.project, err = e.s.Node(e.ctx, e.o.Lens, row.To)
			}
			if err == nil {
				row.who, err = e.s.Node(e.ctx, e.o.Lens, row.From)
			}
			if err == nil {
				row.source, err = e.textOf(standing(row.Link))
			}
			if err == nil {
				e.counts.Links++
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}
