package main

import (
	"log/slog"

	"lotigraph/assist"
	"lotigraph/ingest"
)

// readerKey is the environment variable that holds the key of the second reader's
// endpoint. There is no flag for it, since other users of a machine see flags.
const readerKey = "LOTIGRAPH_READER_KEY"

// secondFlags are those that switch the second reader on.
type secondFlags struct{ url, model *string }

// second are the flags of the second reader.
func (f *flags) second() secondFlags {
	return secondFlags{
		url:   f.String("reader-url", "", "let a language model read too: the address of an OpenAI-compatible API, such as http://127.0.0.1:11434/v1; its key is in "+readerKey),
		model: f.String("reader-model", "", "the name by which that server knows the model"),
	}
}

// readWith lets the importer read with the second reader, if one was named.
func (p *program) readWith(im *ingest.Importer, s secondFlags, log *slog.Logger) error {
	if *s.url == "" {
		return nil
	}
	reader, err := assist.New(assist.Options{URL: *s.url, Model: *s.model, Key: p.env(readerKey), Logger: log})
	if err != nil {
		return err
	}
	im.ReadAlsoWith(reader.Read)
	return nil
}
