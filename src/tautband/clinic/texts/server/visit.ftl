# The pages of a visit: assessment, screening, plan, consent.  Ids begin with visit-.  The browser
# loads this file too, on these pages alone.

visit-back = Back to the patient
visit-steps = Steps of the visit
visit-age = { $age } years
visit-sex-female = female
visit-sex-male = male
visit-synthetic = Made up: not a person
visit-tab-assessment = Assessment
visit-tab-screening = Screening
visit-tab-plan = Plan
visit-tab-consent = Consent
visit-made-by = Made with
visit-choose = Choose
visit-mm = { $value } mm

# What may be done, from mildest to strictest
visit-decision-proceed = Proceed
visit-decision-precaution = With care
visit-decision-ask = Ask first
visit-decision-not_today = Not today
visit-decision-not_here = Not here
visit-decision-do_not_needle = Do not needle
visit-means-proceed = No rule speaks against it. Your own judgement still counts.
visit-means-precaution = Needling is possible when what is named below is taken care of.
visit-means-ask = Something below is open or needs your judgement. Unknown is never taken as no.
visit-means-not_today = Something below speaks against needling today.
visit-means-not_here = Something below speaks against needling at this place.
visit-means-do_not_needle = Something below speaks against needling this patient.

# Screening
visit-screening-title = Screening
visit-first-title = Before the first needle
visit-first-lead = Leave open what nobody knows. Open is not no: the rules then ask.
visit-return-title = What has changed?
visit-return-lead = Since { $date }. What you leave open holds as it was where it can last; what holds for one day only is asked anew.
visit-return-anew = Ask everything anew
visit-wording = Questions in the words of
visit-wording-patient = Patients
visit-wording-clinician = Clinicians
visit-errors =
    { $count ->
        [one] One answer cannot be read. Nothing you entered is lost.
       *[other] { $count } answers cannot be read. Nothing you entered is lost.
    }
visit-muscles-title = Where a needle may go
visit-muscles = Muscles with their side
visit-muscles-hint = Such as “infraspinatus right, upper trapezius left”. Leave it empty to screen the patient alone.
visit-no-to-rest = No to the rest
visit-answer-yes = Yes
visit-answer-no = No
visit-answer-same = As before
visit-answer-open = Open
visit-answer-unknown = Unknown
visit-answer-unsaid = Not said
visit-where = Where? With the side, separated by commas
visit-by-clinician = for the clinician
visit-before = Last time:
visit-from-record = From the record. Is it still right?
visit-decide = Decide
visit-answered = { $answered } of { $asked } answered
visit-follow-ups-failed = The server does not answer. All follow-up questions are shown.
visit-screened-title = Screening
visit-screened-first = First visit, { $date }, by
visit-screened-return = What changed since { $before }, told on { $date }, by
visit-went-on = Plans made on this screening
visit-went-on-by = Plan by
visit-to-plan = Go on to the plan
visit-answer-more = Screen again
visit-by-muscle = By muscle
visit-rules-hold =
    { $count ->
        [one] One rule
       *[other] { $count } rules
    }
visit-rules-open =
    { $count ->
        [one] One rule waits for an answer
       *[other] { $count } rules wait for an answer
    }
visit-rule-sources = Who says so
visit-no-rule = No rule speaks.
visit-missing =
    { $count ->
        [one] One answer is open
       *[other] { $count } answers are open
    }
visit-earlier = Other screenings

# Assessment
visit-assessments-title = Assessments
visit-assessments-lead = Draw the pain, palpate what would explain it, measure what you will measure again.
visit-assessment-title = Assessment
visit-draft = Not finished
visit-go-on = Go on
visit-begin = Begin an assessment
visit-done-title = Finished
visit-finish = Finish
visit-found-title = What was found
visit-found-nothing = Nothing was entered.
visit-absent = no
visit-ranking-title = The ranking that was shown last
visit-measured-title = What was measured
visit-when-before = before
visit-when-after = after
visit-pain-value = pain { $value } of 10
visit-conflict-title = Somebody else was first
visit-conflict-lead = The assessment is not finished. This is different now:
visit-conflict-look = Look at it again

visit-pane-measured = Measure
visit-saved = Saved
visit-saving = Saving …
visit-unsent =
    { $count ->
        [one] One entry is not saved yet
       *[other] { $count } entries are not saved yet
    }
