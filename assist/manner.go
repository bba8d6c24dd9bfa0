package assist

import "strings"

// manner is how a server is asked. Servers differ in what they know; one that
// refuses a request is asked for less, and then always so.
type manner struct {
	format        format
	noTemperature bool // some models have one temperature only
}

// format is how the server is told to answer with JSON.
type format uint8

const (
	bySchema format = iota // JSON of the given form
	asObject               // JSON
	asAsked                // only the prompt says so
)

// less is what to ask for after a refusal; ok is false when nothing is left to
// leave out.
func (m manner) less(reason string) (less manner, ok bool) {
	switch {
	case !m.noTemperature && strings.Contains(strings.ToLower(reason), "temperature"):
		m.noTemperature = true
	case m.format < asAsked:
		m.format++
	case !m.noTemperature:
		m.noTemperature = true
	default:
		return m, false
	}
	return m, true
}

// chat is the body of a request.
type chat struct {
	Model       string    `json:"model"`
	Messages    []message `json:"messages"`
	Temperature *float64  `json:"temperature,omitempty"`
	Format      any       `json:"response_format,omitempty"`
	Stream      bool      `json:"stream"`
}

type message struct {
	Role    string `json:"role"`
	Content string `json:"content"`
}

// chat is the question about a piece of a text.
func (r *Reader) chat(m manner, piece string) chat {
	c := chat{Model: r.model, Messages: []message{{"system", r.prompt}, {"user", "The note:\n\n" + piece}}}
	if !m.noTemperature {
		c.Temperature = new(float64)
	}
	switch m.format {
	case bySchema:
		c.Format = map[string]any{"type": "json_schema",
			"json_schema": map[string]any{"name": "reading", "strict": true, "schema": r.schema}}
	case asObject:
		c.Format = map[string]any{"type": "json_object"}
	}
	return c
}
