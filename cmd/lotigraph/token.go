package main

import (
	"context"
	"crypto/rand"
	"fmt"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// The local token.
//
// Changes need a token, and LOTIGRAPH_TOKEN is it. For a person who tries the
// program on their own machine there is a second way that needs no set-up. A
// server without LOTIGRAPH_TOKEN that listens on a loopback address makes a
// random token, and writes it into a file in the user's own cache folder, named
// after the address. A command with --server that is told a loopback address,
// and has no LOTIGRAPH_TOKEN either, reads it there.
//
// Nobody else can: the folder's mode is 0700 and the file's 0600. A browser does
// not know the token, so no web page can use it. It is made anew at each start
// and its file is removed at a stop; what a killed server leaves behind opens
// nothing, because the token is only in that server's memory. --local-token=false
// switches all this off, and then changes are off without LOTIGRAPH_TOKEN.

// access is how a server lets changes in.
type access struct {
	token string // "" for not at all
	how   string // in words, for the log
	file  string // of the local token, "" when there is none
}

// access decides how the server on this address lets changes in. With an error
// it lets none in.
func (p *program) access(at net.Addr, local bool) (access, error) {
	if token := p.env(tokenVariable); token != "" {
		return access{token: token, how: "with the token of " + tokenVariable}, nil
	}
	a := access{how: "off; set " + tokenVariable + " to allow them"}
	host, port, err := net.SplitHostPort(at.String())
	if err != nil || !local || !isLoopback(host) {
		return a, nil
	}
	name, err := p.tokenFile(host, port)
	if err != nil {
		return a, err
	}
	dir := filepath.Dir(name)
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return a, err
	}
	if err := os.Chmod(dir, 0o700); err != nil { // it may have been there, more open
		return a, err
	}
	token := rand.Text()
	if err := writeFile(name, token+"\n"); err != nil {
		return a, err
	}
	return access{token, "for this user's own commands", name}, nil
}

// end takes the local token back.
func (a access) end() {
	if a.file != "" {
		os.Remove(a.file)
	}
}

// tokenVariable names the environment variable of the token.
const tokenVariable = "LOTIGRAPH_TOKEN"

// tokenFor is the token to send to a server, "" for none.
func (p *program) tokenFor(server *url.URL) string {
	if token := p.env(tokenVariable); token != "" {
		return token
	}
	hosts := []string{server.Hostname()}
	if strings.EqualFold(server.Hostname(), "localhost") {
		hosts = []string{"127.0.0.1", "::1"}
	}
	port := server.Port()
	if port == "" {
		port = "80"
	}
	for _, host := range hosts {
		if !isLoopback(host) {
			continue
		}
		name, err := p.tokenFile(host, port)
		if err != nil {
			return ""
		}
		if raw, err := os.ReadFile(name); err == nil {
			return strings.TrimSpace(string(raw))
		}
	}
	return ""
}

// sayToken prints the token of a server on this machine, for signing in on its
// pages.
func (p *program) sayToken(_ context.Context, args []string) error {
	f := p.flags("token", "", `Prints the token of a server that runs on this machine, to sign in with on its pages: at /sign-in, without a
LOTIGRAPH_TOKEN. It opens what it opens to commands: everything. It is another one after each start of the server.`)
	address := f.String("server", "http://127.0.0.1:8080", "where the server answers")
	rest, err := f.parse(args)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return misuse{"token", fmt.Sprintf("token takes no arguments, and got %q", rest[0])}
	}
	at, err := url.Parse(*address)
	if err != nil || at.Host == "" {
		return misuse{"token", fmt.Sprintf("token: %q is no address of a server", *address)}
	}
	token := p.tokenFor(at)
	if token == "" {
		return fmt.Errorf("no server of yours on %s has a local token: either none runs there, or it was started with %s or with --local-token=false", at.Host, tokenVariable)
	}
	fmt.Fprintln(p.stdout, token)
	return nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

// tokenFile is where the local token of a loopback address lies.
func (p *program) tokenFile(host, port string) (string, error) {
	if p.cache == "" {
		return "", fmt.Errorf("this user has no cache folder to keep the local token in")
	}
	return filepath.Join(p.cache, "lotigraph", strings.ReplaceAll(host, ":", "_")+"-"+port+".token"), nil
}