visit-offline = No connection. Your entries wait here and are sent again.
visit-signed-out = You are signed out or the screen is locked. Your entries wait here.
visit-clash = Somebody else changed this meanwhile. What you entered is still here.
visit-keep-mine = Keep mine
visit-take-theirs = Take theirs
visit-refused = Not saved:
visit-try-again = Try again
visit-told = In the patient’s words
visit-impression = Your impression
visit-sign-title-couch = Comparable sign
visit-sign-hint = The movement or task that you test again after needling.
visit-sign-movement = Movement or task
visit-sign-degrees = Degrees
visit-sign-pain = Pain 0 to 10
visit-rom = Range of motion
visit-joint = Joint
visit-movement = Movement
visit-side = Side
visit-side-none = none
visit-amount = Degrees
visit-strength = Strength
visit-what = Muscle or movement
visit-grade = Grade 0 to 5
visit-newtons = or newtons
visit-ppt = Pressure pain threshold (PPT)
visit-where-ppt = Muscle or place
visit-kpa = Kilopascals
visit-add-row = Add
visit-row-incomplete = Not saved yet: { $missing }
visit-measure = Outcome measure
visit-measure-choose = Instrument
visit-measure-items = Answers, one for each item, in order
visit-measure-item = Item { $number }
visit-measure-keep = Keep the score
visit-measure-score = { $value } { $unit }
visit-measure-none = No score: too many answers are missing
visit-measures-kept = Kept in this episode
visit-measure-about = About (such as “worst, last 24 hours”)
visit-number-wrong = Not a number

# Plan
visit-plan-title = Plan
visit-plan-lead = Choose muscles and a needle. The rules answer for each, from the last screening.
visit-flags-title = A red flag comes first
visit-flags-cleared = How was each cleared?
visit-targets-title = Muscles
visit-targets = Muscles with their side
visit-targets-hint = Such as “infraspinatus right, upper trapezius left”.
visit-suggested = Muscles whose pressure gave the familiar pain
visit-needle = Needle, mm
visit-gauge = Thickness, mm
visit-depth = Depth, mm
visit-cause = What overloaded it
visit-cause-overuse = Overuse
visit-cause-trauma = An injury
visit-cause-posture = Posture
visit-cause-stress = Stress
visit-cause-unknown = Not known
visit-work-out = Work it out
visit-work-again = Work it out again
visit-more-rules =
    { $count ->
        [one] One more rule that asks for care
       *[other] { $count } more rules that ask for care
    }
visit-needle-this = Needle this muscle
visit-position = Position
visit-direction = Direction
visit-length-cap = Longest needle
visit-depth-cap = Deepest
visit-at-risk = At risk
visit-cap-none = No published limit for this
visit-cap-short = at most { $value } mm
visit-keep-title = What you decide
visit-why = Your reasons, and the answers to what the rules ask
visit-complementary = What goes with it, one thing a line
visit-home-plan = Home plan for the patient
visit-sessions = Sessions planned
visit-review-on = Review on
visit-keep = Keep the plan
visit-plans-title = Earlier plans
visit-plan-kept = The plan
visit-to-consent = Go on to consent
visit-plan-anew = Plan anew
visit-dropped = not needled

# Consent
visit-consent-title = Consent
visit-consent-lead = Tick each point as you explain it. The patient signs under these very words.
visit-consents-title = Consents
visit-kind-treatment = Consent to dry needling
visit-kind-research = Consent to research
visit-withdrawn = withdrawn
visit-in-force = in force
visit-explain-title = What is explained
visit-explain-hint = From the evidence sheet, and from the risks of the muscles in the plan.
visit-sheet-version = Evidence sheet, version
visit-sheet-open = Open the sheet for patients
visit-sheet-other = Take another evidence sheet
visit-needler-title = Who needles
visit-student = student
visit-profession-unknown = profession not entered
visit-licence = licence
visit-licence-unknown = licence not entered
visit-hours = { $hours } hours of training in dry needling
visit-hours-unknown = hours of training not entered
visit-supervisor = supervised by
visit-sign-title = Signature
visit-point-unknown = What is not known
visit-point-lung = A collapsed lung
visit-point-choice = Your choice
visit-point-choice-text = You can say no, or stop at any time, without a reason. Exercise, stretching and manual therapy are open to you without needles.
visit-consent-sentence = I was told all this in words that I understand, I could ask, and I agree to dry needling by the person named above.
visit-consent-words = I was told all this in words that I understand, I could ask, and I agree to dry needling by { $name }.
visit-minor = The patient is a minor: a guardian signs.
visit-signer = Who signs
visit-signer-patient = The patient
visit-pad = Field for the signature: draw with a finger, a pen or the mouse. A typed name with a witness does as well.
visit-pad-clear = Clear the signature
visit-typed-instead = Type the name instead, with a witness
visit-typed-name = Name
visit-witness = Witness
visit-witnessed = Typed before the witness
visit-copy = Copy for the patient
visit-copy-paper = On paper
visit-copy-e-mail = By e-mail
visit-copy-portal = Portal
visit-copy-declined = Declined
visit-sign = Sign
visit-signed-on = Signed on
visit-signature = Signature
visit-print = Print or save as PDF
visit-withdraw = Withdraw this consent
visit-withdraw-lead = Consent can be withdrawn at any time and without a reason. Needling stops from then on.
visit-withdraw-told = Anything the patient wants to add
visit-withdraw-do = Withdraw
visit-withdrawn-on = Withdrawn on
visit-research-way = Consent to research
visit-treatment-way = Consent to treatment
visit-research-title = Consent to research
visit-research-lead = Apart from treatment: whoever says no is treated just the same.
visit-research-words = I agree that what is recorded of my treatment at { $clinic } may be used for research into dry needling, without my name. Saying no changes nothing in my treatment, and I can take this back at any time.

