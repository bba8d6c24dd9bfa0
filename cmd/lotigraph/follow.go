package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"time"

	"lotigraph/ingest"
	"lotigraph/record"
)

// followFolder is the part of a data folder that remembers what was followed.
const followFolder = "follow"

// minimalEvery is how often an address may be asked at most.
const minimalEvery = time.Minute

// follow looks at an address on the web from time to time, and imports what is
// new there.
func (p *program) follow(ctx context.Context, args []string) error {
	f := p.flags("follow", "URL", `Looks at a feed (RSS or Atom), at the posts of a WordPress site (…/wp-json/wp/v2/posts) or at a page from time to
time, and imports what is new or changed there, until a signal ends it. A site that fails is asked more and more
rarely. What the site said last is remembered, so that a restart goes on. Between looks the data folder is free for
other commands; while a server uses it, work through that with --server.`)
	data, server := f.data("data"), f.server()
	every := f.Duration("every", time.Hour, "how long to wait between looks, such as 30m or 24h")
	once := f.Bool("once", false, "look once and end")
	accept := f.Bool("accept-new", false, "let names that nobody knows become records; what is read about them stays proposed")
	sees := f.String("visibility", "", "who may see the texts: PUBLIC, MEMBERS or STAFF; PUBLIC when left out")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	visibility, err := record.ParseVisibility(*sees)
	switch {
	case err != nil:
		return misuse{"follow", "follow: " + err.Error()}
	case len(rest) != 1:
		return misuse{"follow", "follow: say which one address to follow"}
	case *every < minimalEvery:
		return misuse{"follow", fmt.Sprintf("follow: --every %s is more often than a site should be asked; the least is %s", *every, minimalEvery)}
	}
	o := ingest.Options{Actor: "follow", AcceptNew: *accept, Visibility: visibility}
	follower := ingest.Follower{Client: &http.Client{}, Now: time.Now, After: time.After, Every: *every}
	ended := func() error { return nil } // of a look
	if *server != "" {
		remote, err := p.remote(*server)
		if err != nil {
			return err
		}
		if p.cache != "" {
			follower.State = filepath.Join(p.cache, "lotigraph", followFolder, fileNameFor(remote.base.String(), rest[0]))
		}
		follower.Import = func(ctx context.Context, text ingest.File) (ingest.Report, error) {
			return remote.importFile(ctx, text, o)
		}
	} else {
		v := &visit{program: p, data: *data, options: o}
		follower.State = filepath.Join(*data, followFolder, fileNameFor(rest[0]))
		follower.Import, ended = v.importFile, v.end
	}
	err = follower.Run(ctx, rest[0], *once, func(r ingest.Round) { p.sayRound(rest[0], r, ended(), *once) })
	return errors.Join(err, ended())
}

// fileNameFor is a file name that stands for addresses.
func fileNameFor(addresses ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(addresses, "\n")))
	return hex.EncodeToString(sum[:8]) + ".json"
}

// visit has the data folder open from the first text of a look to its end.
type visit struct {
	program *program
	data    string
	options ingest.Options
	folder  *folder
}

func (v *visit) importFile(ctx context.Context, text ingest.File) (ingest.Report, error) {
	if v.folder == nil {
		f, err := openFolder(v.data, v.program.quiet())
		if err != nil {
			return ingest.Report{}, err
		}
		v.folder = f
		if _, err := f.prepare(ctx, false, nil); err != nil {
			return ingest.Report{}, err
		}
	}
	return v.folder.importer.File(ctx, text, v.options)
}

// end closes the folder, if it is open.
func (v *visit) end() error {
	if v.folder == nil {
		return nil
	}
	err := v.folder.close()
	v.folder = nil
	return err
}

// sayRound says what a look came to, in a line.
func (p *program) sayRound(address string, r ingest.Round, err error, once bool) {
	what := "nothing changed"
	switch {
	case err != nil:
		what = oneLine(err)
	case r.Failed != nil:
		what = r.Failed.Error()
	case !r.Same:
		what = listed(counted{r.Report.Added, "added"}, counted{r.Report.Changed, "changed"}, counted{r.Report.Unchanged, "there already"},
			counted{r.Report.LinksProposed, "links proposed"})
	}
	if !once {
		what += "; next look in " + r.Wait.Round(time.Second).String()
	}
	fmt.Fprintf(p.stdout, "%s %s: %s\n", time.Now().Format(time.DateTime), address, what)
	p.sayProblems(r.Report)
}
