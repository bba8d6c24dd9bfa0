package extract

import "strings"

// The vocabulary of names: the words by which a body, a thing made or a job is
// known for what it is. All are in small letters.
var (
	// bodyHeads end (or, before "of" and "for", begin) the name of a body.
	bodyHeads = words(`university college school academy institute institution centre center foundation trust council authority
		corporation agency association partnership committee commission ministry department office society federation union
		ltd limited plc llp inc consulting consultancy associates labs lab studio studios ventures solutions technologies brigade
		police constabulary hospital alliance consortium catapult museum charity collective company campus cabinet parliament
		assembly board treasury inspectorate ombudsman regulator federation fellowship headquarters hq partners group forum
		healthcare housing homes confederation uk international`)
	// frontHeads may begin the name of a body: "University of Bath".
	frontHeads = words(`university institute ministry department office centre center college school society royal bank association
		council committee board campaign museum federation`)
	// vagueHeads need more than one common word before them.
	vagueHeads = words(`group board partners forum committee office department union housing homes headquarters hq council school
		society cabinet company police assembly technologies studios labs lab alliance academy trust centre center campus studio charity`)

	// madeHeads end the name of a project or of something made by one, and are a
	// part of that name.
	madeHeads = words(`fund challenge toolkit playbook framework strategy charter network networks dashboard guide map model kit
		agreement standards gateway datastore explorer library bank tool accelerator sandbox sprint mission initiative hub portal
		register tracker marketplace catalogue observatory conference requirements guidance roadmap canvas directory index
		bootcamp festival blueprint manifesto prize partnership programme scheme project service pilot prototype platform app
		sessions course apprenticeships principles handbook template repository exchange community academy
		collaborative taskforce forum group clinic protocol policy standard pledge survey audit simulator
		campaign commons store hackathon datathon website chatbot workbook curriculum barometer navigator finder lab atlas week summit series package pipeline pot grant day passport databank standard`)
	// smallHeads are those of madeHeads that may stand in small letters behind a
	// name in capitals and still be a part of it.
	smallHeads = words(`fund challenge toolkit playbook framework strategy charter network networks dashboard guide map model kit
		agreement gateway datastore explorer accelerator sandbox sprint hub portal register tracker marketplace catalogue observatory
		conference guidance roadmap canvas directory blueprint prototype handbook repository course tool library chatbot website template app index
		bank scheme pledge simulator navigator atlas charter package passport standard databank`)
	// leadHeads may begin the name of something made: "Charter for Open Data".
	leadHeads = words(`festival charter guide introduction recommendations framework principles code standards strategy roadmap toolkit handbook
		register network manifesto blueprint declaration pledge directory`)
	// plainHeads say that the words before them name a project, and are no part
	// of the name.
	plainHeads = words(`project campaign programme platform initiative research pilot pilots trial trials work workstream strand discovery scheme proposal tool prototype`)

	// thingVerbs say what tools and programmes do, and bodies and people seldom.
	thingVerbs = words(`covers aims maps will lets allows launches holds offers contains lists tracks ends`)
	// madeWords say that something was made.
	madeWords = words(`launched done made built developed created designed produced written released delivered published run funded led`)

	// jobHeads end or begin a job title.
	jobHeads = words(`manager managers director directors lead leads leader leaders head heads officer officers analyst analysts researcher
		researchers engineer engineers designer designers developer developers architect architects consultant consultants
		adviser advisers advisor advisors coordinator coordinators chief executive chair chairman chairwoman chairperson
		specialist specialists mayor minister councillor councillors secretary assistant apprentice apprentices student students
		intern interns professor lecturer scientist scientists strategist technologist planner planners commissioner
		commissioners cio cto ceo cdo coo cdio ciso sro cdios cios founder cofounder president principal fellow trainee
		administrator editor writer producer owner champion ambassador practitioner practitioners representative
		representatives buyer accountant solicitor teacher nurse doctor deputy freelancer freelance expert facilitator delegate
		secondee supervisor technician statistician economist lawyer agent partner partners support associate associates
		programmer cabinet leader dpo counsel trustee chairs member executive`)
	// jobStarts may begin a job title behind a comma without a head word near.
	jobStarts = words(`senior junior acting interim assistant deputy chief head director lead principal joint former freelance
		independent new strategic corporate executive associate programme project digital data service product policy
		technical delivery business user customer information intelligence research`)

	// functionWords begin sentences and never belong to a name.
	functionWords = words(`the a an this that these those our we us you your he she it its his her they their i my me in on at to
		from for with by of as and or but if when while where who which what how why after before during since until last next
		over under up down out off about into through across among between both each every all any some many most more few
		several other another one two three four five six seven eight nine ten first second third later earlier now then here
		there also so too not no nor yet still just only even much such than because although though however meanwhile finally
		instead therefore thanks thank please see read watch join following according having being is are was were be been has
		have had do does did will would can could should may might must let once again today tomorrow yesterday online alongside
		together apart special borough boroughs members colleagues previously recently currently interested good great well
		watch sign find check get hello hi welcome congratulations like despite without within towards upon per via elsewhere
		everyone anyone someone nobody attendees participants speakers hosted led run part outputs team work based using given
		whether either neither rather quite very yes monday tuesday wednesday thursday friday saturday sunday`)

	// placeTails turn a borough's name before them into that of something else.
	placeTails = words(`university college hospital road street park market town station palace cross common bridge abbey hill lane
		school academy green theatre gardens square estate airport coldfield foundation museum arena works stadium`)

	// notNames are capitalised words that are neither people, bodies nor projects.
	notNames = words(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
		september october november december london londoners uk england britain europe european eu usa us america scotland wales
		ireland british english scottish welsh covid covid-19 coronavirus brexit christmas easter ramadan diwali twitter linkedin
		facebook instagram youtube medium basecamp slack github trello miro whatsapp eventbrite internet english french
		government whitehall parliament state north south east west central inner outer greater smes sme ai iot it ict ict api
		apis bame vcs gdpr isa dpia hr id qa faq faqs pdf csv url ceo cio cto cdo cdio cdios cios dpo kpi kpis okr okrs pm am
		lockdown pandemic python excel r sql power bi javascript html chatgpt q1 q2 q3 q4 gis wi-fi wifi show tell tells ok
		mr mrs ms dr prof cllr sir dame lord lady phase project programme week weeknote year part section appendix zoom-call
		civtech edtech fintech proptech healthtech
		new york paris barcelona amsterdam helsinki copenhagen berlin milan boston chicago singapore tallinn estonia finland
		denmark sweden france germany spain italy india china japan canada australia manchester birmingham leeds bristol
		liverpool glasgow edinburgh cardiff belfast nottingham sheffield newcastle cambridge oxford brighton`)

	// companyTails end the names of companies and never those of people.
	companyTails = words(`systems software digital data tech technology services global media analytics consulting design designs energy
		networks interactive security insurance logistics pharma robotics sensing mobility works communications telecom broadband
		research engineering architects homes living futures collective creative capital finance legal`)
	// smallWords may stand inside a name without a capital.
	smallWords = words(`of for and in the to with on at a an`)

	// speechVerbs say what people rather than things do.
	speechVerbs = words(`said says told explained explains presented presents described describes joined joins shared shares led leads
		spoke speaks talked welcomed reported reports gave asked asks outlined introduced introduces writes wrote blogged called
		showed shows took opened closed chaired hosted kicked walked argued noted added facilitated demonstrated met attended
		visited thanked announced leaves left moves moved runs heads works manages replied started starts is was has and who will from at of`)
)

// isJob tells whether words read as a job title.
func isJob(s string) bool {
	for _, w := range strings.FieldsFunc(strings.ToLower(s), func(r rune) bool {
		return r == ' ' || r == ',' || r == '/' || r == '-' || r == '(' || r == ')' || r == '.' || r == ';' || r == ':'
	}) {
		if jobHeads[w] {
			return true
		}
	}
	return false
}

// one makes the singular of a head in the plural.
func one(head string) string {
	if s, ok := strings.CutSuffix(head, "s"); ok && madeHeads[s] {
		return s
	}
	return head
}
