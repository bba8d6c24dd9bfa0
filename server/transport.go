package server

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/labstack/echo/v4"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"lotigraph/server/internal/answer"
)

// GraphQL over HTTP, as the draft specification of that name asks: GET and POST,
// one operation per request, application/json and
// application/graphql-response+json. All checks of the specification's own
// audit pass (audit_test.go).
const (
	jsonType    = "application/json"
	graphqlType = "application/graphql-response+json"

	dataVersionHeader = "X-Data-Version"

	// maxErrors is how many errors one answer lists.
	maxErrors = 20
)

// serveGraphQL answers one operation.
func (s *Server) serveGraphQL(c echo.Context) error {
	h := c.Response().Header()
	h.Add(echo.HeaderVary, "Accept, Authorization")
	views, err := s.openViews(c.Request().Context())
	if err != nil {
		return err
	}
	defer views.close()
	h.Set(dataVersionHeader, answer.Version(views.newest().Version()))
	if negotiate(c.Request()) == "" {
		return refuse(errNotAcceptable, fmt.Sprintf("this address answers with %s or %s", graphqlType, jsonType))
	}
	params, size, err := s.readParams(c)
	if err != nil {
		return err
	}
	ctx := context.WithValue(graphql.StartOperationTrace(c.Request().Context()), viewsKey{}, views)
	op, errs := s.exec.CreateOperationContext(ctx, params)
	if errs != nil {
		return s.refuseOperation(c, errs)
	}
	if err := s.admit(c, op, size); err != nil {
		return err
	}
	return s.run(ctx, c, op, views)
}

// run lets an admitted operation run and answers it.
func (s *Server) run(ctx context.Context, c echo.Context, op *graphql.OperationContext, views *views) error {
	limit := s.limits.QueryTime
	if op.Operation.Operation == ast.Mutation {
		limit = s.limits.ChangeTime
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	next, ctx := s.exec.DispatchOperation(ctx, op)
	response := next(ctx)
	if response == nil {
		return context.Cause(ctx)
	}
	s.metrics.operation(op, response)
	c.Response().Header().Set(dataVersionHeader, answer.Version(views.newest().Version()))
	return s.write(c, http.StatusOK, response.Data, response.Errors)
}

// params is a GraphQL request as it is sent.
type params struct {
	Query         string         `json:"query"`
	OperationName string         `json:"operationName"`
	Variables     map[string]any `json:"variables"`
	Extensions    map[string]any `json:"extensions"`
}

// readParams reads the request, and says how many bytes it was.
func (s *Server) readParams(c echo.Context) (*graphql.RawParams, int, error) {
	var p params
	var err error
	size, began := 0, graphql.Now()
	switch c.Request().Method {
	case http.MethodGet:
		p, err = paramsOfAddress(c.Request())
	case http.MethodPost:
		p, size, err = s.paramsOfBody(c)
	default:
		c.Response().Header().Set(echo.HeaderAllow, "GET, POST")
		err = refuse(errMethod, "use GET or POST")
	}
	if err == nil && p.Query == "" {
		err = refuse(errParse, "query is missing: send the text of a GraphQL operation in it")
	}
	return &graphql.RawParams{Query: p.Query, OperationName: p.OperationName, Variables: p.Variables, Extensions: p.Extensions,
		Headers: c.Request().Header, ReadTime: graphql.TraceTiming{Start: began, End: graphql.Now()}}, size, err
}

func paramsOfAddress(r *http.Request) (p params, err error) {
	q := r.URL.Query()
	p.Query, p.OperationName = q.Get("query"), q.Get("operationName")
	for name, to := range map[string]*map[string]any{"variables": &p.Variables, "extensions": &p.Extensions} {
		if raw := q.Get(name); raw != "" && decode([]byte(raw), to) != nil {
			return p, refuse(errParse, name+" must be a JSON object")
		}
	}
	return p, nil
}

func (s *Server) paramsOfBody(c echo.Context) (p params, size int, err error) {
	r := c.Request()
	mediaType, options, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType))
	if charset := options["charset"]; err != nil || mediaType != jsonType || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return p, 0, refuse(errMediaType, "post application/json; charset=utf-8")
	}
	limit := s.limits.Body
	if s.gate.mayChange(viewerOf(r.Context())) == nil {
		limit = max(limit, s.limits.ImportBody)
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, limit))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return p, 0, s.bodyTooLarge(limit)
	}
	if err != nil {
		return p, 0, refuse(errParse, "the body could not be read to its end")
	}
	if bytes.HasPrefix(bytes.TrimSpace(body), []byte("[")) {
		return p, 0, refuse(errParse, "send one operation per request; lists of operations are not offered")
	}
	if decode(body, &p) != nil {
		return p, 0, refuse(errParse, `the body must be one JSON object such as {"query": "{ dataset { dataVersion } }"}`)
	}
	return p, len(body), nil
}

