# After the needle: the patient's own page, in plain words, and the clinic's list.

after-title = How are you after your visit?
after-not-watched = Nobody may read this page right now.
after-emergency-call = If you feel very ill, do not wait. Call { $number }.
after-signs = Tick each one that you have now.
after-at-once = This can be an emergency. Get help now. Do not wait for an answer from us.
after-call = Call { $number }
after-confirm = Did you read the whole list?
after-confirm-none = Yes. I have none of these.
after-confirm-all = Yes. I ticked all that I have.
after-words = Is there more you want to tell us? You may leave this blank.
after-send = Send my answer
after-advice = What to do now
after-will-do = What will you do now?
after-will-do-called = I called for help.
after-will-do-go = I am on my way to get help.
after-will-do-clinic = I will call the clinic.
after-will-do-wait = I will wait and see.
after-will-do-send = Tell the clinic
after-will-do-said = You told us:
after-thanks = Thank you. Your answer is saved. If you feel worse, open this page and answer again.
after-again = Something changed. Answer again.
after-gone = This link does not work
after-gone-why = It may be too old, or some of it may be missing. Open it again from the message that we sent you.
after-gone-help = If you feel ill, do not wait for this page. Call your clinic or your local emergency number.
after-error-signs = Please tick what you have, or choose “I have none of these”. You cannot do both.
after-error-words = Your text is too long. Please use fewer than 2,000 letters.
after-error-will-do = Please choose what you will do now.
after-mail-subject = A short question from your clinic
after-mail = { $clinic } would like to know how you are. It takes less than a minute:

    { $link }

    The link is for you alone and works for { $days } days. Please do not pass it on.
after-warning-subject = Somebody waits for you in Tautband
after-warning = An answer waits for a person. Please look at the list:

    { $link }

after-list = After treatment
after-list-lead = What patients told us and nobody has dealt with yet
after-list-none = Nobody waits.
after-list-done = What was done
after-list-close = Dealt with
after-list-will-do = The patient said:
after-list-unsaid = The patient has not said what they will do.
after-unsure = Sending broke off: perhaps they were not asked. Call them.
after-urgency-emergency = Emergency
after-urgency-same-day = Today
after-urgency-contact-clinic = Call back
after-urgency-ask = Ask again
after-mail-short = { $clinic } would like to know how you are: { $link }
after-intake-mail-subject = Some questions before your visit
after-intake-mail = { $clinic } has some questions for you before your first visit. You can stop and go on later.

    { $link }

    The link is for you alone and works for { $days } days. Please do not pass it on.
after-intake-mail-short = { $clinic } has some questions before your visit: { $link }
after-measure-mail-subject = A short question from your clinic
after-measure-mail = { $clinic } would like to know how things go. It takes less than a minute:

    { $link }

    The link is for you alone and works for { $days } days. Please do not pass it on.
after-measure-mail-short = { $clinic } would like to know how things go: { $link }
after-before-mail-subject = Before your next visit
after-before-mail = { $clinic } has a few questions before your next visit. It takes less than a minute:

    { $link }

    The link is for you alone and works for { $days } days. Please do not pass it on.
after-before-mail-short = { $clinic } has a few questions before your next visit: { $link }
after-care-mail-subject = From your clinic
after-care-mail = { $clinic } has put a page together for you:

    { $link }

    The link is for you alone and works for { $days } days. Please do not pass it on.
after-care-mail-short = { $clinic } has put a page together for you: { $link }
after-watched = Somebody at the clinic looks at answers today until { $until }.
after-unwatched = The clinic is closed and nobody reads this page now. It opens again on { $day } at { $time }.
