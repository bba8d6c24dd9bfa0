package extract

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"lotigraph/record"
)

// found are the ids found in a text.
func found(lex *Lexicon, text string) (ids []string) {
	for _, f := range Read(Source{Name: "x.md", Body: "Weeknote 1\n\n" + text + "\n"}, lex).Found {
		ids = append(ids, string(f.ID))
	}
	return ids
}

func TestLexiconGrowsWithoutChanging(t *testing.T) {
	old := fewLexicon()
	grown := old.With(record.Node{ID: "partner:zinnia", Name: "Zinnia Works", Aliases: []string{"Zinnia"}})
	if ids := found(old, "Yesterday Zinnia wrote."); slices.Contains(ids, "partner:zinnia") {
		t.Errorf("the old lexicon finds %q", ids)
	}
	if ids := found(grown, "Yesterday Zinnia wrote."); !slices.Contains(ids, "partner:zinnia") {
		t.Errorf("the new lexicon finds %q", ids)
	}
	renamed := grown.With(record.Node{ID: "partner:zinnia", Name: "Zinnia Works", Aliases: []string{"Zed"}})
	if ids := found(renamed, "Yesterday Zinnia wrote."); slices.Contains(ids, "partner:zinnia") {
		t.Errorf("a name that was taken away is still found: %q", ids)
	}
	if ids := found(renamed, "Yesterday Zinnia Works wrote."); !slices.Contains(ids, "partner:zinnia") {
		t.Errorf("the newest state is not found: %q", ids)
	}
}

func TestLexiconStaysShallow(t *testing.T) {
	lex := fewLexicon()
	for i := range 500 {
		lex = lex.With(record.Node{ID: record.ID(fmt.Sprintf("project:quiet-%d", i)), Name: fmt.Sprintf("Quiet Project No%dx", i)})
	}
	if n := len(lex.layers); n > 14 {
		t.Errorf("%d layers", n)
	}
	for _, i := range []int{0, 250, 499} {
		if ids := found(lex, fmt.Sprintf("We like Quiet Project No%dx.", i)); !slices.Contains(ids, fmt.Sprintf("project:quiet-%d", i)) {
			t.Errorf("record %d is lost: %q", i, ids)
		}
	}
}

func TestKnownBodyGoesByItsAbbreviation(t *testing.T) {
	lex := fewLexicon().With(record.Node{ID: "partner:greater-london-authority", Name: "Greater London Authority"})
	if ids := found(lex, "The GLA wrote."); !slices.Contains(ids, "partner:greater-london-authority") {
		t.Errorf("the gazetteer does not lead to the record: %q", ids)
	}
}

func TestWeeknotesAreNoNames(t *testing.T) {
	lex := fewLexicon().With(record.Node{ID: "weeknote:quiet-streets", Name: "Quiet Streets", Weeknote: &record.Weeknote{}})
	if ids := found(lex, "Yesterday Quiet Streets fell silent."); len(ids) != 0 {
		t.Errorf("found %q", ids)
	}
}

func TestLexiconIsShared(t *testing.T) {
	lex := fewLexicon()
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			mine := lex.With(record.Node{ID: record.ID(fmt.Sprintf("project:p%d", i)), Name: fmt.Sprintf("Open Thing%d", i)})
			for range 20 {
				if ids := found(mine, fmt.Sprintf("Camden likes Open Thing%d.", i)); len(ids) != 2 {
					t.Errorf("found %q", ids)
				}
			}
		})
	}
	group.Wait()
}
