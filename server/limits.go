package server

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
)

// Limits say how much one request may take. An operation is measured with its
// fragments spread out and its variables filled in, before it runs; each
// fragment is measured once, so measuring is linear in what was sent.
type Limits struct {
	Tokens  int // words and signs of the query
	Depth   int // fields inside fields
	Fields  int // fields, each as often as its fragment is spread
	Aliases int // fields under another name
	Cost    int // what @cost and @listSize of the schema add up to

	Body       int64 // bytes of a request
	ImportBody int64 // bytes of a request that imports a text

	QueryTime  time.Duration // for a query to be answered
	ChangeTime time.Duration // for a mutation to be answered
}

// orDefault fills the fields that nobody set.
func (l Limits) orDefault() Limits {
	return Limits{
		Tokens:     cmp.Or(l.Tokens, 2000),
		Depth:      cmp.Or(l.Depth, 15), // a full introspection has 13
		Fields:     cmp.Or(l.Fields, 2000),
		Aliases:    cmp.Or(l.Aliases, 100),
		Cost:       cmp.Or(l.Cost, 10_000),
		Body:       cmp.Or(l.Body, 64<<10),
		ImportBody: cmp.Or(l.ImportBody, 1<<20),
		QueryTime:  cmp.Or(l.QueryTime, 10*time.Second),
		ChangeTime: cmp.Or(l.ChangeTime, time.Minute),
	}
}

// measuring refuses operations that would take too much. It is an extension of
// the GraphQL executor.
type measuring struct {
	limits Limits
	schema *ast.Schema
}

func (measuring) ExtensionName() string                   { return "limits" }
func (measuring) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationContext measures an operation that is about to run.
func (x measuring) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	size := measurer{x.schema, op.Variables, map[*ast.FragmentDefinition]measure{}}.set(op.Operation.SelectionSet)
	for _, m := range []struct {
		says       string
		got, limit int
		class      error
	}{
		{"it has %s fields inside one another, and may have %d; ask for the inner ones by id", size.depth, x.limits.Depth, errTooDeep},
		{"it has %s fields, and may have %d; split it into several requests", size.fields, x.limits.Fields, errTooWide},
		{"it has %s aliases, and may have %d; split it into several requests", size.aliases, x.limits.Aliases, errTooWide},
		{"it costs %s, and may cost %d; ask for smaller pages (first) or for fewer lists inside lists", size.cost, x.limits.Cost, errTooCostly},
	} {
		if m.got > m.limit {
			f, _ := judge(refuse(m.class, m.class.Error()+": "+fmt.Sprintf(m.says, number(m.got), m.limit)))
			return failure(ctx, f, "")
		}
	}
	return nil
}

// measure is the size of a selection. What stands once for every item of the
// connection that the selection is made on is counted apart.
type measure struct{ depth, fields, aliases, cost, perItem int }

// ceiling is where counting stops, far above every limit and far below overflow.
const ceiling = 1 << 30

func number(n int) string {
	if n >= ceiling {
		return "over " + strconv.Itoa(ceiling)
	}
	return strconv.Itoa(n)
}

func capped(n int) int { return max(0, min(n, ceiling)) }

type measurer struct {
	schema    *ast.Schema
	variables map[string]any
	known     map[*ast.FragmentDefinition]measure
}

func (m measurer) set(selections ast.SelectionSet) (sum measure) {
	for _, s := range selections {
		var part measure
		switch s := s.(type) {
		case *ast.Field:
			part = m.field(s)
		case *ast.InlineFragment:
			part = m.set(s.SelectionSet)
		case *ast.FragmentSpread:
			part = m.fragment(s.Definition)
		}
		sum.depth = max(sum.depth, part.depth)
		sum.fields = capped(sum.fields + part.fields)
		sum.aliases = capped(sum.aliases + part.aliases)
		sum.cost = capped(sum.cost + part.cost)
		sum.perItem = capped(sum.perItem + part.perItem)
	}
	return sum
}

