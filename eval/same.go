package eval

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// acronyms are other names of a few bodies, in plain letters.
var acronyms = map[string]string{
	"loti": "london office of technology and innovation",
	"london office for technology and innovation": "london office of technology and innovation",
	"gla":                     "greater london authority",
	"tfl":                     "transport for london",
	"mhclg":                   "ministry of housing communities and local government",
	"phe":                     "public health england",
	"rbkc":                    "kensington and chelsea",
	"wcc":                     "westminster",
	"met police":              "metropolitan police service",
	"metropolitan police":     "metropolitan police service",
	"lednet":                  "london environment directors network",
	"ipa":                     "infrastructure and projects authority",
	"central bedfordshire":    centralBedfordshire,
	"city of westminster":     "westminster",
	"lfb":                     "london fire brigade",
	"london fire brigade lfb": "london fire brigade",
	"kingston":                "kingston upon thames",
	"richmond":                "richmond upon thames",
}

// centralBedfordshire is the one council that goes by its whole name.
const centralBedfordshire = "central bedfordshire council"

var (
	brackets     = regexp.MustCompile(`\(.*?\)`)
	noWord       = regexp.MustCompile(`[^a-z0-9]+`)
	boroughLead  = regexp.MustCompile(`^(?:royal borough of|london borough of|lb|city of) `)
	boroughTail  = regexp.MustCompile(` (?:borough council|city council|council|lbc)$`)
	abbreviation = regexp.MustCompile(`(?:[A-Z][\p{L}\p{N}_’'-]* (?:of |and |the |for )?){1,8}\(([\p{L}\p{N}_]+)\)`)
	ending       = regexp.MustCompile(`(?:ing|s)$`)
)

// emptyWords do not count when names of projects are compared.
var emptyWords = map[string]bool{"the": true, "a": true, "an": true, "of": true, "for": true, "to": true, "in": true, "on": true,
	"with": true, "project": true, "programme": true, "initiative": true, "and": true}

// plain is a name in plain small letters, without what stands in brackets, the
// article, and the words that say that it is a borough or a council.
func plain(name string) string {
	s := strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(name), "&", " and "), "’", "'")
	s = strings.ReplaceAll(strings.ReplaceAll(brackets.ReplaceAllString(s, " "), "'s ", " "), "'", "")
	s = strings.TrimPrefix(strings.TrimSpace(noWord.ReplaceAllString(s, " ")), "the ")
	if lead := boroughLead.FindString(s); lead != "" && !strings.HasPrefix(s[len(lead):], "london") {
		s = s[len(lead):]
	}
	if s != centralBedfordshire {
		s = boroughTail.ReplaceAllString(s, "")
	}
	if full, ok := acronyms[s]; ok {
		return full
	}
	return s
}

// same tells whether two names are one.
func same(a, b string) bool { return plain(a) == plain(b) }

// samePerson tells whether two names are one person's: equal, or one of them a
// first name alone.
func samePerson(a, b string) bool {
	if same(a, b) {
		return true
	}
	x, y := strings.Fields(plain(a)), strings.Fields(plain(b))
	return len(x) > 0 && len(y) > 0 && x[0] == y[0] && (len(x) == 1 || len(y) == 1)
}

// sameProject tells whether two names are one project's: equal, or most of the
// words are the same.
func sameProject(a, b string) bool {
	if same(a, b) {
		return true
	}
	for _, x := range shorter(a) {
		for _, y := range shorter(b) {
			if alike(wordsOf(x), wordsOf(y)) {
				return true
			}
		}
	}
	return false
}

// sameEnd tells whether two names of ends of a link, of whatever kind, are one.
func sameEnd(a, b string) bool { return sameProject(a, b) || samePerson(a, b) }

// sameLink tells whether a link that was found is one that people found.
func sameLink(g, found GoldLink) bool {
	return g.Predicate == found.Predicate && sameEnd(g.Subject, found.Subject) && sameEnd(g.Object, found.Object)
}

// shorter is a name, and the name with a phrase replaced by the abbreviation in
// brackets behind it.
func shorter(name string) []string {
	return []string{name, abbreviation.ReplaceAllString(name, "$1 ")}
}

// wordsOf are the words of a name that count, without their endings.
func wordsOf(name string) map[string]bool {
	all := strings.Fields(plain(name))
	list := make(map[string]bool)
	for _, w := range all {
		if !emptyWords[w] {
			list[ending.ReplaceAllString(w, "")] = true
		}
	}
	if len(list) == 0 {
		for _, w := range all {
			list[w] = true
		}
	}
	return list
}

// alike tells whether two sets of words share at least 60 % of the smaller and
// 34 % of the larger.
func alike(x, y map[string]bool) bool {
	if len(x) == 0 || len(y) == 0 {
		return false
	}
	both := 0
	for w := range x {
		if y[w] {
			both++
		}
	}
	return float64(both)/float64(min(len(x), len(y))) >= 0.6 && float64(both)/float64(max(len(x), len(y))) >= 0.34
}

// isPart tells whether a quote is an exact part of a text.
func isPart(quote, text string) bool {
	return quote != "" && utf8.ValidString(quote) && strings.Contains(text, quote)
}
