package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"strings"

	"lotigraph/record"
)

// program is one run of the command: everything that it has of the world, so
// that a test can run it as a person does.
type program struct {
	args     []string            // without the program's name
	stdin    io.Reader           // what is piped in; nil for nothing
	stdout   io.Writer           // answers
	stderr   io.Writer           // everything else: log, progress, problems
	env      func(string) string // the value of an environment variable, "" for none
	cache    string              // the user's own folder for passing things; "" for none
	terminal bool                // whether a person watches stderr
}

// The exit codes.
const (
	exitOK     = 0
	exitFailed = 1 // something went wrong or was refused
	exitMisuse = 2 // the command was not understood
)

// misuse is a mistake in how a command was called.
type misuse struct{ command, reason string }

func (m misuse) Error() string { return m.reason }

// errSaid ends a command whose problems have been said already.
var errSaid = errors.New("the problems have been said")

// command is one of the things that the program does.
type command struct {
	name, about string
	run         func(ctx context.Context, args []string) error
}

// commands lists them in the order of the help.
func (p *program) commands() []command {
	return []command{
		{"serve", "answer on an address: GraphQL, GraphiQL and pages", p.serve},
		{"import", "read texts, pages, feeds, tables and folders into the graph", p.imports},
		{"follow", "look at a feed, a site or a page from time to time", p.follow},
		{"extract", "say what texts name and say; nothing is stored", p.extract},
		{"search", "find records by their words", p.search},
		{"ask", "answer a question in plain English", p.ask},
		{"paths", "say how two records are linked", p.paths},
		{"network", "who is joined with whom through what they share, with measures", p.network},
		{"inbox", "what waits for a person: list it, accept, reject or correct", p.inbox},
		{"merge", "say that two records are one", p.merge},
		{"unmerge", "take a merge back", p.unmerge},
		{"add", "add a record by hand", p.add},
		{"link", "add a link by hand, with its evidence", p.link},
		{"withdraw", "take back a text, a record, a link or a ruling", p.withdraw},
		{"restore", "let what was withdrawn stand again", p.restore},
		{"undo", "put back what a change touched", p.undo},
		{"export", "write the graph in a format that other tools read", p.export},
		{"brief", "everything about one borough, each line with its evidence", p.brief},
		{"diff", "what differs between two days, or two data versions", p.diff},
		{"token", "print the token to sign in with on this machine's server", p.sayToken},
		{"log", "what was changed, the newest first", p.changeLog},
		{"check", "verify every invariant of a data folder", p.check},
		{"version", "say which build this is", p.version},
		{"help", "say this, or how to use a command: lotigraph help COMMAND", p.help},
	}
}

// run does what the arguments say and returns the exit code.
func (p *program) run(ctx context.Context) int {
	err := p.dispatch(ctx)
	var wrong misuse
	switch {
	case err == nil, errors.Is(err, flag.ErrHelp):
		return exitOK
	case errors.As(err, &wrong):
		fmt.Fprintf(p.stderr, "lotigraph: %s\nRun `%s` to see how it is used.\n",
			wrong.reason, strings.Join(strings.Fields("lotigraph help "+wrong.command), " "))
		return exitMisuse
	case errors.Is(err, errSaid):
	case ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(p.stderr, "lotigraph: stopped; what is stored is whole, and running it again goes on from there")
	default:
		fmt.Fprintf(p.stderr, "lotigraph: %s\n", oneLine(err))
	}
	return exitFailed
}

func (p *program) dispatch(ctx context.Context) error {
	if len(p.args) == 0 {
		return misuse{"", "say what to do: one of " + p.names()}
	}
	name := p.args[0]
	if name == "-h" || name == "--help" || name == "-help" {
		name = "help"
	}
	for _, c := range p.commands() {
		if c.name == name {
			return c.run(ctx, p.args[1:])
		}
	}
	return misuse{"", fmt.Sprintf("%q is no command; use one of %s", name, p.names())}
}

func (p *program) names() string {
	var names []string
	for _, c := range p.commands() {
		names = append(names, c.name)
	}
	return strings.Join(names, ", ")
}

// help lists the commands, or says how one of them is used.
func (p *program) help(ctx context.Context, args []string) error {
	if len(args) > 0 {
		asked := *p
		asked.args = []string{args[0], "--help"}
		return asked.dispatch(ctx)
	}
	fmt.Fprint(p.stdout, "LOTI Graph: what London's boroughs do together, as linked records that can be searched and queried.\n\nUsage: lotigraph COMMAND [flags] [arguments]\n\n")
	for _, c := range p.commands() {
		fmt.Fprintf(p.stdout, "  %-9s %s\n", c.name, c.about)
	}
	fmt.Fprint(p.stdout, `
Every flag can also be given as an environment variable: --data as LOTIGRAPH_DATA. A flag given outright wins.
LOTIGRAPH_TOKEN is the token that lets its bearer change things, for serve and for commands with --server.

Exit code: 0 when all went well, 1 when something failed or was refused, 2 when the command was not understood.
`)
	return nil
}

// version says which build this is.
func (p *program) version(_ context.Context, args []string) error {
	f := p.flags("version", "", "Says which build this is.")
	if rest, err := f.parse(args); err != nil {
		return err
	} else if len(rest) > 0 {
		return misuse{"version", "version takes no arguments"}
	}
	build, commit := "(unknown)", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		build = info.Main.Version
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				commit = ", commit " + s.Value
			}
		}
	}
	fmt.Fprintf(p.stdout, "lotigraph %s%s, %s\n", build, commit, runtime.Version())
	return nil
}

// oneLine is an error for a person: a refusal speaks for itself, without the
// operations around it.
func oneLine(err error) string {
	var r *record.Refusal
	if errors.As(err, &r) {
		return r.Error()
	}
	return strings.ReplaceAll(err.Error(), "\n", "; ")
}
