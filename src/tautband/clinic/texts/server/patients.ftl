# Patients of a clinic: list, pages, timeline, import and export.  Ids begin with patients-.

patients-title = Patients
patients-one = Patient
patients-tab-lead = Find a patient, admit one, and see what happened
patients-new = New patient
patients-import = Import a list
patients-search = Find a patient
patients-search-go = Find
patients-search-example = Name, telephone or number
patients-search-hint = First or family name in any order. The first letters are enough, and small slips are forgiven.
patients-recent = Last seen or admitted first
patients-found = { $count ->
    [one] 1 patient found
   *[other] { $count } patients found
}
patients-found-many = The best { $count }; more letters narrow it down
patients-none = No patient yet
patients-none-help = Admit the first one, or import a list from your old system.
patients-none-found = Nobody of that name
patients-none-found-help = Try the family name alone, or only its first letters.
patients-age = { $age } years
patients-born-unknown = date of birth not told
patients-seen = seen
patients-never-seen = no visit yet
patients-synthetic = made up
patients-pages = Pages of this list
patients-page = Page { $number }
patients-page-newer = Newer
patients-page-older = Older

# Forms
patients-required = needed
patients-save = Save
patients-admit = Admit
patients-cancel = Cancel
patients-wrong = { $count ->
    [one] Nothing was stored yet: one field needs another look.
   *[other] Nothing was stored yet: { $count } fields need another look.
}
patients-conflict = Somebody else changed this while you were writing. It now says:
patients-conflict-help = What you typed is still below. Saving again replaces what is listed here.
patients-twin = { $count ->
    [one] There is a patient of this name and date of birth:
   *[other] There are { $count } patients of this name and date of birth:
}
patients-twin-another = It is another person, admit
patients-guardian-whom = For a minor, or for somebody who cannot decide alone: who decides with or for them. Without one, consent cannot be signed for them.

patients-group-who = Who
patients-group-reach = How to reach them
patients-group-numbers = Numbers
patients-group-guardian = Guardian
patients-group-measure = Measure
patients-group-medication = Medicine
patients-group-history = History
patients-group-complaint = The complaint
patients-group-onset = How it began
patients-group-sport = Sport
patients-group-end = The end of it
patients-group-goal = In the patient's words
patients-group-activity = In the patient's words
patients-group-why = Why it is changed

patients-field-given-name = First name
patients-field-family-name = Family name
patients-field-birth-date = Date of birth
patients-field-sex = Sex
patients-field-sex-hint = Published depths are reported by sex; it may stay open.
patients-field-occupation = Occupation
patients-field-phone = Telephone
patients-field-email = E-mail
patients-field-address = Address
patients-field-messages = Messages with a link
patients-field-messages-hint = To pages of their own, such as “How are you after your visit?”. For a minor they go to a guardian.
patients-field-contact-notes = Notes on contact
patients-field-contact-notes-hint = Preferred way and times, an interpreter. Nothing clinical: the desk reads this.
patients-field-clinic-number = Patient number
patients-field-national-id = National or insurance number
patients-field-why = Reason
patients-field-why-hint = The earlier state is kept with your name and this reason.
patients-field-name = Name
patients-field-relation = Relation to the patient
patients-field-may-consent = May consent for the patient
patients-field-until = Until
patients-field-since = Since
patients-field-kind = Kind
patients-field-told = As it was told
patients-field-value = Value
patients-field-measured-on = Measured on
patients-bodymeasure-kind = What was measured
patients-bodymeasure-value-hint = Centimetres; kilograms for weight.
patients-medication-told = Medicine
patients-medication-told-hint = In the patient's words. Blood thinners matter most for needling.
patients-field-dose = Dose
patients-field-title = Complaint
patients-episode-title-hint = As you would write it on the file: pain in the front of the right shoulder.
patients-field-presentation = Presentation
patients-field-side = Side
patients-field-began-on = Beginning of care
patients-field-onset-on = Onset
patients-field-onset-told = How it began
patients-field-cause = Cause
patients-field-cause-told = What overloaded it
patients-field-sport = Sport
patients-field-competition = Next competition
patients-field-competes-on = Day of the competition
patients-field-ended-on = End of care
patients-field-ended-because = Why it ended
patients-field-words = What it is
patients-goal-words = Goal
patients-goal-words-hint = Such as: carry my daughter up the stairs.
patients-field-by = Wanted by
patients-field-reached-on = Reached on
patients-activity-words = Activity
patients-activity-words-hint = Something that is hard now and matters to them. Three to five of them.
patients-field-place = Place in the list

