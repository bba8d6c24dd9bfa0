package server_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"lotigraph/graph"
	"lotigraph/record"
	"lotigraph/server"
	"lotigraph/server/internal/answer"
)

func schema(t *testing.T) (*ast.Schema, string) {
	t.Helper()
	raw, err := os.ReadFile("../schema.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	s, err := gqlparser.LoadSchema(&ast.Source{Name: "schema.graphqls", Input: string(raw)})
	if err != nil {
		t.Fatal(err)
	}
	return s, string(raw)
}

// Every list that the schema repeats agrees with the table that owns it.
func TestEnumsAgree(t *testing.T) {
	s, _ := schema(t)
	words := func(list ...any) (w []string) {
		for _, v := range list {
			w = append(w, fmt.Sprint(v))
		}
		return w
	}
	for name, want := range map[string][]string{
		"Kind":       words(anys(record.Kinds())...),
		"LinkType":   words(anys(record.LinkTypes())...),
		"Form":       words(anys(record.Forms())...),
		"Visibility": words(anys(record.Visibilities())...),
		"LinkStatus": words(record.Proposed, record.Confirmed, record.Rejected),
		"Outcome":    words(record.Created, record.Changed, record.Unchanged),
	} {
		var got []string
		for _, v := range s.Types[name].EnumValues {
			got = append(got, v.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("enum %s is %v in the schema and %v in package record", name, got, want)
		}
	}
	for _, v := range s.Types["Direction"].EnumValues {
		if _, err := answer.UnmarshalDirection(v.Name); err != nil {
			t.Error(err)
		}
	}
	for _, v := range s.Types["WeeknoteOrder"].EnumValues {
		if _, err := answer.UnmarshalWeeknoteOrder(v.Name); err != nil {
			t.Error(err)
		}
	}
	if o, err := answer.UnmarshalRecordOrder("NAME"); o != graph.ByName || err != nil {
		t.Error(o, err)
	}
	for _, lt := range record.LinkTypes() {
		doc := s.Types["LinkType"].EnumValues.ForName(lt.String()).Description
		for _, role := range lt.Roles() {
			if !strings.Contains(doc, role) {
				t.Errorf("the description of %s does not name the role %s", lt, role)
			}
		}
	}
}

func anys[T any](list []T) (a []any) {
	for _, v := range list {
		a = append(a, v)
	}
	return a
}

// Every type, field, argument, enum value and input field says what it is.
func TestEverythingIsDescribed(t *testing.T) {
	s, _ := schema(t)
	bare := func(what, description string) {
		if !strings.HasSuffix(strings.TrimSpace(description), ".") {
			t.Errorf("%s has no description that ends in a full stop: %q", what, description)
		}
	}
	for name, d := range s.Types {
		if d.BuiltIn {
			continue
		}
		bare(name, d.Description)
		for _, v := range d.EnumValues {
			bare(name+"."+v.Name, v.Description)
		}
		for _, f := range d.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			bare(name+"."+f.Name, f.Description)
			for _, a := range f.Arguments {
				bare(name+"."+f.Name+"("+a.Name+")", a.Description)
			}
		}
	}
}

// Every list of records says how long it is taken to be, so that nothing is
// asked for free.
func TestEveryListIsPriced(t *testing.T) {
	s, _ := schema(t)
	for name, d := range s.Types {
		if d.BuiltIn || d.Kind != ast.Object && d.Kind != ast.Interface {
			continue
		}
		for _, f := range d.Fields {
			list := f.Type.Elem != nil && !s.Types[f.Type.Name()].IsLeafType()
			paged := f.Arguments.ForName("first") != nil
			inside := d.Fields.ForName("pageInfo") != nil
			if (list && !inside || paged) && f.Directives.ForName("listSize") == nil {
				t.Errorf("%s.%s has no @listSize", name, f.Name)
			}
		}
	}
}

// A connection is one of Relay's.
func TestConnections(t *testing.T) {
	s, _ := schema(t)
	for name, d := range s.Types {
		if !strings.HasSuffix(name, "Connection") {
			continue
		}
		item := strings.TrimSuffix(name, "Connection")
		for field, want := range map[string]string{"nodes": "[" + item + "!]!", "edges": "[" + item + "Edge!]!", "pageInfo": "PageInfo!", "totalCount": "Int!"} {
			if f := d.Fields.ForName(field); f == nil || f.Type.String() != want {
				t.Errorf("%s.%s is not %s", name, field, want)
			}
		}
	}
}

func TestSchemaIsServed(t *testing.T) {
	_, text := schema(t)
	s := start(t, server.Config{})
	a := s.send(t, "GET", "/graphql/schema.graphql", "")
	if a.status != 200 || a.raw != text {
		t.Errorf("%d, %d bytes of %d; generate again if they differ", a.status, len(a.raw), len(text))
	}
}