func (m measurer) fragment(d *ast.FragmentDefinition) measure {
	part, ok := m.known[d]
	if !ok {
		part = m.set(d.SelectionSet)
		m.known[d] = part
	}
	return part
}

func (m measurer) field(f *ast.Field) measure {
	part := m.set(f.SelectionSet)
	part.depth++
	part.fields = capped(part.fields + 1)
	if f.Alias != f.Name {
		part.aliases = capped(part.aliases + 1)
	}
	switch f.Name {
	case "__typename":
		part.cost = 0
	case "__schema", "__type": // as large as the schema, whatever is asked inside
		part.cost = introspectionCost
	default:
		part.cost, part.perItem = m.cost(f, part), 0
	}
	if connected(f) {
		part.cost, part.perItem = 0, part.cost
	}
	return part
}

// cost is what a field costs, given what is asked inside it: a connection pays
// for its nodes and edges once per item, another list for everything.
func (m measurer) cost(f *ast.Field, inside measure) int {
	items, once := m.items(f), inside.cost
	if m.schema.Types[f.Definition.Type.Name()].Fields.ForName("pageInfo") == nil {
		once = items * once
	}
	return capped(m.weight(f.Definition) + once + items*inside.perItem)
}

// connected tells whether a field is there once per item of its connection.
func connected(f *ast.Field) bool {
	return (f.Name == "nodes" || f.Name == "edges") && f.ObjectDefinition.Fields.ForName("pageInfo") != nil
}

// introspectionCost lets one operation introspect a few times, not hundreds.
const introspectionCost = 1000

// weight is what the field itself costs: what @cost says, else nothing for a
// plain value and 1 for anything that is read.
func (m measurer) weight(d *ast.FieldDefinition) int {
	if c := d.Directives.ForName("cost"); c != nil {
		weight, _ := strconv.Atoi(c.Arguments.ForName("weight").Value.Raw)
		return weight
	}
	if m.schema.Types[d.Type.Name()].IsLeafType() && len(d.Arguments) == 0 {
		return 0
	}
	return 1
}

// items is how many things a field yields, as @listSize says; 1 without it.
func (m measurer) items(f *ast.Field) int {
	d := f.Definition.Directives.ForName("listSize")
	if d == nil {
		return 1
	}
	if names := d.Arguments.ForName("slicingArguments"); names != nil {
		most := -1
		for _, name := range names.Value.Children {
			most = max(most, m.argument(f, name.Value.Raw))
		}
		if most >= 0 {
			return most
		}
	}
	if assumed := d.Arguments.ForName("assumedSize"); assumed != nil {
		n, _ := strconv.Atoi(assumed.Value.Raw)
		return n
	}
	return maxUnsliced
}

// maxUnsliced is taken where the schema says nothing better.
const maxUnsliced = 100

// argument is the number that an argument gives, or the length of its list; -1
// when it gives neither.
func (m measurer) argument(f *ast.Field, name string) int {
	if a := f.Arguments.ForName(name); a != nil {
		if a.Value.Kind != ast.Variable {
			return literal(a.Value)
		}
		if v, ok := m.variables[a.Value.Raw]; ok {
			return given(v)
		}
	}
	if d := f.Definition.Arguments.ForName(name); d != nil && d.DefaultValue != nil {
		return literal(d.DefaultValue)
	}
	return -1
}

func literal(v *ast.Value) int {
	switch v.Kind {
	case ast.IntValue:
		return given(json.Number(v.Raw))
	case ast.ListValue:
		return len(v.Children)
	}
	return -1
}

// given reads a variable, whichever way it was decoded.
func given(v any) int {
	switch v := v.(type) {
	case int:
		return capped(v)
	case int64:
		return capped(int(v))
	case float64:
		return capped(int(min(v, ceiling)))
	case json.Number:
		n, err := strconv.ParseInt(string(v), 10, 64)
		if err != nil {
			return ceiling
		}
		return capped(int(min(n, ceiling)))
	case []any:
		return len(v)
	case nil:
		return -1
	}
	return 1 // a single value where a list is expected
}
