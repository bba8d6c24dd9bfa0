package extract

import (
	"strconv"
	"strings"
)

// item is a word, a mark for names or a punctuation mark of a template.
type item struct {
	word   string // in small letters, "" for a mark
	letter byte   // of a mark: see [template]
	names  []*name
	class  string // of the word, "" where it is none that tells something
}

// tells tells whether the word is of a class that says what somebody does.
func (it item) tells() bool { return it.class != "" && it.class != "person" }

// clause cuts a template into its items.
func (t template) clause() []item {
	list := make([]item, 0, len(t.text)/5+1)
	for i := 0; i < len(t.text); {
		switch c := t.text[i]; {
		case c == '{':
			end := i + strings.IndexByte(t.text[i:], '}')
			if end < i+2 {
				return list
			}
			list = append(list, item{letter: t.text[i+1], names: t.numbered(t.text[i+2 : end])})
			i = end + 1
		case isClauseByte(c):
			end := i + 1
			for end < len(t.text) && isClauseByte(t.text[end]) {
				end++
			}
			w := strings.Trim(t.text[i:end], "'")
			if w == "" {
				w = "'"
			}
			if strings.HasPrefix(t.text[i:end], "'s") {
				w = "'s"
			}
			list = append(list, item{word: w, class: classOf(w)})
			i = end
		case c == ' ':
			i++
		default:
			list = append(list, item{word: string(c)})
			i++
		}
	}
	return list
}

func isClauseByte(c byte) bool {
	return 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c == '\'' || c == '-' || c >= 0x80
}

// numbered are the names whose numbers a mark has.
func (t template) numbered(numbers string) (list []*name) {
	for _, f := range strings.Fields(numbers) {
		if i, err := strconv.Atoi(f); err == nil && i < len(t.names) {
			list = append(list, t.names[i])
		}
	}
	return list
}

// wordClasses sort the verbs, and some other words, by what they say of a body and a
// project, so that what was learnt of one holds for the others. A word is looked up in
// its other forms too: see [classOf].
var wordClasses = map[string]string{
	"join":   `join joining sign signed signing volunteer enrol participat participant participants member members opt onboard involved part aboard form forms`,
	"lead":   `lead led leads leading leader chair co-ordinat coordinat steer oversee oversees overseen oversaw champion run ran runs running manag head co-led co-lead co-chair`,
	"host":   `host hosts hosting hosted sponsor`,
	"make":   `make made makes making build built builds building creat develop design produc writ wrote written draft draw drew drawn deliver prototyp co-design co-develop co-creat redesign rebuild rebuilt publish launch scop set commission procur complet finish map analys collect`,
	"work":   `collaborat partner work works worked working research updat partnership consortium together`,
	"try":    `pilot test trial try tried trying tries adopt implement deploy install use uses used using evaluat roll rolled rolling extend expand`,
	"begin":  `start began begun begin follow`,
	"supply": `suppl provid lend lent loan second secondment donat contribut offer gave give gives given bring brought shar share send sent hand feed fed put puts`,
	"help":   `help support advis assist guid train teach taught facilitat review check validat comment shap inform input advice`,
	"own":    `own owner maintain keep kept operat`,
	"choose": `chose choose chosen select appoint hir hired shortlist award win won pick nominat contract`,
	"pay":    `fund funds funding funded pay pays paid paying financ money grant grants cost costs bankroll invest investment cash £`,
	"say":    `tell told tells speak spoke spoken speaker speakers say says said show showed shown showing present presented presenting demo demonstrat talk talks talked blog explain describ interview hear heard hears discuss think thinks thought feedback`,
	"meet":   `meet met meeting meetings visit attend invit welcom thank thanks congratulat goodbye visitor visitors panel conference event audience catch caught sat came comes listen`,
	"hope":   `hope hoping hopes hoped want wants wanted may might could interest interested consider considering keen curious wish wishes ask asks asked asking`,
	"idea":   `would should if whether apply applied bid bids potential possible idea ideas`,
	"not":    `not no never without neither nor none nobody nothing declin won't isn't didn't doesn't hasn't can't cannot unlike instead leaving left attack`,
	"copy":   `inspired modelled borrow copied copy learn learnt learned similar compare compared compar example different approach`,
	"person": `officer officers colleagues team teams director manager staff people students developers designers researchers`,
}

// classes is wordClasses the other way round, by stem.
var classes = func() map[string]string {
	list := make(map[string]string)
	for class, stems := range wordClasses {
		for _, s := range strings.Fields(stems) {
			if _, ok := list[s]; !ok || class < list[s] {
				list[s] = class
			}
		}
	}
	return list
}()

// classOf is the class of a word, "" where it has none.
func classOf(w string) string {
	if c, ok := classes[w]; ok {
		return c
	}
	for _, ending := range [...]string{"s", "es", "d", "ed", "ing", "e", "ies", "ied", "y", "ting", "ted", "ning", "ned", "ping", "ped", "ling", "led", "ion"} {
		if stem, ok := strings.CutSuffix(w, ending); ok && len(stem) > 2 {
			if c, ok := classes[stem]; ok {
				return c
			}
		}
	}
	return ""
}
