# The review of a course: the numbers, the decision, and what was decided before.

reviewing-title = Review
reviewing-lead-half-course = Half of the planned course is done.
reviewing-lead-full-course = The planned course is done.
reviewing-lead-stalled = Progress has stalled.
reviewing-lead-between = No review is due; you may review at any time.
reviewing-moment-half-course = at half course
reviewing-moment-full-course = at full course
reviewing-moment-stalled = as progress stalled
reviewing-moment-between = between
reviewing-sessions = { $planned ->
        [0] { $done ->
            [one] 1 session done, none planned.
           *[other] { $done } sessions done, no number planned.
        }
       *[other] { $done } of { $planned } planned sessions done.
    }
reviewing-gap = Usually { $days } days from one to the next.
reviewing-visits = Appointments kept: { $kept }; missed: { $missed }.
reviewing-no-visits = No appointment of this course is in the book.

reviewing-course = The course
reviewing-course-alt = Scores over days with the fitted course and the forecast if sessions go on and if they stop; the sentences beside it say the same.
reviewing-course-none = Too few scores or sessions for a forecast: it needs a closed session and pain scores (NPRS).
reviewing-more = How sure, and what goes into it
reviewing-measures = Measures
reviewing-measures-none = Nothing was measured yet.
reviewing-important = Important change
reviewing-important-yes = reached: { $size } is important ({ $population })
reviewing-important-between = perhaps: { $size } is important ({ $population })
reviewing-important-worse = importantly worse: { $size } is important ({ $population })
reviewing-important-no = not reached: { $size } is important ({ $population })
reviewing-once = measured once
reviewing-none-published = none is published

reviewing-drawings = Drawings
reviewing-drawings-none = Nothing was drawn yet.
reviewing-drawings-note = The painted area is shown, and is no outcome: it hardly moves with treatment.
reviewing-day = Day
reviewing-middle = Middle of the pain
reviewing-moved = The record has changed since this page was opened; the new numbers are below.
reviewing-moved-by = Away from the first
reviewing-moved-cm = { $cm } cm
reviewing-highest = Strongest
reviewing-of-ten = { $value } of 10
reviewing-qualities = Quality
reviewing-area = Painted skin
reviewing-area-percent = { $percent } %

reviewing-events = Adverse events and reactions
reviewing-events-none = No adverse event is recorded after { $sessions } sessions; after { $asked } of them a reaction was asked for.
reviewing-reactions = Reactions: { $asked } of { $sessions } sessions have an answer.
reviewing-times = { $count ->
        [one] once
       *[other] { $count } times
    }

reviewing-decide = Decide
reviewing-decision = What next?
reviewing-decision-go-on = Go on
reviewing-decision-change-target = Change the target
reviewing-decision-stop = Stop needling
reviewing-decision-refer = Refer
reviewing-cause = Asked again: what overloaded it?
reviewing-cause-overuse = Overuse
reviewing-cause-trauma = Trauma
reviewing-cause-posture = Posture
reviewing-cause-stress = Stress
reviewing-cause-unknown = Not known
reviewing-cause-now = Until now: { $cause }.
reviewing-why = Why
reviewing-why-hint = What in the numbers or the patient speaks for it.
reviewing-keep = Sign the review
reviewing-keep-hint = It is kept with the numbers above, and signed as a note.
reviewing-cause-why = asked again at a review
reviewing-earlier = Earlier reviews
reviewing-state-signed = signed
reviewing-state-waiting = waiting for a supervisor
reviewing-state-draft = draft

reviewing-note-head = Review { $moment }.
reviewing-note-cause = Cause asked again: { $cause }.
reviewing-note-measure = { $name }: { $first } to { $last }, change { $gain } (above 0 is better).
reviewing-note-event = Adverse event on { $day }: { $kind }, { $grade }.
