# Papers of a visit: note, plan of care, letter, home plan, consent.  Ids begin with papers-.

papers-page = Page { $page } of { $pages }
papers-made-up = made up, no real person
papers-banner = This paper is synthetic: the person and everything in it are made up.
papers-draft = DRAFT
papers-foot = { $row }; set with { $versions }
papers-none = none recorded
papers-not-known = not known
papers-not-set = not set
papers-patient = Patient
papers-born = Born
papers-number-here = Number here
papers-complaint = Complaint
papers-began = Care began
papers-licence = licence { $number }
papers-muscle = Muscle
papers-side = Side
papers-degrees = degrees

# Consent
papers-consent-treatment = Consent to dry needling
papers-consent-research = Consent to research
papers-copy-for = Copy for { $name }
papers-signed = Signed
papers-agreed = What was explained and agreed
papers-who-needles = Who needles
papers-name = Name
papers-profession = Profession
papers-licence-number = Licence
papers-training = Training
papers-hours =
    { $hours ->
        [one] 1 hour in dry needling
       *[other] { $hours } hours in dry needling
    }
papers-signature = Signature
papers-typed = Name typed in place of a signature for { $name }; witness: { $witness }
papers-withdrawn = This consent was withdrawn on { $when }
papers-end-it = How to end this consent
papers-end-treatment = You can end this consent at any time, without giving a reason, also while you are being treated. Tell whoever treats you, or anybody at { $clinic }, in any way you like. It does not change how you are cared for otherwise.
papers-end-research = You can end this consent at any time, without giving a reason. Tell anybody at { $clinic }, in any way you like. It does not change how you are treated.

# Note
papers-note-session = Treatment note
papers-note-assessment = Assessment note
papers-note-telephone = Note of a telephone call
papers-note-letter = Letter
papers-note-other = Note
papers-note-of = { $when }, { $clinic }
papers-author = Author
papers-treatment = Treatment
papers-needled-by = Needled by
papers-supervised-by = Supervised by
papers-needles = Needles
papers-counted =
    { $needles ->
        [one] 1 needle
       *[other] { $needles } needles
    }, { $insertions ->
        [one] 1 insertion
       *[other] { $insertions } insertions
    }, { $out } out
papers-not-closed = the session is not closed
papers-needles-by-muscle = Needles by muscle
papers-needle = Size
papers-insertions = Insertions
papers-twitches = Twitches
papers-not-assessed = not assessed
papers-section-subjective = Subjective
papers-section-objective = Objective
papers-section-assessment = Assessment
papers-section-plan = Plan
papers-section-procedure = Procedure
papers-section-free = In the clinician’s own words
papers-signatures = Signatures
papers-unsigned = Not signed: this is a draft.
papers-waiting = Not final: it waits for the supervisor’s signature.
papers-amendment = Amendment { $number }, { $when }
papers-because = Added because: { $why }
papers-role-author = author
papers-role-supervisor = supervisor
papers-seal-whole = Signed by { $who } ({ $role }), { $when }; unchanged since; SHA-256 { $sha256 }
papers-seal-broken = Signed by { $who } ({ $role }), { $when }; DOES NOT AGREE with what stands here; SHA-256 { $sha256 }

# Findings and course
papers-other-body = The pain drawing of { $day } is of another version of the body; the record keeps it.
papers-drawing = Pain drawing of { $day }, the darker the stronger: front (the patient’s right is on the left), then back.
papers-examined = Findings of { $day }
papers-present = Present
papers-absent = Absent
papers-measured = Measured
papers-value = Value
papers-pain = Pain 0–10
papers-movement-of = { $joint }, { $movement }
papers-strength-of = strength, { $what }
papers-grade = { $grade } of 5
papers-threshold-at = pressure pain threshold, { $place }
papers-sign-before = { $movement } (before needling)
papers-sign-after = { $movement } (after needling)
papers-measure = Measure
papers-measures = Outcome measures
papers-first = First
papers-latest = Latest
papers-change = Change
papers-better = Better is
papers-better-lower = lower
papers-better-higher = higher
papers-activity = Activity (0 cannot, 10 as before)
papers-chart = { $unit }; { $better } is better. Strokes below: sessions of needling.

