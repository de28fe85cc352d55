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

# Before the next visit, the weekly question, and the page of a treatment.
after-before-title = Before your next visit
after-before-sore = Were you sore after your last visit?
after-before-sore-no = No
after-before-sore-hours = For a few hours
after-before-sore-day = For a day
after-before-sore-days = For two or three days
after-before-sore-still = I still am, or it took longer
after-before-strength = How sore were you at worst?
after-scale-none = 0: none
after-scale-worst = 10: the worst
after-before-exercised = Did you do what you planned to do at home?
after-before-exercised-most = On most days
after-before-exercised-some = On some days
after-before-exercised-none = No
after-before-exercised-nothing-given = There was nothing to do
after-before-changed = Tick what is new since your last visit.
after-changed-emergency-now = I fell very ill or was badly hurt
after-changed-red-flags = Pain at night that does not ease, weight loss, numb between the legs, trouble with bladder or bowel, growing weakness, or chest pain
after-changed-leg-clot = An arm or a leg is newly swollen, warm and sore
after-changed-fever-or-infection = I have a fever or an infection
after-changed-blood-thinner = I take a blood thinner now
after-changed-medicines = Other medicines have changed
after-changed-pregnant = I am pregnant, or could be
after-changed-broken-or-infected-skin = My skin is broken, burnt, infected or has a rash
after-changed-bad-reaction = The last visit did me harm
after-before-at-once = If this is going on now, do not wait for your visit. Get help.
after-before-none = Yes. None of this is new.
after-before-all = Yes. I ticked all that is new.
after-before-thanks = Thank you
after-before-thanks-text = Your answer is saved. We will go through it with you at your visit.
after-measure-title = How was your pain?
after-measure-now = How bad is your pain right now?
after-measure-average = How bad was your pain in the last 24 hours, on average?
after-measure-worst = How bad was your pain in the last 24 hours at its worst?
after-measure-thanks-text = Your answer is saved. It helps us see whether the treatment works for you.
after-error-changed = Please tick what is new, or choose “None of this is new”. You cannot do both.
after-error-confirm = Please choose one of the last two answers.
after-error-sore = Please choose one of the answers.
after-error-strength = Please choose a number from 0 to 10.
after-error-exercised = Please choose one of the answers.
after-error-pain = Please choose a number for each question.
after-error-now = Please choose a number from 0 to 10.
after-error-average = Please choose a number from 0 to 10.
after-error-worst = Please choose a number from 0 to 10.
after-error-id = This page is too old. Please open the link in our message again.
after-care-title = Your treatment
after-care-help = When to get help
after-care-done = What we did on { $day }
after-care-done-what = We put thin needles into tight bands of these muscles:
after-care-expect = What to expect
after-care-home = What you can do at home
after-care-who = Who treated you
after-care-licence = Licence { $number } { $place }.
after-care-licence-none = The clinic has not told us a licence number.
after-care-training = { $hours } hours of training in dry needling, as the clinic told us.
after-care-training-none = The clinic has not told us how long they trained in dry needling.
after-care-not-acupuncture = Dry needling goes for sore points in muscles. It is not acupuncture, which has its own teaching. It is one part of your plan, next to what you do at home.
after-care-choice = It is your choice
after-care-choice-text = You can take back your consent at any time. You do not need a reason.
after-withdraw = I take back my consent
after-withdraw-title = Do you want to take back your consent?
after-withdraw-stops = We will not needle you any more.
after-withdraw-messages = We will not write to you any more, and this page will close.
after-withdraw-stays = What was done so far stays in your record.
after-withdraw-again = You can say yes again at the clinic at any time.
after-withdraw-yes = Yes, take it back
after-withdraw-no = No, go back
after-withdrawn = Your consent is taken back
after-withdrawn-text = The clinic can see it now. You can close this page.
after-withdrawal-subject = A consent was withdrawn in Tautband
after-withdrawal = A patient has withdrawn a consent. It shows on the page of the patient.
after-before-nothing-new = Nothing is new
