package ask

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"lotigraph/graph"
	"lotigraph/record"
)

// maxSimilar is how many boroughs are compared with one.
const maxSimilar = 10

// answerSimilar compares the projects that boroughs joined: those that both
// joined, as a share of those that at least one did (Jaccard, 1901).
func answerSimilar(w *work) error {
	x := w.slots["borough"].node
	m, err := w.View.Graph.Matrix(w.ctx, w.Lens, graph.ParticipationFilter{})
	if err != nil {
		return err
	}
	joined := map[record.ID]map[record.ID]bool{}
	for _, cell := range m.Cells {
		borough, project := m.Boroughs[cell.Borough].ID, m.Projects[cell.Project].ID
		if joined[borough] == nil {
			joined[borough] = map[record.ID]bool{}
		}
		joined[borough][project] = true
	}
	type like struct {
		node   record.Node
		shared []record.Node
		share  float64
	}
	var list []like
	for _, b := range m.Boroughs {
		var shared []record.Node
		for _, p := range m.Projects {
			if joined[b.ID][p.ID] && joined[x.ID][p.ID] {
				shared = append(shared, p)
			}
		}
		if b.ID != x.ID && len(shared) > 0 {
			list = append(list, like{b, shared, float64(len(shared)) / float64(len(joined[b.ID])+len(joined[x.ID])-len(shared))})
		}
	}
	slices.SortStableFunc(list, func(a, b like) int { return cmp.Compare(b.share, a.share) })
	list = list[:min(len(list), maxSimilar)]
	w.out.Table.Columns = []string{"Borough", "Alike", "Shared projects"}
	for _, l := range list {
		var names []string
		ids := []record.ID{l.node.ID}
		for _, p := range l.shared {
			names, ids = append(names, p.Name), append(ids, p.ID)
		}
		w.name(l.node)
		w.out.Table.Rows = append(w.out.Table.Rows, Row{[]string{l.node.Name, fmt.Sprintf("%.0f%%", 100*l.share), strings.Join(names, "; ")}, ids, nil})
	}
	if len(list) == 0 {
		w.out.Sentence = "As far as the records say, no borough shares a project with " + x.Name + w.phrase() + "."
		return nil
	}
	w.out.Sentence = fmt.Sprintf("By the projects that they joined, %s is most like %s%s: of the projects that either joined, they share %.0f%%.", x.Name, list[0].node.Name, w.phrase(), 100*list[0].share)
	return nil
}
