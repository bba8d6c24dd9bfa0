package eval

import (
	"encoding/csv"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"lotigraph/extract"
	"lotigraph/record"
	"lotigraph/seed"
)

// records are the records of a table of the starter programme, as far as a
// lexicon needs them.
func records(kind record.Kind) ([]record.Node, error) {
	name := kind.Plural() + ".csv"
	f, err := seed.FS().Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil || len(rows) == 0 {
		return nil, fmt.Errorf("seed/%s: %w", name, err)
	}
	cell := func(row []string, column string) string {
		if i := slices.Index(rows[0], column); i >= 0 {
			return row[i]
		}
		return ""
	}
	var list []record.Node
	for _, row := range rows[1:] {
		n := record.Node{ID: record.NewID(kind, record.Slugify(cell(row, "name"))), Name: cell(row, "name")}
		if aliases := cell(row, "aliases"); aliases != "" {
			n.Aliases = strings.Split(aliases, ";")
		}
		if kind == record.PartnerKind {
			n.Partner = &record.Partner{Sector: cell(row, "sector")}
		}
		list = append(list, n)
	}
	return list, nil
}

// Lexicon is what a reader knows who has the given tables of the starter
// programme: with boroughs alone, a text is read as if nobody had named anything
// in it before.
func Lexicon(kinds ...record.Kind) (*extract.Lexicon, error) {
	var nodes []record.Node
	for _, kind := range kinds {
		list, err := records(kind)
		if err != nil {
			return nil, err
		}
		nodes = append(nodes, list...)
	}
	return extract.NewLexicon(slices.Values(nodes)), nil
}

// Others gives for each text of the starter programme, by name without ending, the
// lexicon of one who knows what its other texts name: how a new text fares in a
// graph that has the others.
func Others() (func(base string) *extract.Lexicon, error) {
	names, err := fs.Glob(seed.FS(), "texts/*/*.md")
	if err != nil {
		return nil, err
	}
	texts := make(map[string]string, len(names))
	for _, name := range names {
		raw, err := fs.ReadFile(seed.FS(), name)
		if err != nil {
			return nil, err
		}
		texts[strings.TrimSuffix(path.Base(name), ".md")] = " " + record.Fold(string(raw)) + " "
	}
	var all []record.Node
	only := make(map[record.ID]string) // the one text that names it
	for _, kind := range []record.Kind{record.BoroughKind, record.PartnerKind, record.PersonKind, record.ProjectKind} {
		list, err := records(kind)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
		for _, n := range list {
			if where := namedIn(n, texts); len(where) == 1 && kind != record.BoroughKind {
				only[n.ID] = where[0]
			}
		}
	}
	return func(base string) *extract.Lexicon {
		return extract.NewLexicon(func(yield func(record.Node) bool) {
			for _, n := range all {
				if where, ok := only[n.ID]; !(ok && where == base) && !yield(n) {
					return
				}
			}
		})
	}, nil
}

// namedIn are the texts that have one of the names of a record.
func namedIn(n record.Node, texts map[string]string) (where []string) {
	for base, text := range texts {
		if slices.ContainsFunc(n.Names(), func(name string) bool { return strings.Contains(text, " "+record.Fold(name)+" ") }) {
			where = append(where, base)
		}
	}
	return where
}
