// Command lotigraph is LOTI Graph: what London's boroughs do together, as linked
// records that can be searched and queried.
//
//	main.go      from the machine to a program value, and back to an exit code
//	program.go   the commands, the help, the exit codes
//	flags.go     flags and their environment variables
//	folder.go    opening a data folder: the graph, the index, the 33 boroughs
//	serve.go     serve: seed → listen → publish → answer → close
//	token.go     the local token, with which a person works on their own machine; token
//	import.go    import, into a folder or through a server
//	follow.go    follow: a feed, a site or a page, from time to time
//	report.go    what an import says
//	remote.go    a running server, as a client sees it
//	extract.go   extract: what a text names and says, nothing stored
//	search.go    search, in a folder or through a server
//	ask.go       ask: a question in plain English
//	paths.go     paths: how two records are linked
//	network.go   network: who is joined with whom through what they share
//	session.go   where reviewing and editing works: a server, or a folder served to oneself
//	inbox.go     inbox: what waits for a person
//	settle.go    inbox accept, reject, correct
//	brief.go     brief: everything about one borough
//	diff.go      diff: what differs between two days or data versions
//	log.go       log: what was changed
//	export.go    export: the formats other tools read
//	edit.go      add, link, merge, unmerge, withdraw, restore, undo
//	check.go     check: every invariant of a data folder
//	progress.go  progress of long work
//
// No logic about the programme lives here: commands open what they need, call
// the packages below and print.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	p := &program{
		args:     os.Args[1:],
		stdin:    os.Stdin,
		stdout:   os.Stdout,
		stderr:   os.Stderr,
		env:      os.Getenv,
		terminal: isTerminal(os.Stderr) && os.Getenv("TERM") != "dumb",
	}
	p.cache, _ = os.UserCacheDir() // "" where the user has none: then there is no local token
	os.Exit(p.run(ctx))
}

// isTerminal tells whether a person watches the file, so that a line of progress
// may be written over.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
