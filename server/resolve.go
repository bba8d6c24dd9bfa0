package server

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/99designs/gqlgen/graphql/handler/extension"
	"github.com/99designs/gqlgen/graphql/handler/lru"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"lotigraph/record"
	"lotigraph/server/internal/gql"
)

//go:generate sh -c "cd .. && go tool gqlgen generate && sed -i.before s/graphql[.]MarshalSliceConcurrently/resolveList/ server/internal/gql/exec_gen.go && rm server/internal/gql/exec_gen.go.before"

// cachedQueries is how many queries are kept parsed and checked.
const cachedQueries = 500

// newExecutor wires the schema to its resolvers.
func (s *Server) newExecutor() *executor.Executor {
	schema := ownSchema()
	exec := executor.New(gql.NewExecutableSchema(gql.Config{Schema: schema, Resolvers: resolvers{s}}))
	exec.SetQueryCache(lru.New[*ast.QueryDocument](cachedQueries))
	exec.SetParserTokenLimit(s.limits.Tokens)
	exec.SetErrorPresenter(s.present)
	exec.SetRecoverFunc(func(_ context.Context, p any) error {
		return fmt.Errorf("panic: %v\n%s", p, debug.Stack())
	})
	exec.Use(extension.Introspection{})
	exec.Use(measuring{s.limits, schema})
	return exec
}

// ownSchema is the schema without the directive @defer, which gqlgen declares by
// itself and would answer wrongly where there is but one answer.
func ownSchema() *ast.Schema {
	schema := *gql.NewExecutableSchema(gql.Config{}).Schema()
	schema.Directives = maps.Clone(schema.Directives)
	delete(schema.Directives, "defer")
	return &schema
}

// present turns an error of a resolver into what the caller sees.
func (s *Server) present(ctx context.Context, err error) *gqlerror.Error {
	shown := graphql.DefaultErrorPresenter(ctx, err)
	if shown.Extensions["code"] != nil {
		return shown
	}
	f, field := judge(err)
	if f == internal {
		s.log.Error("field failed", "request", idOf(ctx), "path", shown.Path.String(), "error", err)
	}
	if field == "" && errors.Is(err, record.ErrInvalid) {
		if field = argument(ctx, shown.Path); field != "" {
			f.text = field + ": " + f.text
		}
	}
	e := failure(ctx, f, field)
	e.Path, e.Locations = shown.Path, shown.Locations
	return e
}

// argument is the argument that an error's path leads to, behind the path of the
// field itself.
func argument(ctx context.Context, path ast.Path) string {
	fc := graphql.GetFieldContext(ctx)
	if fc == nil || len(path) <= len(fc.Path()) {
		return ""
	}
	return strings.TrimPrefix(path[len(fc.Path()):].String(), ".")
}

// resolvers are the roots of the schema. Everything below them is a method of
// package answer.
type resolvers struct{ server *Server }

func (r resolvers) Query() gql.QueryResolver       { return query(r) }
func (r resolvers) Mutation() gql.MutationResolver { return mutation(r) }