# Plan of care
papers-plan = Plan of care
papers-plan-of = Written { $when } by { $who }
papers-goals = Goals
papers-goal-by = { $goal } (by { $day })
papers-needling = Needling
papers-verdict = The rules say
papers-why = Reasoning
papers-safety = Safety
papers-longest = Needle length
papers-deepest = Depth
papers-no-limit = no published limit
papers-at-most = at most { $mm } mm
papers-below = below { $mm } mm
papers-limits = Limits come from measured distances and published advice; they replace neither palpation nor judgement.
papers-nothing-needled = No muscle is needled.
papers-left-out = Left out: { $target }
papers-dose = Course
papers-sessions = Sessions planned
papers-review = Review on
papers-beside = Besides needling
papers-risks = Risks, as they are explained
papers-agreement = Signatures on this plan
papers-agreement-text = By signing, clinician and patient say that they discussed this plan, with the choice to do without needling.
papers-date = Date
papers-sign-clinician = Clinician: { $who }
papers-sign-patient = Patient: { $who }
papers-sign-physician = Physician, where the law or the payer asks for it

# Home plan
papers-home = Your home plan
papers-home-for = { $name }, { $day }
papers-home-empty = Nothing was written down for home. Ask us what you can do.
papers-no-picture = no picture
papers-whom = Whom to call
papers-whom-emergency = In an emergency: { $number }.
papers-whom-clinic = For questions: { $who }, { $clinic }.
papers-whom-telephone = Our telephone: { $line }

# Letter
papers-letter = Letter to the referring physician
papers-letter-of = { $clinic }, { $day }
papers-letter-lead = The draft says only what is recorded. Change every word of it as you like.
papers-letter-closed = This letter is signed. It does not change any more.
papers-letter-waits = This letter is signed by its author and waits for a supervisor.
papers-letter-missing = What is missing, when you give it back
papers-letter-back = Give it back
papers-letter-countersign = Sign as supervisor
papers-letter-page = To the letter
papers-letter-lost = What you typed was not kept
papers-letter-adds = The paper adds the first and the newest drawing, and the course as a chart and a table.
papers-letter-free = To (name and address)
papers-letter-subjective = Reason
papers-letter-objective = Findings
papers-letter-assessment = Course
papers-letter-procedure = What was done
papers-letter-plan = What is proposed
papers-letter-keep = Keep the draft
papers-letter-sign = Sign the letter
papers-letters = Letters of this episode
papers-state-draft = Draft
papers-state-waiting = Waits for the supervisor
papers-state-signed = Signed
papers-regards = Kind regards,
papers-draft-reason = I am treating { $name } for { $complaint }, since { $day }.
papers-draft-onset = Onset: { $told }.
papers-draft-goals = What matters to the patient: { $goals }.
papers-draft-muscle = { $muscle } { $side }: { $signs }
papers-draft-value = { $what } { $value }
papers-draft-found = Examined on { $day }, with these signs: { $found }.
papers-draft-measured = Measured: { $values }.
papers-draft-impression = Impression: { $told }.
papers-draft-screened = Contraindications and warning signs were asked about on { $day }; the rules say: { $decision }.
papers-draft-flags = The pain drawing raised these red flags: { $flags }.
papers-draft-no-flags = The pain drawing of { $day } raised no red flag.
papers-draft-course = { $measure } went from { $first } ({ $begun }) to { $last } ({ $ended }).
papers-draft-needled =
    Dry needling in { $sessions ->
        [one] one session on { $begun }
       *[other] { $sessions } sessions from { $begun } to { $ended }
    }: { $needles ->
        [one] one needle
       *[other] { $needles } needles
    }, { $insertions ->
        [one] one insertion
       *[other] { $insertions } insertions
    }, in { $muscles }.
papers-draft-reaction =
    { $kind } was told after { $after } of { $asked ->
        [one] one session
       *[other] { $asked } sessions
    } in which it was asked.
papers-draft-no-reaction =
    Asked after { $asked ->
        [one] one session
       *[other] { $asked } sessions
    }, the patient told of no reaction.
papers-draft-event = Adverse event: { $kind } ({ $grade }), { $day }.
papers-draft-sessions =
    { $sessions ->
        [one] One session of needling is planned.
       *[other] { $sessions } sessions of needling are planned.
    }
papers-draft-no-needling = No needling is planned; the rules say: { $decision }.
papers-draft-beside = Besides needling: { $beside }.
papers-draft-review = The course is reviewed on { $day }.

# Links
papers-open-note = Note as PDF
papers-open-plan = Plan of care as PDF
papers-open-home = Home plan as PDF
papers-open-letter = Letter as PDF
papers-open-consent = Copy as PDF
papers-write-letter = Letter to the physician
