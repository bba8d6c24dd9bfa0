package bench

import "strings"

// The stuff that programmes are made of.
var (
	plainWords = strings.Fields(`the to of and a in for with on we our that is it as be this by from at are have was will
		not can more their which they has been or also last week team data boroughs service digital residents project work
		about next new how what council would people support need should local use public technology partners one all first
		into working meeting some other shared time them who help these most where made plan learning design workshop
		session results research pilot share together better london information start funding online user insight map case
		recovery skills network staff leads housing care report list standards guide platform standard officers community
		analysts trial evidence framework contract procurement exclusion inclusion apprentices sensor street dashboard
		agreement ethics privacy strategy model survey feedback discovery prototype launch phase roadmap barriers savings`)
	syllables  = strings.Fields(`ba ben bor cal cor dan del der el en fal fin gar gol han hel in jor kel kin lan lor mar mel nor ol par per qua ran rel sal sen tan ter ul van ver wen wil yor zel`)
	firstNames = strings.Fields(`Amara Ben Chloe Dev Esther Farah George Hana Imran Julia Kofi Leila Marcus Nadia Owen Priya Quentin Rosa Samir Tessa Umar Vera Will Yusuf Zoe`)
	nameEnds   = strings.Fields(`son ley ford well man worth by ton`)
	bodies     = []string{"Labs", "Partners", "Trust", "University", "Foundation", "Consulting", "Collective", "Studio"}
	adjectives = []string{"Shared", "Open", "Connected", "Smart", "Inclusive", "Joined-up", "Digital", "Pan-London"}
	things     = []string{"Playbook", "Toolkit", "Programme", "Dashboard", "Pilot", "Framework", "Network", "Register"}
	jobs       = []string{"Head of Digital", "Data Analyst", "Programme Manager", "Service Designer", "Director of Technology", "Business Intelligence Manager"}
	themes     = []string{"data", "inclusion", "procurement", "skills", "assistive technology", "ethics", "recovery"}
)
