package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"strings"
	"syscall"
	"time"

	"lotigraph/bench"
)

// row is what was measured of a sort of page.
type row struct {
	sort
	once   bench.Timing  // each address, when it was asked for the first time
	again  bench.Timing  // … and later
	change bench.Timing  // the first one after the data has changed
	worked time.Duration // what the processor did for one page, asked for again, whatever else the machine was busy with
	bytes  int           // of the heaviest page with all that it loads, as it comes over the wire
	seen   *vitals       // nil where the browser did not look
}

// settle is how long a server has after a start, and what is made beside requests
// after a change.
const settle = 5 * time.Second

// started asks for what a server makes beside its first requests after a start, and
// waits.
func (w *world) started(ctx context.Context) error {
	for _, at := range []string{"/matrix", "/about", "/inbox"} {
		if _, _, err := w.get(ctx, at, true); err != nil {
			return err
		}
	}
	time.Sleep(settle)
	return nil
}

// measure asks the server for every sort of page.
func measure(ctx context.Context, w *world, s settings) (rows []*row, err error) {
	loads := &loads{world: w, sizes: map[string]int{}}
	for _, one := range sorts(w, s) {
		if !strings.Contains(one.name, s.only) {
			continue
		}
		bench.Progress("measuring: %s", one.name)
		r := &row{sort: one}
		rows = append(rows, r)
		for round := range s.rounds + 1 {
			before := processor()
			for _, at := range one.addresses {
				body, took, err := w.get(ctx, at, one.staff)
				if err != nil {
					return rows, err
				}
				if round > 0 {
					r.again = append(r.again, took)
					continue
				}
				r.once = append(r.once, took)
				weight, err := loads.weight(ctx, at, one.staff, body)
				if err != nil {
					return rows, err
				}
				r.bytes = max(r.bytes, weight)
			}
			if round > 0 {
				r.worked += (processor() - before) / time.Duration(s.rounds*len(one.addresses))
			}
		}
		for i := range s.changes {
			if err := w.change(ctx); err != nil {
				return rows, err
			}
			_, took, err := w.get(ctx, one.addresses[i%len(one.addresses)], one.staff)
			if err != nil {
				return rows, err
			}
			r.change = append(r.change, took)
		}
	}
	return rows, nil
}

// get asks for a page and reads it to its end.
func (w *world) get(ctx context.Context, at string, staff bool) (body []byte, took time.Duration, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, w.site+at, nil)
	if err != nil {
		return nil, 0, err
	}
	request.Header.Set("Accept", "text/html")
	if staff {
		request.AddCookie(w.staff)
	}
	begun := time.Now()
	response, err := w.client.Do(request)
	if err != nil {
		return nil, 0, err
	}
	defer response.Body.Close()
	body, err = io.ReadAll(response.Body)
	took = time.Since(begun)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", at, response.Status)
	}
	return body, took, err
}

// loads weighs pages with what they load.
type loads struct {
	*world
	sizes map[string]int // of what was weighed
}

var loaded = regexp.MustCompile(`(?:src|href)="(/assets/[^"]+)"`)

// weight is how many bytes a page takes over the wire, with the scripts, styles
// and pictures that it names.
func (l *loads) weight(ctx context.Context, at string, staff bool, body []byte) (total int, err error) {
	if total, err = l.size(ctx, at, staff); err != nil {
		return 0, err
	}
	for _, m := range loaded.FindAllSubmatch(body, -1) {
		asset := string(m[1])
		if l.sizes[asset] == 0 {
			if l.sizes[asset], err = l.size(ctx, asset, false); err != nil {
				return 0, err
			}
		}
		total += l.sizes[asset]
	}
	return total, nil
}

// size is how long an answer is as it comes over the wire.
func (l *loads) size(ctx context.Context, at string, staff bool) (int, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, l.site+at, nil)
	if err != nil {
		return 0, err
	}
	request.Header.Set("Accept", "text/html")
	request.Header.Set("Accept-Encoding", "gzip") // said by hand, so that it comes as it is
	if staff {
		request.AddCookie(l.staff)
	}
	response, err := l.client.Do(request)
	if err != nil {
		return 0, err
	}
	defer response.Body.Close()
	n, err := io.Copy(io.Discard, response.Body)
	return int(n), err
}

// processor is how much the processor has done for this program, all threads
// together: the server, and the little that asking it takes.
func processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