patients-choice-none = Not chosen
patients-choice-messages-none = By e-mail, where it is known
patients-choice-messages-email = By e-mail, as the patient chose
patients-choice-messages-sms = By text message, as the patient chose
patients-choice-messages-never = Never
patients-choice-sex-none = Sex not stated
patients-choice-sex-female = Female
patients-choice-sex-male = Male
patients-choice-presentation-none = None of these
patients-choice-side-none = No side
patients-choice-side-left = left
patients-choice-side-right = right
patients-choice-side-midline = midline
patients-choice-cause-overuse = overuse
patients-choice-cause-trauma = trauma
patients-choice-cause-posture = posture
patients-choice-cause-stress = stress
patients-choice-cause-unknown = cause unknown
patients-choice-kind-height = height
patients-choice-kind-weight = weight
patients-choice-kind-waist = waist
patients-choice-kind-forearm = girth of the forearm
patients-choice-kind-forearm-length = length of the forearm
patients-choice-kind-condition = condition
patients-choice-kind-surgery = surgery
patients-choice-kind-injury = injury
patients-choice-kind-implant = implant
patients-choice-kind-allergy = allergy
patients-choice-kind-earlier-needling = earlier needling
patients-choice-kind-family = family

patients-reason-told = The patient told us
patients-reason-typing = Typing mistake
patients-reason-moved = Moved
patients-reason-news = There is news

patients-error-required = This is needed.
patients-error-invalid = This cannot be read.
patients-error-date = This is not a day. Write it like 1985-03-21.
patients-error-email = This is not an e-mail address. It looks like name@example.org.
patients-error-number = This is not a number.
patients-error-invalid-choice = Choose one of the list.
patients-error-max-length = At most { $limit_value } characters; these are { $show_value }.
patients-error-min-value = At least { $limit_value }.
patients-error-max-value = At most { $limit_value }.
patients-error-future = This day is still to come.
patients-error-name = A family name or a first name is needed.
patients-error-null-characters-not-allowed = This holds a character that cannot be stored.

patients-part-patient = Contacts
patients-part-guardian = Guardian
patients-part-measure = Body measure
patients-part-medication = Medicine
patients-part-history = History
patients-part-episode = Episode
patients-part-goal = Goal
patients-part-activity = Activity
patients-add-guardian = Add a guardian
patients-add-measure = Add a measure
patients-add-medication = Add a medicine
patients-add-history = Add to the history
patients-add-episode = New episode
patients-add-goal = Add a goal
patients-add-activity = Add an activity
patients-change = Change
patients-change-what = Change: { $what }

# The patient's pages
patients-alerts = To know first
patients-alert-guardian = Under age, and no guardian is entered.
patients-alert-unscreened = Not screened yet.
patients-alert-ask = The last screening, { $day }, asks for something before needling.
patients-alert-not-today = The last screening, { $day }, said: not today.
patients-alert-not-here = The last screening, { $day }, said: not at this place of the body.
patients-alert-do-not-needle = The last screening, { $day }, said: do not needle.
patients-alert-events = { $count ->
    [one] One adverse event is still open.
   *[other] { $count } adverse events are still open.
}
patients-alert-sessions = { $count ->
    [one] A session was not closed: are all needles out?
   *[other] { $count } sessions were not closed: are all needles out?
}
patients-alert-consent = No consent to treatment that holds.
patients-alert-notes = { $count ->
    [one] One note is not signed.
   *[other] { $count } notes are not signed.
}
patients-views = Pages of this patient
patients-view-timeline = Timeline
patients-view-contacts = Contacts
patients-view-background = About the patient
patients-view-export = Whole record
patients-episodes = Episodes
patients-episodes-none = No episode yet.
patients-episode-open = in care
patients-episode-ended = ended
patients-episode-began = in care since
patients-episode-onset = onset
patients-episode-told = How it began
patients-visits = { $count ->
    [0] no session yet
    [one] 1 session
   *[other] { $count } sessions
}
patients-timeline = Timeline
patients-timeline-none = Nothing yet. What is written about this patient appears here.
patients-timeline-none-of = Nothing of this kind.
patients-timeline-all = The whole timeline
patients-filters = Show
patients-filter-all = All
patients-filter-assessments = Assessments
patients-filter-screenings = Screenings
patients-filter-consents = Consents
patients-filter-plans = Plans
patients-filter-sessions = Sessions
patients-filter-reactions = Reactions
patients-filter-notes = Notes
patients-filter-checks = Checks
patients-steps = Next step
patients-do-assessment = Assess
patients-do-screening = Screen
patients-do-consent = Consent
patients-do-plan = Plan
patients-do-review = Review
patients-do-letter = Letter

