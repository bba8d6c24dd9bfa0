package ask

import "strings"

// realWords are words that mean something else, and are not taken for a slip of
// one that they are near to: the words of a British dictionary (Debian's wbritish)
// that misspelt would otherwise take for a word of a pattern. A question with one
// of them is rather not read.
var realWords = func() map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(realWordList) {
		set[w] = true
	}
	return set
}()

const realWordList = `
abort abound abut aground alter alto apter aster authorised authorises bath bean becomes beef beep beer bees beet behinds booth bosh botch broth build
buildings cabled cage cake caller calmed calved camel cameo camp campaniles cams cane cape care case cave change charged charger charges closes closet
closets code coke collaborate collaborates collaborator coma comb comer comes comet comm commons companions cone cont cope core cote counts county
court cove culled dding dealings deliverer deliverers deliveries described describes develop developer developers dies dine ding docs document
documented doer doers dogs doings dole doles doling dome domes doming dons dope dopes doping dose doses dosing dote dotes doting dots dove doves doze
dozes dozing dripped drone drooped dropper dues dune dyes dying eery emery employed employee employers ether even eves ewer exists exit exits explains
fallow fallowed fellow fend fended fender fenders fending fends fiend financiers finder finders finding finds fine fined fink fins firs firsts fist
follower follows fond fonder form found founded founder founders founding founds frog funk funked funking funks funner gale game gape gate gavel gaze
gibe given gives glow goings gong goring grave grew grog grok growl grown grows hake hale halve happen happenings hare hate haven haves haze heap
heaped heave held hell helm helper helps hemp hive hoed holds hole holed holy hood hove info initialises initiations initiative intro involve involves
john joiner joins jointed joints joist knew knob knot knows lading lads lake lamest lase lash lass lasts latent lats laxest leaded leaden leaf leafing
leafs leak leaking leaks lean leaner leaning leans leap leaping leaps leapt leas lease leash leasing leaved leaven leaves leaving lefts lefty lend
lender lenders lending lends lent lept lest lewd lewder lice life lift liked liken liker likes lilt lime line lint lire lisp lists lite live load
loader loaders loading loads locale locals loci loft lone longs lost loth lots loyal lung lust mace mads make male mane mangy manly mans mare massing
mast mate maze mead meal means meat memberships mere messing mire mist misting misusing moan moat mode moire moist mole monkey moot mope mores morn
mosey moss mote move mussing must naked names nape nave nets newer newsy newt newts nodes noes noses note noted numbed numbers oaten orbs orcs ores
organisational orgy paces pacing pact pads page paged pager pagers paging pail pain pair pales paling palled pals panes pans pant paps pare pares
paring park pars participant participation participator participators participle participles particulate particulates parts party pass past pasts
pates pats paves paving pawing paws peopled peoples pert pests phages pilled plaid playing plays plying poets polled port ports poses posits poss post
pots pouts praying prays programmed programmer programmers projectors protect protects prying puller pullet pulley pulped pulsed purled quid quiet
quilt quip quite quits quiz quoit reefer refers replaces replayed responsibly responsive rifer rile robe rode roles roll rope rose rote rove rubs rues
rugs ruins rule rums rune runes rung rungs runt runts ruts same sand scare scared scheme schemed schemer schemers scow seared shade shaded shake shale
shame shamed shape shaped shard shares shark sharked sharp sharped shave shaved sheared shingle shire shod shoe shoo shop shore shored shot shown
shows showy shred sigh sighed signer signet signs sine sing singe singed singled singles singly sinned slow smart snare snared sneak snow soared sole
sore spare spared speaks spear speck staffs staid stands stank star stare stared stark stars starts stat steak stiff stony store storey stork storm
stormy stow strand stuff succeeds succession successions supersede supersedes supersized supervened supple suppler supporter supporters supports
suppurated tack tacking tacks taker takers takings talc tale tales talking tall tame tames taming tank tanking tanks tape tapes taping tare tares
taring task tasking tasks taxes taxing teak teal teams tear teas teat teats teem tells tent tents term tern test tests than thaw thee them themes then
these three thyme tike tikes tile till timberline timelines timeliness tithe titled titles tittle toke token tokes toking toll tool toot torn tram
tuned turf turfed turner turns tyke tykes waiter wall want ware weak weal weed weeks weep weer wees weft weld wells welt wend wens wept west wham
whats wheat whens wheres whet whew whey whit white whiter whites whore width will wire wish witch withdraw withdrawal withdrawing withdraws wits woks
wont word worded wording words wore worker workings worm wormed worming worms worn wren wrier writ writers writhe writhes writs wroth
`