func (s *Server) bodyTooLarge(limit int64) error {
	return refuse(errTooLarge, fmt.Sprintf("the body has more than %d bytes; only importText, with a token, may have up to %d", limit, s.limits.ImportBody))
}

func decode(raw []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(raw))
	d.UseNumber()
	if err := d.Decode(to); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more behind the value")
	}
	return nil
}

// admit says whether an operation that is sound may run for this request.
func (s *Server) admit(c echo.Context, op *graphql.OperationContext, size int) error {
	if op.Operation.Operation == ast.Mutation {
		if c.Request().Method == http.MethodGet {
			c.Response().Header().Set(echo.HeaderAllow, http.MethodPost)
			return refuse(errMethod, "GET asks and changes nothing; send a mutation with POST")
		}
		if err := s.gate.mayChange(viewerOf(c.Request().Context())); err != nil {
			return err
		}
	}
	if int64(size) > s.limits.Body && !imports(op.Operation) {
		return s.bodyTooLarge(s.limits.Body)
	}
	return nil
}

// imports tells whether an operation imports a text.
func imports(op *ast.OperationDefinition) bool {
	for _, selection := range op.SelectionSet {
		if f, ok := selection.(*ast.Field); ok && op.Operation == ast.Mutation && f.Name == "importText" {
			return true
		}
	}
	return false
}

// refuseOperation answers an operation that does not begin to run. Callers of
// the older media type expect 200 whenever the request itself was well formed.
func (s *Server) refuseOperation(c echo.Context, errs gqlerror.List) error {
	for _, e := range errs {
		if strings.HasPrefix(e.Message, "exceeded token limit") {
			f, _ := judge(refuse(errTooWide, fmt.Sprintf("this operation has over %d words and signs; put long values into variables, or split it", s.limits.Tokens)))
			*e = *failure(c.Request().Context(), f, "")
		}
	}
	s.metrics.refusal(errs[0].Extensions["code"])
	status := statusOf(errs[0].Extensions["code"])
	if negotiate(c.Request()) == jsonType {
		status = http.StatusOK
	}
	return s.reply(c, status, errs...)
}

// negotiate picks the media type of the answer; JSON when the caller does not
// care, "" when they want neither.
func negotiate(r *http.Request) string {
	accept := strings.Join(r.Header.Values("Accept"), ",")
	if strings.TrimSpace(accept) == "" {
		return jsonType
	}
	best, weight := "", 0.0
	for part := range strings.SplitSeq(accept, ",") {
		mediaType, options, err := mime.ParseMediaType(strings.TrimSpace(part))
		if err != nil {
			continue
		}
		q := 1.0
		if s, ok := options["q"]; ok {
			if q, err = strconv.ParseFloat(s, 64); err != nil {
				continue
			}
		}
		switch mediaType {
		case "*/*", "application/*":
			mediaType = jsonType
		case jsonType, graphqlType:
		default:
			continue
		}
		if q > weight || q == weight && q > 0 && mediaType == graphqlType {
			best, weight = mediaType, q
		}
	}
	return best
}

// reply answers with errors and no data.
func (s *Server) reply(c echo.Context, status int, errs ...*gqlerror.Error) error {
	return s.write(c, status, nil, errs)
}

// write answers as GraphQL: errors first where there are some, then the data
// where there was an attempt at it, then the data version.
func (s *Server) write(c echo.Context, status int, data json.RawMessage, errs gqlerror.List) error {
	if more := len(errs) - maxErrors; more > 0 {
		errs = append(errs[:maxErrors:maxErrors], &gqlerror.Error{Message: fmt.Sprintf("and %d more errors", more), Extensions: errs[maxErrors].Extensions})
	}
	var b bytes.Buffer
	b.Grow(len(data) + 256)
	b.WriteByte('{')
	if len(errs) > 0 {
		raw, err := json.Marshal(errs)
		if err != nil {
			return fmt.Errorf("write the errors: %w", err)
		}
		fmt.Fprintf(&b, `"errors":%s,`, raw)
	}
	if data != nil {
		b.WriteString(`"data":`)
		b.Write(data)
		b.WriteByte(',')
	}
	extensions := map[string]string{}
	if v := c.Response().Header().Get(dataVersionHeader); v != "" {
		extensions["dataVersion"] = v
	}
	raw, err := json.Marshal(extensions)
	if err != nil {
		return fmt.Errorf("write the extensions: %w", err)
	}
	fmt.Fprintf(&b, `"extensions":%s}`, raw)
	mediaType := jsonType
	if c.Path() == "/graphql" && negotiate(c.Request()) == graphqlType {
		mediaType = graphqlType
	}
	return c.Blob(status, mediaType+"; charset=utf-8", b.Bytes())
}
