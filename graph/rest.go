package graph

import "context"

// restKey is where a context keeps how work rests.
type restKey struct{}

// WithRest is a context for long work beside the requests of others, which calls
// rest between its steps, so that they come first.
func WithRest(ctx context.Context, rest func(context.Context)) context.Context {
	return context.WithValue(ctx, restKey{}, rest)
}

// Rest lets others go first, where the context is one of [WithRest]; elsewhere it does
// nothing. Long work calls it between steps of about a millisecond, while it holds no
// lock that others may wait for.
func Rest(ctx context.Context) {
	if rest, ok := ctx.Value(restKey{}).(func(context.Context)); ok {
		rest(ctx)
	}
}
