package server

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"lotigraph/record"
)

// An error of ours is logged and shown to nobody; what the caller can do
// something about is said, however deep it is wrapped.
func TestInternalsAreHidden(t *testing.T) {
	var log bytes.Buffer
	s := &Server{log: slog.New(slog.NewTextHandler(&log, nil))}
	ctx := context.WithValue(t.Context(), requestKey{}, "request-1")
	shown := s.present(ctx, fmt.Errorf("read: %w", errors.New("the secret path")))
	if shown.Extensions["code"] != "INTERNAL_SERVER_ERROR" || shown.Extensions["requestId"] != "request-1" || strings.Contains(shown.Error(), "secret") {
		t.Errorf("shown: %v %v", shown, shown.Extensions)
	}
	if !strings.Contains(log.String(), "the secret path") || !strings.Contains(log.String(), "request-1") {
		t.Errorf("logged: %s", log.String())
	}
	told := s.present(ctx, fmt.Errorf("the secret path: %w", record.Invalid("name", "it is empty")))
	if told.Message != "name: it is empty" || told.Extensions["code"] != "BAD_USER_INPUT" || told.Extensions["field"] != "name" {
		t.Errorf("told: %v %v", told, told.Extensions)
	}
}

// Each row of the table has a code of its own, except where two errors mean the
// same to the caller, and every error of package record is in it.
func TestFaults(t *testing.T) {
	for _, class := range []error{record.ErrNotFound, record.ErrInvalid, record.ErrConflict, record.ErrForbidden} {
		if f, _ := judge(&record.Refusal{Class: class, Reason: "because"}); f == internal || f.text != "because" {
			t.Errorf("%v is %+v", class, f)
		}
	}
	status := map[string]int{}
	for _, row := range faults {
		if known, ok := status[row.code]; ok && known != row.status {
			t.Errorf("%s is %d and %d", row.code, known, row.status)
		}
		status[row.code] = row.status
	}
}
