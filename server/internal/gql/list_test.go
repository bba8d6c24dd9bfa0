package gql

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

func list(t *testing.T, ctx context.Context, length int, workers int64, resolve func(i int) graphql.Marshaler) (values, errors []string) {
	t.Helper()
	ctx = graphql.WithResponseContext(ctx, graphql.DefaultErrorPresenter, graphql.DefaultRecover)
	ctx = graphql.WithFieldContext(ctx, &graphql.FieldContext{})
	for i, m := range resolveList(ctx, length, workers, false, func(ctx context.Context, i int) graphql.Marshaler {
		if at := graphql.GetFieldContext(ctx).Index; at == nil || *at != i {
			t.Errorf("element %d believes that it is %v", i, at)
		}
		return resolve(i)
	}) {
		if m == nil {
			t.Fatalf("element %d is none", i)
		}
		var b strings.Builder
		m.MarshalGQL(&b)
		values = append(values, b.String())
	}
	for _, err := range graphql.GetErrors(ctx) {
		errors = append(errors, err.Path.String()+": "+err.Message)
	}
	return values, errors
}

func number(i int) graphql.Marshaler { return graphql.MarshalInt(i) }

// TestResolveList: lists keep their order, whether they are quick or slow; what
// fails is null with an error that says where.
func TestResolveList(t *testing.T) {
	for _, length := range []int{0, 1, 3} {
		values, errors := list(t, t.Context(), length, 8, number)
		if !slices.Equal(values, []string{"0", "1", "2"}[:length]) || errors != nil {
			t.Errorf("%d elements: %v, %v", length, values, errors)
		}
	}
	values, errors := list(t, t.Context(), 3, 8, func(i int) graphql.Marshaler {
		if i == 1 {
			panic("no")
		}
		return number(i)
	})
	if !slices.Equal(values, []string{"0", "null", "2"}) || !slices.Equal(errors, []string{"[1]: internal system error"}) {
		t.Errorf("one that panics: %v, %v", values, errors)
	}

	// Behind a slow one, four must be at work at once for any of them to end.
	var meeting sync.WaitGroup
	meeting.Add(4)
	values, errors = list(t, t.Context(), 5, 4, func(i int) graphql.Marshaler {
		if i == 0 {
			time.Sleep(2 * patience)
			return number(i)
		}
		meeting.Done()
		meeting.Wait()
		return number(i)
	})
	if !slices.Equal(values, []string{"0", "1", "2", "3", "4"}) || errors != nil {
		t.Errorf("slow ones: %v, %v", values, errors)
	}
}

// TestResolveListEnds: what was not begun before the context ended is null, and the
// list says why once.
func TestResolveListEnds(t *testing.T) {
	for _, slow := range []time.Duration{0, 2 * patience} {
		ctx, end := context.WithCancel(t.Context())
		values, errors := list(t, ctx, 4, 1, func(i int) graphql.Marshaler {
			time.Sleep(slow)
			if i == 1 {
				end()
			}
			return number(i)
		})
		if !slices.Equal(values, []string{"0", "1", "null", "null"}) || !slices.Equal(errors, []string{": context canceled"}) {
			t.Errorf("%v: %v, %v", slow, values, errors)
		}
	}
}
