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
		for link, err := range e.links() {
			if err != nil {
				yield(proven{}, err)
				return
			}
			for _, row := range proofs(link) {
				if !yield(row, nil) {
					return
				}
			}
		}
	}
}

// participation is who takes part in what, with names.
type participation struct {
	record.Link
	who, project record.Node
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
		{"evidence_count", whole, func(p p) any { return len(p.Evidence) }},
		{"project_id", words, func(p p) any { return string(p.To) }},
		{"participant_id", words, func(p p) any { return string(p.From) }},
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
				e.counts.Links++
			}
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}