patients-contacts = Contacts
patients-contacts-none = No contact yet.
patients-guardians = Guardians
patients-guardians-none = None.
patients-guardian-consents = may consent
patients-guardian-not-consents = may not consent
patients-medications = Medicines
patients-medications-none = None told.
patients-history = History
patients-history-none = None told.
patients-measures = Body measures
patients-measures-none = None taken.
patients-since = since
patients-until = until
patients-goals = Goals
patients-goals-none = No goal yet.
patients-goal-reached = Reached
patients-goal-by = Wanted by
patients-activities = Activities
patients-activities-lead = Patient-specific functional scale: 0 cannot do it, 10 as before.
patients-activities-none = No activity yet.
patients-activity-unscored = not scored yet
patients-course = Course
patients-course-none = No score yet. Two or more make a course.
patients-course-better-lower = lower is better
patients-course-better-higher = higher is better
patients-course-from-to = { NUMBER($first, maximumFractionDigits: 1) } at first, { NUMBER($last, maximumFractionDigits: 1) } last
patients-course-alt = { $name }: { $count ->
    [one] one score, { $first } on { $first_day }
   *[other] { $count } scores, from { $first } on { $first_day } to { $last } on { $last_day }
}
patients-course-sessions = Each triangle is a session.

# Lines of the timeline
patients-draft = draft
patients-of-ten = { $value } of 10
patients-entry-assessment = Assessment
patients-entry-screening = Screening
patients-entry-consent = Consent
patients-entry-withdrawal = Consent withdrawn
patients-entry-plan = Plan
patients-entry-session = Session
patients-entry-reaction = Reaction
patients-entry-event = Adverse event
patients-entry-note = Note
patients-entry-amendment = Amendment
patients-entry-check = Check
patients-entry-version = state { $number }
patients-written-by = by
patients-changes = What was changed
patients-signature = Signature
patients-assessment-first = first
patients-assessment-again = again
patients-assessment-phone = by telephone
patients-screening-first-visit = first visit
patients-screening-return-visit = what has changed
patients-consent-treatment = treatment
patients-consent-research = research
patients-plan-sessions = { $count ->
    [one] 1 session planned
   *[other] { $count } sessions planned
}
patients-session-open = not closed
patients-session-insertions = { $count ->
    [one] 1 insertion
   *[other] { $count } insertions
}
patients-session-twitches = { $count ->
    [0] no local twitch response seen
    [one] 1 local twitch response
   *[other] { $count } local twitch responses
}
patients-session-twitches-not = twitches not assessed
patients-reaction-none = asked, and there was none
patients-note-session = session
patients-note-assessment = assessment
patients-note-telephone = telephone
patients-note-letter = letter
patients-note-other = other
patients-note-state-draft = not signed
patients-note-state-waiting = waits for the supervisor
patients-check-unscored = too many answers missing
patients-decision-proceed = proceed
patients-decision-precaution = precaution
patients-decision-ask = ask first
patients-decision-not-today = not today
patients-decision-not-here = not here
patients-decision-do-not-needle = do not needle

patients-table-amendment = Amendments
patients-table-comparablesign = Comparable sign
patients-table-finding = Findings
patients-table-ledgerentry = Needles
patients-table-retest = Tested again
patients-table-sessiontarget = What it went for
patients-table-movement = Range of motion
patients-table-plantarget = Targets
patients-table-pressurethreshold = Pressure pain threshold
patients-table-reaction = Reactions
patients-table-signature = Signatures
patients-table-strength = Strength