# The note of a session
visit-note-title = Note
visit-note-lead = Written from what was recorded. Open a sentence to see what it stands on.
visit-note-lead-signed = As it was signed. Open a sentence to see what it stands on.
visit-note-state-draft = Draft, not signed
visit-note-state-waiting = Signed by the student, waits for the supervisor
visit-note-state-signed = Signed
visit-note-subjective = Subjective
visit-note-objective = Objective
visit-note-assessment = Assessment
visit-note-plan = Plan
visit-note-procedure = Procedure
visit-note-free = Anything else
visit-note-nothing = Nothing was recorded for this part.
visit-note-own = Your own words
visit-note-own-of = Own words: { $section }
visit-note-own-signed = In the clinician’s own words
visit-note-stored = Kept meanwhile:
visit-note-stands = Stands on
visit-note-stands-gone = It is no longer in force in the record.
visit-note-recorded-by = recorded by
visit-note-leave-out = Leave this sentence out of the note
visit-note-copy = Copy as text
visit-note-copied = Copied
visit-note-copy-failed = Not copied. Open the plain text and copy it there.
visit-note-plain = Plain text
visit-note-keep = Keep as draft
visit-note-kept = Kept
visit-note-keeping = Keeping …
visit-note-not-kept = Not kept yet. It stays here; keep it by hand.
visit-note-sign = Sign
visit-note-hand-in = Sign and hand to the supervisor
visit-note-session-open = The session is open. It is signed when every needle is out or accounted for.
visit-note-of-another = This draft is another’s. Only who began it writes and signs it:
visit-note-moved = The record, or this note, has changed since you opened it. What is written below is new; your own words are as you typed them. Read it, then sign again.
visit-note-missing-title = Not in this note yet
visit-note-missing-law = asked for by the rules that were read for { $place }
visit-note-missing-good = good practice
visit-note-missing-own = Not recorded as data: say it in your own words.
visit-note-missing-go = Record it
visit-note-missing-say = Say it
visit-note-missing-none = Everything that is asked for here is in the note.
visit-note-missing-count =
    { $count ->
        [0] Nothing is missing
        [one] One thing is missing
       *[other] { $count } things are missing
    }
visit-note-code-title = Billing code
visit-note-code-lead =
    { $count ->
        [one] One muscle counts, parts of one muscle merged
       *[other] { $count } muscles count, parts of one muscle merged
    }
visit-note-code-suggests = This suggests { $code }. A suggestion: you decide.
visit-note-code-sides = With left and right counted apart there are { $count }, which would be { $code }. Ask the payer.
visit-note-code-none = No code
visit-note-code-text = CPT { $code }, confirmed by the clinician
visit-note-signatures = Signatures
visit-note-signed-author = Signed by { $who }, { $when }
visit-note-signed-supervisor = Signed as supervisor by { $who }, { $when }
visit-note-as-author = author
visit-note-as-supervisor = supervisor
visit-note-whole = unchanged since
visit-note-broken = does not fit what was signed
visit-note-amendment = Amendment { $number }
visit-note-amendment-waiting = waits for the supervisor
visit-note-amend-title = Amend this note
visit-note-amend-lead = What was signed stays as it is. What you add is signed in the same step.
visit-note-amend-text = What you add
visit-note-amend-why = Why
visit-note-amend = Add and sign
visit-note-countersign-title = As the supervisor
visit-note-countersign = Sign as supervisor
visit-note-give-back-why = What is missing
visit-note-give-back = Give back
visit-note-text-head = Dry needling, note of { $when }
visit-note-text-amendment = Amendment { $number }. Why: { $why }
visit-to-note = Note of this session
visit-to-last-note = Note of the last session
visit-note-row-patient = Patient
visit-note-row-episode = Complaint
visit-note-row-goal = Goal
visit-note-row-measure = Score
visit-note-row-assessment = Assessment
visit-note-row-finding = Finding
visit-note-row-movement = Movement
visit-note-row-strength = Strength
visit-note-row-pressurethreshold = Pressure threshold
visit-note-row-comparablesign = Comparable sign
visit-note-row-screening = Screening
visit-note-row-consent = Consent
visit-note-row-plan = Plan
visit-note-row-session = Session
visit-note-row-sessiontarget = Muscle of the session
visit-note-row-needle = Needle
visit-note-row-ledgerentry = Needle ledger
visit-note-row-retest = Sign tested again
visit-note-row-reaction = Reaction
visit-note-row-adverseevent = Adverse event
visit-note-row-closing = Closing of the session
