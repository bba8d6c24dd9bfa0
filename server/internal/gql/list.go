// Package gql runs operations on the schema. exec_gen.go is generated from
// schema.graphqls and gqlgen.yml (`go generate ./server/...`); this file is what it
// uses for lists.
package gql

import (
	"context"
	"sync"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// patience is how long the elements of a list are resolved one after the other.
// Most lists are read from memory in less, and a goroutine for every element, which
// is what gqlgen has, takes longer than that to begin and to end.
const patience = time.Millisecond

// resolveList resolves the elements of a list, of which some workers do what takes
// long. It stands in for gqlgen's MarshalSliceConcurrently and answers alike: what
// panics, or is not begun before ctx ends, is null with an error.
func resolveList(ctx context.Context, length int, workers int64, _ bool, resolve func(ctx context.Context, i int) graphql.Marshaler) graphql.Array {
	list := make(graphql.Array, length)
	one := func(i int) {
		list[i] = graphql.Null
		in := graphql.WithFieldContext(ctx, &graphql.FieldContext{Index: &i})
		defer func() {
			if r := recover(); r != nil {
				graphql.AddError(in, graphql.Recover(in, r))
			}
		}()
		list[i] = resolve(in, i)
	}
	var next atomic.Int64 // to be resolved
	work := func(going func() bool) {
		for ctx.Err() == nil && going() {
			i := int(next.Add(1) - 1)
			if i >= length {
				return
			}
			one(i)
		}
	}
	begun := time.Now()
	work(func() bool { return time.Since(begun) < patience })
	if left := int64(length) - next.Load(); left > 0 && ctx.Err() == nil {
		var all sync.WaitGroup
		for range min(workers, left) {
			all.Go(func() { work(func() bool { return true }) })
		}
		all.Wait()
	}
	if done := int(next.Load()); done < length { // ctx ended
		graphql.AddError(ctx, ctx.Err())
		for i := done; i < length; i++ {
			list[i] = graphql.Null
		}
	}
	return list
}
