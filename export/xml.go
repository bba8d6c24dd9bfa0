package export

import (
	"encoding/xml"
	"fmt"
	"strings"
)

// xmlText is a text as it may stand in XML, in an element or between the
// quotation marks of an attribute.
func xmlText(s string) string {
	var b strings.Builder
	xml.EscapeText(&b, []byte(clean(s))) // a builder fails no write
	return b.String()
}

// xmlf writes a piece of XML; of its arguments, texts are escaped.
func (e *exporter) xmlf(format string, args ...any) error {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = xmlText(s)
		}
	}
	_, err := fmt.Fprintf(e.w, format, args...)
	return err
}
