package server_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"lotigraph/server"
)

// What somebody may send to keep the server busy is refused at once, by name.
func TestAttacks(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	bomb := func(levels int) string {
		var b strings.Builder
		b.WriteString("{ ...f0 }")
		for i := range levels {
			fmt.Fprintf(&b, " fragment f%d on Query { ...f%d ...f%d }", i, i+1, i+1)
		}
		fmt.Fprintf(&b, " fragment f%d on Query { dataset { dataVersion } }", levels)
		return b.String()
	}
	numbered := func(n int, f string) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, f, i)
		}
		return "{" + b.String() + "}"
	}
	// two fragments per level that each spread both of the next, with the same fields
	mesh := func(levels int) string {
		var b strings.Builder
		b.WriteString("{ projects { nodes { ...a0 ...b0 } } }")
		for i := range levels {
			for _, f := range []string{"a", "b"} {
				fmt.Fprintf(&b, " fragment %s%d on Project { succeededBy { id ...a%d ...b%d } }", f, i, i+1, i+1)
			}
		}
		fmt.Fprintf(&b, " fragment a%d on Project { id } fragment b%d on Project { id }", levels, levels)
		return b.String()
	}
	nest := func(n int) string {
		return `{ node(id:"borough:sutton") { ... on Borough ` + strings.Repeat("{ projects { boroughs ", n) + "{ id }" + strings.Repeat(" } }", n) + " } }"
	}
	for _, c := range []struct{ name, query, code string }{
		{"a fragment bomb of 24 levels", bomb(24), "OPERATION_TOO_LARGE"},
		{"a fragment bomb of 60 levels", bomb(60), "OPERATION_TOO_LARGE"},
		{"a mesh of fragments, 10 levels", mesh(10), "OPERATION_TOO_LARGE"},
		{"a mesh of fragments, 55 levels", mesh(55), "OPERATION_TOO_DEEP"},
		{"2,500 aliases", numbered(2_500, "a%d:__typename "), "OPERATION_TOO_LARGE"},
		{"500 aliases", numbered(500, "a%d:__typename "), "OPERATION_TOO_LARGE"},
		{"5,000 times the same field", "{" + strings.Repeat("__typename ", 5_000) + "}", "OPERATION_TOO_LARGE"},
		{"as many of the same field as the tokens allow", "{" + strings.Repeat("__typename ", 1_990) + "}", ""},
		{"as many of the same object as the tokens allow", "{" + strings.Repeat("dataset{dataVersion} ", 490) + "}", ""},
		{"3,000 times the same object", "{" + strings.Repeat("dataset{dataVersion} ", 3_000) + "}", "OPERATION_TOO_LARGE"},
		{"2,000 unknown directives", "{ __typename " + strings.Repeat("@x ", 2_000) + "}", "OPERATION_TOO_LARGE"},
		{"900 unknown directives", "{ __typename " + strings.Repeat("@x ", 900) + "}", "GRAPHQL_VALIDATION_FAILED"},
		{"90 introspections", numbered(90, "a%d:__schema{types{name}} "), "OPERATION_TOO_COSTLY"},
		{"deep nesting", strings.Repeat("{a", 10_000), "GRAPHQL_PARSE_FAILED"},
		{"deep data", nest(20), "OPERATION_TOO_DEEP"},
		{"long lists in long lists", `{ boroughs(first:100) { nodes { links(first:100) { nodes { to { links(first:100) { nodes { id } } } } } } } }`, "OPERATION_TOO_COSTLY"},
		{"many bodies", `{ a:weeknotes { nodes { body links(first:100) { nodes { evidence { weeknote { body } } } } } } }`, "OPERATION_TOO_COSTLY"},
		{"a page of billions", `{ a:boroughs(first:2147483647) { nodes { links(first:2147483647) { nodes { id } } } } }`, "OPERATION_TOO_COSTLY"},
	} {
		t.Run(c.name, func(t *testing.T) {
			begun := time.Now()
			a := s.ask(t, c.query, nil)
			if took := time.Since(begun); took > 10*time.Second { // some hundredths of it on a machine of its own
				t.Errorf("it took %s", took)
			}
			if a.code() != c.code || len(a.raw) > 60_000 {
				t.Errorf("%q, %d bytes: %.400s", a.code(), len(a.raw), a.raw)
			}
		})
	}
	t.Run("a page size in a variable", func(t *testing.T) {
		a := s.ask(t, `query($n:Int!) { boroughs(first:$n) { nodes { links(first:$n) { nodes { to { links(first:$n) { nodes { id } } } } } } } }`, map[string]any{"n": 90})
		if a.code() != "OPERATION_TOO_COSTLY" {
			t.Errorf("%.400s", a.raw)
		}
	})
	t.Run("ids in a variable", func(t *testing.T) {
		a := s.ask(t, `query($ids:[ID!]!) { nodes(ids:$ids) { id } }`, map[string]any{"ids": strings.Fields(strings.Repeat("borough:sutton ", 101))})
		if a.code() != "BAD_USER_INPUT" {
			t.Errorf("%.400s", a.raw)
		}
	})
	t.Run("many changes at once", func(t *testing.T) {
		a := s.ask(t, "mutation "+numbered(60, `a%d:saveNode(input:{kind:PARTNER,name:"x"}){change} `), nil)
		if a.code() != "OPERATION_TOO_COSTLY" {
			t.Errorf("%.400s", a.raw)
		}
	})
}

