package extract

import (
	"net/url"
	"regexp"
	"strings"

	"lotigraph/record"
)

var (
	weeknoteFile = regexp.MustCompile(`(?i)week-?note|week[-_ ]?\d+`)
	newsHost     = regexp.MustCompile(`(?i)(?:^|[.-])(?:ukauthority|computerweekly|cities-today|smartcitiesconnect|theguardian|bbc|publictechnology|standard|reuters|localgov|theregister|diginomica|ft|telegraph|independent|wired|zdnet|techcrunch|civilserviceworld|lgcplus|themj|uktech|globalgovernmentforum)(?:[.-]|$)`)
	reportTitle  = regexp.MustCompile(`(?i)\breport\b`)
)

// formOf says what sort of text it is, where the front matter does not: by
// title and file name for weeknotes, else by the address.
func formOf(title, name, address string) record.Form {
	if weeknoteTitle.MatchString(title) || weeknoteFile.MatchString(baseName(name)) && address == "" {
		return record.FormWeeknote
	}
	if address == "" && strings.Contains(name, "://") {
		address = name
	}
	u, err := url.Parse(address)
	if err != nil {
		u = &url.URL{}
	}
	host, path := strings.ToLower(u.Hostname()), strings.ToLower(u.Path)
	switch {
	case weeknoteFile.MatchString(baseName(name)) && weeknoteFile.MatchString(path):
		return record.FormWeeknote
	case host == "docs.google.com" && strings.HasPrefix(path, "/presentation"):
		return record.FormDeck
	case reportTitle.MatchString(title):
		return record.FormReport
	case strings.Contains(path, "/news") || strings.Contains(path, "press-release") || strings.Contains(path, "/articles/") || newsHost.MatchString(host):
		return record.FormNews
	case strings.Contains(path, "/blog/") || host == "medium.com" || strings.HasSuffix(host, ".medium.com"):
		return record.FormBlog
	}
	return record.FormPage
}

// baseName is the last part of a path or an address.
func baseName(name string) string {
	name = strings.TrimRight(name, "/")
	return name[strings.LastIndexAny(name, `/\`)+1:]
}
