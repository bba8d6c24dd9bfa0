package index

import (
	"fmt"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/search/query"

	"lotigraph/record"
)

// What follows is for those who hold the index against Bleve alone: the same
// documents and the same compiled query, for Bleve's own index and search.

// BleveDocument is the record as the index keeps it.
func BleveDocument(d *record.Document) *document.Document { return newDocument(d) }

// BleveQuery is the query of a text as Bleve's own searchers run it: every word
// and phrase in every field, with the field's weight. Fields, questions and words
// that go on are not Bleve's: they are ErrInvalid.
func BleveQuery(text string) (query.Query, error) { return bleveQuery(parse(text, false).root) }

func bleveQuery(n *node) (query.Query, error) {
	switch n.op {
	case isAll:
		return query.NewMatchAllQuery(), nil
	case isNothing:
		return query.NewMatchNoneQuery(), nil
	case isClause:
		return n.clause.bleveQuery()
	case notOf:
		return bleveQuery(&node{op: andOf, kids: []*node{{op: isAll}, n}})
	case andOf, orOf:
	default:
		return nil, record.Invalid("query", "Bleve alone has no such query")
	}
	var having, lacking []query.Query
	for _, kid := range n.kids {
		list := &having
		if kid.op == notOf {
			list, kid = &lacking, kid.kids[0]
		}
		q, err := bleveQuery(kid)
		if err != nil {
			return nil, err
		}
		*list = append(*list, q)
	}
	switch {
	case n.op == orOf && lacking == nil:
		return query.NewDisjunctionQuery(having), nil
	case n.op == orOf:
		return nil, record.Invalid("query", "OR NOT is not for Bleve alone")
	case lacking == nil:
		return query.NewConjunctionQuery(having), nil
	}
	return query.NewBooleanQuery(having, nil, lacking), nil
}

func (c *clause) bleveQuery() (query.Query, error) {
	if c.prefix {
		return nil, record.Invalid("query", "%q may go on, which is not for Bleve alone", c.text)
	}
	var list []query.Query
	for i := range fields {
		f := &fields[i]
		switch terms := f.words.terms(c.text); len(terms) {
		case 0:
		case 1:
			q := query.NewTermQuery(terms[0])
			q.SetField(f.name)
			q.SetBoost(f.weight)
			list = append(list, q)
		default:
			q := query.NewPhraseQuery(terms, f.name)
			q.SetBoost(f.weight)
			list = append(list, q)
		}
	}
	if len(list) == 0 {
		return nil, fmt.Errorf("index: %q has no words", c.text)
	}
	return query.NewDisjunctionQuery(list), nil
}