// What dashboards and tools ask passes the default limits.
func TestLimitsLetThrough(t *testing.T) {
	s := start(t, server.Config{})
	s.programme(t)
	introspection, err := os.ReadFile("testdata/introspection.graphql")
	if err != nil {
		t.Fatal(err)
	}
	var many strings.Builder
	for i := range 33 {
		fmt.Fprintf(&many, `b%d: participations(filter:{borough:"Sutton"}, lens:{proposed:true}) { totalCount nodes { project { name } role since } } `, i)
	}
	for name, query := range map[string]string{
		"a full introspection":         string(introspection),
		"33 boroughs at once":          "{" + many.String() + "}",
		"50 records with their counts": `{ projects(first:50) { totalCount pageInfo { hasNextPage endCursor } nodes { id name aliases themes status linkCounts { type count } boroughs { name } partners { name } funders { name } people { name worksFor { name } } } } }`,
		"everything about a record": `{ node(id:"project:community-engagement-playbook", lens:{proposed:true}) { id kind name aliases summary url revision linkCounts { type direction count }
			links(first:100) { totalCount proposalsLeftOut pageInfo { hasNextPage } edges { cursor node { id type from { id name } to { id name } role since until status confidence certain unsourced evidence { quote start end date method weeknote { id name date url } } } } }
			mentions(first:100) { totalCount nodes { date weeknote { name date } passages { quote start end } } } } }`,
		"every participation": `{ participations(lens:{proposed:true, asOf:"2021-05-17"}) { totalCount proposalsLeftOut nodes { borough { name onsCode tile { column row } } partner { name sector } project { name themes status funders { name } people { name } } role since until status confidence evidence { quote weeknote { title date } } } } }`,
		"every text":          `{ weeknotes(orderBy:OLDEST_FIRST) { nodes { title number date author body authors { name } } } }`,
		"a search":            `{ search(query:"playbook", first:100) { totalCount edges { score snippets { text marks { start end } pieces { text match } } node { kind name url ... on Weeknote { date form author } } } } }`,
	} {
		t.Run(name, func(t *testing.T) { s.answer(t, query, nil) })
	}
}

// A query that takes too long is stopped and says so.
func TestTimeLimit(t *testing.T) {
	s := start(t, server.Config{Limits: server.Limits{QueryTime: time.Nanosecond}})
	a := s.ask(t, `{ dataset { dataVersion } }`, nil)
	if a.code() != "TIMEOUT" {
		t.Errorf("%d %s", a.status, a.raw)
	}
}
