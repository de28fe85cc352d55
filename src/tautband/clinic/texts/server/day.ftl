# The list of a day, and how a visit opens.

day-title = Today
day-lead = Who comes, and how far each visit is
day-other = Day
day-before = The day before
day-after = The day after
day-now = Back to today
day-mine = Mine
day-all = Everybody
day-whose = Whose visits
day-none = Nobody is booked on this day.
day-new = New
day-minutes = { $minutes } min
day-state-booked = booked
day-state-arrived = here
day-state-treating = in treatment
day-state-note-open = note to sign
day-state-done = done
day-state-missed = did not come
day-state-cancelled = cancelled
day-do-arrived = Is here
day-do-missed = Did not come
day-do-cancelled = Cancel
day-do-booked = Booked again
day-more = More
day-move = Move
day-time = Time
day-day = Day
day-book = Book a visit
day-book-do = Book
day-who = Patient
day-who-hint = First or family name, telephone or patient number.
day-which = Which of them?
day-length = Minutes
day-with = With
day-anybody = anybody
day-import = Take over a list
day-take-lead = A CSV list or an iCal file (.ics) from your scheduler. You see what it comes to before anybody is booked.
day-take-file = File
day-take-hint = CSV: columns day, time and patient or number; born, minutes and with where known. The file itself is not kept.
day-take-look = Look at it
day-take-missing = No file is chosen.
day-take-good = { $count ->
        [0] Nobody to book
        [one] 1 visit to book
       *[other] { $count } visits to book
    }
day-take-known = { $count ->
        [one] 1 was taken over before
       *[other] { $count } were taken over before
    }
day-take-moved = { $count ->
        [one] 1 was moved in your calendar
       *[other] { $count } were moved in your calendar
    }
day-take-cancelled = { $count ->
        [one] 1 was cancelled in your calendar
       *[other] { $count } were cancelled in your calendar
    }
day-take-open = { $count ->
        [one] 1 to be booked by hand
       *[other] { $count } to be booked by hand
    }
day-take-do = { $count ->
        [one] Take over 1 visit
       *[other] Take over { $count } visits
    }
day-take-line = Line
day-take-problem = What is wrong

day-open-title = Visit
day-open-last = Last session, { $day }
day-open-number = { $planned ->
        [0] Session { $count }
       *[other] Session { $count } of { $planned } planned
    }
day-open-muscle = { $needles ->
        [one] 1 needle
       *[other] { $needles } needles
    }, { $insertions ->
        [one] 1 insertion
       *[other] { $insertions } insertions
    }
day-open-twitches = { $count ->
        [0] no twitch
        [one] 1 twitch
       *[other] { $count } twitches
    }
day-open-not-assessed = twitches not assessed
day-open-reaction = Reaction then
day-open-no-reaction = none recorded
day-open-events = Adverse events that are not over
day-open-since = Told since
day-open-nothing-since = Nothing was measured since.
day-open-forecast = What the course says
day-open-more = How sure, and what goes into it
day-open-course = The whole course
day-open-changed = Has anything changed since { $day }?
day-open-asked = Read these out. One tap keeps that each was answered so, and that everything else holds as it was.
day-open-unchanged = All of it holds
day-open-something = Something has changed
day-open-screened = Asked today already.
day-open-yes = yes
day-open-no = no
day-open-none = none
day-open-same = as before
day-open-no-consent = No consent to treatment stands. Ask for it before the first needle.
day-open-repeat = Repeat the last session
day-open-repeat-hint = Muscles, needles and numbers of last time are proposed; what is done today is what is recorded.
day-open-first = A first visit
day-open-next = Next
day-open-done = done
day-step-assessments = Draw and examine
day-step-screenings = Screen
day-step-plans = Plan
day-step-consents = Explain and sign
day-review-half = Half of the planned course is done: assess again before going on.
day-review-full = The planned course is done: assess again, and decide with the patient whether to go on.
day-review-stalled = The pain has not become less as it should by now: assess again, and look for the cause once more.
day-review-do = Assess again
day-own = What the patient told from home
day-own-lead = In the patient's own words and ticks. Ask again before you rely on it.
day-own-words = In their own words