patients-column-reason = reason
patients-column-is-override = override
patients-column-point = point
patients-column-familiar-pain = familiar pain
patients-column-acknowledged-by = acknowledged by
patients-column-advised = as advised
patients-column-amount = amount
patients-column-answer = answer
patients-column-answered-at = answered at
patients-column-answers = answers
patients-column-at = at
patients-column-about = what it is about
patients-column-drawing = drawing
patients-column-author = author
patients-column-began-at = began at
patients-column-bent = bent
patients-column-care = care
patients-column-closed-at = closed at
patients-column-code = code
patients-column-complementary = complementary care
patients-column-copy-given = copy given
patients-column-decided = as decided
patients-column-decision = decision
patients-column-degrees = degrees
patients-column-depth-mm = depth in mm
patients-column-detected-by = detected by
patients-column-done = what was done
patients-column-dropped = dropped
patients-column-explained = explained
patients-column-finished-at = finished at
patients-column-form = form
patients-column-function = function
patients-column-grade = grade
patients-column-held-at = held at
patients-column-home-plan = at home
patients-column-hours = hours
patients-column-impression = impression
patients-column-insertions = insertions
patients-column-instrument = instrument
patients-column-items = answers
patients-column-joint = joint
patients-column-kind = kind
patients-column-kpa = kPa
patients-column-movement = movement
patients-column-muscle = muscle
patients-column-needler = who needles
patients-column-needler-card = their card
patients-column-needles = needles
patients-column-needles-out = needles out
patients-column-newtons = newtons
patients-column-number = number
patients-column-pain = pain
patients-column-passive = passive
patients-column-place = place
patients-column-places = places
patients-column-policy = policy
patients-column-probe-cm2 = probe in cm²
patients-column-reasons = reasons
patients-column-redirections = redirections
patients-column-remarks = remarks
patients-column-report-by = to be reported by
patients-column-reported-on = reported on
patients-column-reported-to = reported to
patients-column-resolved-at = over at
patients-column-retained = left in place
patients-column-review-on = review on
patients-column-role = role
patients-column-safety = safety
patients-column-sections = note
patients-column-sessions-planned = sessions planned
patients-column-severity = severity
patients-column-sha256 = hash
patients-column-sheet = evidence sheet
patients-column-sheet-version = its version
patients-column-side = side
patients-column-sign = sign
patients-column-signed-at = signed at
patients-column-signed-by = signed by
patients-column-signer = signed by
patients-column-state = state
patients-column-supervisor = supervisor
patients-column-taken-at = taken at
patients-column-text = text
patients-column-tied-to-needling = tied to needling
patients-column-times = times
patients-column-told = told
patients-column-told-before = told of the time before
patients-column-told-by = told by
patients-column-triaged = triage as shown
patients-column-twitches = twitches
patients-column-unit = unit
patients-column-value = value
patients-column-versions = versions
patients-column-what = what
patients-column-when = when
patients-column-where = where
patients-column-why = why
patients-column-words = words

# Import and export
patients-import-lead = A CSV file from your old system: a line for each patient, with the names of the columns in the first line. You see what it comes to before anything is stored.
patients-import-file = The list
patients-import-choose = File
patients-import-choose-hint = At most 8 MB. The file itself is not kept.
patients-import-missing = Choose a file of at most 8 MB.
patients-import-order = Dates such as 3/4/1985
patients-import-order-file = As the file itself shows
patients-import-order-day = Day first
patients-import-order-month = Month first
patients-import-look = Look at it
patients-import-seen = What the list comes to
patients-import-rows = { $count ->
    [one] 1 line can be taken over
   *[other] { $count } lines can be taken over
}
patients-import-twins = { $count ->
    [one] 1 of them is known already
   *[other] { $count } of them are known already
}
patients-import-wrong = { $count ->
    [one] 1 line is wrong
   *[other] { $count } lines are wrong
}
patients-import-ignored = Columns left out:
patients-import-line = Line
patients-import-column = Column
patients-import-problem = What is wrong
patients-import-nothing = Nothing was stored. Mend these lines and choose the file again: a list is taken over whole or not at all.
patients-import-first = The first lines
patients-import-known = Known already
patients-import-known-help = Same name and date of birth. These lines are left out unless you tick them.
patients-import-known-line = Line { $line } is another person: take it over too
patients-import-known-open = Who line { $line } may be
patients-import-twice-line = Line { $line } repeats line { $first }: take it over all the same
patients-import-again = Choose the same file again, then:
patients-import-confirm = { $count ->
    [0] Take over what is ticked
    [one] Take over 1 patient
   *[other] Take over { $count } patients
}
patients-import-done = { $count ->
    [one] 1 patient was taken over.
   *[other] { $count } patients were taken over.
}
patients-export = Hand out the whole record
patients-export-lead = Everything that is kept about this patient, for a request of theirs or for another clinic. The PDF is for reading; the JSON is for another program and holds the earlier states too.
patients-export-trail = That you did this, and when, stands in the audit trail.
patients-export-pdf = PDF for reading
patients-export-json = JSON for a program
patients-export-again = You are asked for your password or passkey, unless that was within the last five minutes.
