package main

import (
	"flag"
	"fmt"
	"io"
	"strings"

	"lotigraph/record"
)

// flags are the flags of one command. Each has an environment variable, which
// is its name in capitals behind LOTIGRAPH_.
type flags struct {
	*flag.FlagSet
	program *program
	args    string // what follows the flags, for the help
	about   string
}

func (p *program) flags(command, args, about string) *flags {
	f := &flags{flag.NewFlagSet(command, flag.ContinueOnError), p, args, about}
	f.SetOutput(io.Discard)
	return f
}

// data is the flag that names the data folder.
func (f *flags) data(preset string) *string {
	about := "the data folder; in it graph/ holds the truth and index/ may be deleted at any time"
	if preset == "" {
		about = "a data folder whose records are to be known; the built-in starter programme's when left out"
	}
	return f.String("data", preset, about)
}

// server is the flag that names a running server.
func (f *flags) server() *string {
	return f.String("server", "", "the address of a running server to work through, instead of opening the data folder")
}

// lensFlags say how to look at the graph.
type lensFlags struct {
	command  string
	asOf     *string
	proposed *bool
}

func (f *flags) lens() lensFlags {
	return lensFlags{f.Name(), f.String("as-of", "", "as things stood on this `DAY`, like 2021-05-17"),
		f.Bool("proposed", false, "count links that nobody has reviewed yet")}
}

// variable is the lens as GraphQL takes it.
func (l lensFlags) variable() (map[string]any, error) {
	lens := map[string]any{"proposed": *l.proposed}
	day, err := record.ParsePartialDate(*l.asOf)
	if err != nil || !day.IsZero() && !day.IsDay() {
		return nil, misuse{l.command, fmt.Sprintf("%s: --as-of is a day like 2021-05-17, not %q", l.command, *l.asOf)}
	}
	if !day.IsZero() {
		lens["asOf"] = day
	}
	return lens, nil
}

func (f *flags) json() *bool { return f.Bool("json", false, "print JSON") }

func variable(flagName string) string {
	return "LOTIGRAPH_" + strings.ToUpper(strings.ReplaceAll(flagName, "-", "_"))
}

// parse reads the environment, then the arguments, and returns those that are
// not flags. Flags may follow arguments; after -- nothing is a flag.
func (f *flags) parse(args []string) ([]string, error) {
	if err := f.parseEnvironment(); err != nil {
		return nil, err
	}
	var rest []string
	for {
		err := f.Parse(args)
		if err == flag.ErrHelp {
			f.usage()
			return nil, err
		}
		if err != nil {
			return nil, misuse{f.Name(), f.Name() + ": " + err.Error()}
		}
		left := f.Args()
		if read := len(args) - len(left); len(left) == 0 || read > 0 && args[read-1] == "--" {
			return append(rest, left...), nil
		}
		rest, args = append(rest, left[0]), left[1:]
	}
}

func (f *flags) parseEnvironment() error {
	var wrong error
	f.VisitAll(func(fl *flag.Flag) {
		name := variable(fl.Name)
		value := f.program.env(name)
		if value == "" || wrong != nil {
			return
		}
		if err := f.Set(fl.Name, value); err != nil {
			wrong = misuse{f.Name(), fmt.Sprintf("%s=%q: %v", name, value, err)}
		}
	})
	return wrong
}

// usage says how the command is used.
func (f *flags) usage() {
	out := f.program.stdout
	fmt.Fprintf(out, "Usage: %s\n\n%s\n", strings.TrimSpace("lotigraph "+f.Name()+" [flags] "+f.args), f.about)
	first := true
	f.VisitAll(func(fl *flag.Flag) {
		if first {
			fmt.Fprint(out, "\nFlags, and the environment variables that stand for them:\n")
			first = false
		}
		kind, about := flag.UnquoteUsage(fl)
		line := strings.TrimSpace("--" + fl.Name + " " + strings.ToUpper(kind))
		preset := ""
		if fl.DefValue != "" && fl.DefValue != "false" {
			preset = " (default " + fl.DefValue + ")"
		}
		fmt.Fprintf(out, "  %-24s %-26s %s%s\n", line, variable(fl.Name), about, preset)
	})
}
