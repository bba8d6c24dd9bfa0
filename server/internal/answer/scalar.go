package answer

import (
	"io"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"lotigraph/graph"
	"lotigraph/index"
	"lotigraph/record"
)

// word writes a word of an enum or scalar, and null for an empty one.
func word(s string) graphql.Marshaler {
	if s == "" {
		return graphql.Null
	}
	return graphql.WriterFunc(func(w io.Writer) { io.WriteString(w, strconv.Quote(s)) })
}

// read reads a word with a parser of package record.
func read[T any](v any, parse func(string) (T, error)) (T, error) {
	s, ok := v.(string)
	if !ok {
		var none T
		return none, record.Invalid("", "%v is not a word", v)
	}
	return parse(s)
}

// MarshalPartialDate writes a date as exact as it is known, null for none.
func MarshalPartialDate(d record.PartialDate) graphql.Marshaler { return word(d.String()) }

// Which argument a refused value was given to is for the caller to say: these
// functions do not know.

// UnmarshalPartialDate reads a year, a month or a day; null is no date.
func UnmarshalPartialDate(v any) (record.PartialDate, error) {
	switch v := v.(type) {
	case nil:
		return record.PartialDate{}, nil
	case string:
		if d, err := record.ParsePartialDate(v); err == nil && !d.IsZero() {
			return d, nil
		}
	}
	return record.PartialDate{}, record.Invalid("", `%v is not a date; write "2021", "2021-05" or "2021-05-17"`, v)
}

// MarshalDate writes a day, null for none.
func MarshalDate(d record.PartialDate) graphql.Marshaler { return word(d.String()) }

// UnmarshalDate reads a day; null is no day.
func UnmarshalDate(v any) (record.PartialDate, error) {
	d, err := UnmarshalPartialDate(v)
	if err == nil && !d.IsZero() && !d.IsDay() {
		err = record.Invalid("", "%q is not a day; write it like 2021-05-17", d)
	}
	return d, err
}

// MarshalKind writes a kind.
func MarshalKind(k record.Kind) graphql.Marshaler { return word(k.String()) }

// UnmarshalKind reads a kind.
func UnmarshalKind(v any) (record.Kind, error) { return read(v, record.ParseKind) }

// MarshalLinkType writes a link type.
func MarshalLinkType(t record.LinkType) graphql.Marshaler { return word(t.String()) }

// UnmarshalLinkType reads a link type.
func UnmarshalLinkType(v any) (record.LinkType, error) { return read(v, record.ParseLinkType) }

// MarshalLinkStatus writes a status.
func MarshalLinkStatus(s record.LinkStatus) graphql.Marshaler { return word(string(s)) }

// UnmarshalLinkStatus reads a status.
func UnmarshalLinkStatus(v any) (record.LinkStatus, error) {
	return read(v, func(s string) (record.LinkStatus, error) {
		if status := record.LinkStatus(s); status.Valid() {
			return status, nil
		}
		return "", record.Invalid("", "%q is not a status", s)
	})
}

// MarshalForm writes a form of text.
func MarshalForm(f record.Form) graphql.Marshaler { return word(string(f)) }

// UnmarshalForm reads a form of text.
func UnmarshalForm(v any) (record.Form, error) { return read(v, record.ParseForm) }

// MarshalVisibility writes a visibility.
func MarshalVisibility(w record.Visibility) graphql.Marshaler { return word(w.String()) }

// UnmarshalVisibility reads a visibility; null is none.
func UnmarshalVisibility(v any) (record.Visibility, error) {
	if v == nil {
		return 0, nil
	}
	return read(v, record.ParseVisibility)
}

// MarshalOutcome writes what a change did.
func MarshalOutcome(o record.Outcome) graphql.Marshaler { return word(string(o)) }

// UnmarshalOutcome is there for the generator; no argument is an outcome.
func UnmarshalOutcome(v any) (record.Outcome, error) {
	return read(v, func(s string) (record.Outcome, error) { return record.Outcome(s), nil })
}

var directions = map[record.Direction]string{record.Both: "BOTH", record.Out: "OUT", record.In: "IN"}

// MarshalDirection writes a direction.
func MarshalDirection(d record.Direction) graphql.Marshaler { return word(directions[d]) }

// UnmarshalDirection reads a direction.
func UnmarshalDirection(v any) (record.Direction, error) { return read(v, pick(directions)) }

var orders = map[graph.Order]string{graph.ByName: "NAME", graph.NewestFirst: "NEWEST_FIRST", graph.OldestFirst: "OLDEST_FIRST"}

// MarshalRecordOrder writes an order of records.
func MarshalRecordOrder(o graph.Order) graphql.Marshaler { return word(orders[o]) }

// UnmarshalRecordOrder reads an order of records.
func UnmarshalRecordOrder(v any) (graph.Order, error) { return read(v, pick(orders)) }

// MarshalWeeknoteOrder writes an order of texts.
func MarshalWeeknoteOrder(o graph.Order) graphql.Marshaler { return word(orders[o]) }

// UnmarshalWeeknoteOrder reads an order of texts.
func UnmarshalWeeknoteOrder(v any) (graph.Order, error) { return read(v, pick(orders)) }

var searchOrders = map[index.Order]string{index.BestFirst: "RELEVANCE", index.NewestFirst: "NEWEST_FIRST", index.OldestFirst: "OLDEST_FIRST", index.NameOrder: "NAME"}

// MarshalSearchOrder writes an order of search results.
func MarshalSearchOrder(o index.Order) graphql.Marshaler { return word(searchOrders[o]) }

// UnmarshalSearchOrder reads an order of search results.
func UnmarshalSearchOrder(v any) (index.Order, error) { return read(v, pick(searchOrders)) }

// MarshalFacetKey writes by what results are counted.
func MarshalFacetKey(k index.Key) graphql.Marshaler { return word(strings.ToUpper(k.String())) }

// UnmarshalFacetKey reads by what results are counted.
func UnmarshalFacetKey(v any) (index.Key, error) { return read(v, index.ParseKey) }

// pick finds the value of a word.
func pick[T comparable](words map[T]string) func(string) (T, error) {
	return func(s string) (T, error) {
		for value, w := range words {
			if w == s {
				return value, nil
			}
		}
		var none T
		return none, record.Invalid("", "%q is not known here", s)
	}
}
