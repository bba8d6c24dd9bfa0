package server

import (
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"lotigraph/graph"
	"lotigraph/view"
)

// metrics is what /metrics shows. No label takes a value that callers choose.
type metrics struct {
	registry   *prometheus.Registry
	requests   *prometheus.CounterVec
	durations  *prometheus.HistogramVec
	operations *prometheus.HistogramVec
	refusals   *prometheus.CounterVec
}

func newMetrics(store *graph.Store, publisher *view.Publisher) *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "lotigraph_http_requests_total",
			Help: "Requests answered."}, []string{"route", "method", "class"}),
		durations: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "lotigraph_http_request_duration_seconds",
			Help: "Time until a request was answered.", Buckets: buckets()}, []string{"route"}),
		operations: prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: "lotigraph_graphql_operation_duration_seconds",
			Help: "Time that GraphQL operations took to run.", Buckets: buckets()}, []string{"type", "outcome"}),
		refusals: prometheus.NewCounterVec(prometheus.CounterOpts{Name: "lotigraph_graphql_refused_total",
			Help: "GraphQL operations refused before they ran."}, []string{"code"}),
	}
	m.registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		m.requests, m.durations, m.operations, m.refusals,
		gauge("lotigraph_data_version", "Number of the last change.", nil, func() float64 { return float64(store.Version()) }),
		gauge("lotigraph_index_lag_changes", "Changes that readers do not see yet.", nil, func() float64 { return lag(store, publisher) }),
		gauge("lotigraph_badger_bytes", "Bytes on disk.", prometheus.Labels{"part": "tables"}, func() float64 {
			tables, _ := store.Sizes()
			return float64(tables)
		}),
		gauge("lotigraph_badger_bytes", "Bytes on disk.", prometheus.Labels{"part": "values"}, func() float64 {
			_, values := store.Sizes()
			return float64(values)
		}))
	return m
}

func buckets() []float64 {
	return []float64{.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10}
}

func gauge(name, help string, labels prometheus.Labels, read func() float64) prometheus.Collector {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help, ConstLabels: labels}, read)
}

// lag is how many changes the published view is behind the graph.
func lag(store *graph.Store, publisher *view.Publisher) float64 {
	newest := store.Version()
	v, err := publisher.Current()
	if err != nil {
		return float64(newest)
	}
	defer v.Close()
	return float64(newest) - float64(min(newest, v.Version()))
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry, DisableCompression: true})
}

func (m *metrics) request(route, method string, status int, took time.Duration) {
	if !slices.Contains([]string{http.MethodGet, http.MethodHead, http.MethodPost, http.MethodOptions}, method) {
		method = "other"
	}
	m.requests.WithLabelValues(route, method, fmt.Sprintf("%dxx", status/100)).Inc()
	m.durations.WithLabelValues(route).Observe(took.Seconds())
}

func (m *metrics) operation(op *graphql.OperationContext, r *graphql.Response) {
	outcome := "ok"
	if len(r.Errors) > 0 {
		outcome = "errors"
	}
	m.operations.WithLabelValues(string(op.Operation.Operation), outcome).Observe(time.Since(op.Stats.OperationStart).Seconds())
}

// refusal counts an operation that was refused; the code is one of ours.
func (m *metrics) refusal(code any) { m.refusals.WithLabelValues(fmt.Sprint(code)).Inc() }
