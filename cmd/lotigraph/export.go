package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"

	"lotigraph/export"
	"lotigraph/server"
)

// export writes the graph in a format that other tools read.
func (p *program) export(ctx context.Context, args []string) error {
	var formats strings.Builder
	for _, f := range export.Formats() {
		fmt.Fprintf(&formats, "  %-20s %s\n", f.Name, f.Says)
	}
	f := p.flags("export", "--format FORMAT [-o FILE]", "Writes the graph in a format that other tools read, as whoever asks may see it:\n\n"+strings.TrimRight(formats.String(), "\n"))
	data, address := f.data("data"), f.server()
	format := f.String("format", "", "one of the formats above")
	out := f.String("o", "", "the `FILE` to write; what is printed otherwise")
	asOf := f.String("as-of", "", "as things stood on this `DAY`")
	proposed := f.Bool("proposed", false, "links that nobody has reviewed too")
	kinds := f.String("kinds", "", "only records of these `KINDS`, parted by commas")
	types := f.String("types", "", "only links of these `TYPES`, parted by commas; all but MENTIONS when left out")
	public := f.Bool("public", false, "only what everybody may see, whoever asks")
	site := f.String("public-url", "", "of a data folder: where the world reaches it, such as https://graph.example.org, for the addresses in the file; a server knows that itself")
	licence := f.String("licence", "", "of a data folder: under which licence the data may be used; a server knows that itself")
	search := f.String("query", "", "only the records that this `QUERY` finds, and the links among them; as lotigraph search takes it")
	query := url.Values{}
	f.Func("where", "narrow by `KEY=VALUE`, as often as needed: by project, borough, partner, role, theme, lead, person, author, form, year, from, to or record", func(said string) error {
		key, value, ok := strings.Cut(said, "=")
		if !ok {
			return fmt.Errorf("%q is not like borough=Camden", said)
		}
		query.Add(strings.TrimSpace(key), strings.TrimSpace(value))
		return nil
	})
	rest, err := f.parse(args)
	switch {
	case err != nil:
		return err
	case len(rest) > 0:
		return misuse{"export", fmt.Sprintf("export takes no arguments, and got %q", rest[0])}
	case *format == "":
		return misuse{"export", "export: say which --format"}
	}
	if *asOf != "" {
		query.Set("as_of", *asOf)
	}
	if *proposed {
		query.Set("proposed", "true")
	}
	if *search != "" {
		query.Set("q", *search)
	}
	for key, list := range map[string]string{"kind": *kinds, "type": *types} {
		for value := range strings.SplitSeq(list, ",") {
			if value = strings.TrimSpace(value); value != "" {
				query.Add(key, value)
			}
		}
	}
	s, err := p.sessionOf(ctx, *data, *address, server.Config{PublicURL: *site, Licence: *licence})
	if err != nil {
		return err
	}
	if *public {
		s.token = ""
	}
	return errors.Join(p.download(ctx, s, *format, query, *out), s.end())
}

// download writes an export of a server to a file, whole or not at all, or prints
// it.
func (p *program) download(ctx context.Context, s *session, format string, query url.Values, file string) error {
	at := s.base.JoinPath("export", format)
	at.RawQuery = query.Encode()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return err
	}
	request.Header.Set("Accept", "application/json, */*")
	if s.token != "" {
		request.Header.Set("Authorization", "Bearer "+s.token)
	}
	response, err := s.http.Do(request)
	if err != nil {
		return fmt.Errorf("ask %s for the export: %w", s.base, err)
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return s.refusedExport(response)
	}
	if file == "" {
		_, err = io.Copy(p.stdout, response.Body)
		return err
	}
	if err := writeFrom(file, response.Body); err != nil {
		return fmt.Errorf("write the export: %w", err)
	}
	fmt.Fprintf(p.stderr, "%s: data version %s\n", file, response.Header.Get("X-Data-Version"))
	return nil
}

// refusedExport is what a server says instead of an export.
func (s *session) refusedExport(response *http.Response) error {
	raw, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return err
	}
	answer, err := readReply(raw)
	if err != nil || len(answer.Errors) == 0 {
		return fmt.Errorf("the server at %s answers %s", s.base, response.Status)
	}
	first := answer.Errors[0]
	return s.refusal(first.Extensions.Code, first.Extensions.Field, first.Message)
}
