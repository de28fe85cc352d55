# The review of a course: the numbers, the decision, and what was decided before.

review-title = Review
review-lead-half-course = Half of the planned course is done.
review-lead-full-course = The planned course is done.
review-lead-stalled = Progress has stalled.
review-lead-between = No review is due; you may review at any time.
review-moment-half-course = at half course
review-moment-full-course = at full course
review-moment-stalled = as progress stalled
review-moment-between = between
review-sessions = { $planned ->
        [0] { $done ->
            [one] 1 session done, none planned.
           *[other] { $done } sessions done, no number planned.
        }
       *[other] { $done } of { $planned } planned sessions done.
    }
review-gap = Usually { $days } days from one to the next.
review-visits = Appointments kept: { $kept }; missed: { $missed }.
review-no-visits = No appointment of this course is in the book.

review-course = The course
review-course-alt = Scores over days with the fitted course and the forecast if sessions go on and if they stop; the sentences beside it say the same.
review-course-none = Too few scores or sessions for a forecast: it needs a closed session and pain scores (NPRS).
review-more = How sure, and what goes into it
review-measures = Measures
review-measures-none = Nothing was measured yet.
review-measure = Measure
review-first = First
review-last = Latest
review-change = Change
review-change-hint = above 0 is better
review-important = Important change
review-important-yes = reached: { $low } to { $high } is important ({ $population })
review-important-between = perhaps: above { $low }, below { $high } ({ $population })
review-important-no = not reached: { $low } to { $high } is important ({ $population })
review-once = measured once
review-none-published = none is published

review-drawings = Drawings
review-drawings-none = Nothing was drawn yet.
review-drawings-note = The painted area is shown, and is no outcome: it hardly moves with treatment.
review-day = Day
review-middle = Middle of the pain
review-moved = The record has changed since this page was opened; the new numbers are below.
review-moved-by = Away from the first
review-moved-cm = { $cm } cm
review-highest = Strongest
review-of-ten = { $value } of 10
review-qualities = Quality
review-quality = { $name } { $percent } %
review-area = Painted skin
review-area-percent = { $percent } %

review-events = Adverse events and reactions
review-events-none = No adverse event is recorded after { $sessions } sessions; after { $asked } of them a reaction was asked for.
review-reactions = Reactions: { $asked } of { $sessions } sessions have an answer.
review-times = { $count ->
        [one] once
       *[other] { $count } times
    }

review-decide = Decide
review-decision = What next?
review-decision-go-on = Go on
review-decision-change-target = Change the target
review-decision-stop = Stop needling
review-decision-refer = Refer
review-cause = Asked again: what overloaded it?
review-cause-overuse = Overuse
review-cause-trauma = Trauma
review-cause-posture = Posture
review-cause-stress = Stress
review-cause-unknown = Not known
review-cause-now = Until now: { $cause }.
review-why = Why
review-why-hint = What in the numbers or the patient speaks for it.
review-keep = Sign the review
review-keep-hint = It is kept with the numbers above, and signed as a note.
review-cause-why = asked again at a review
review-earlier = Earlier reviews
review-by = { $day }, { $name }
review-state-signed = signed
review-state-waiting = waiting for a supervisor
review-state-draft = draft

review-note-head = Review { $moment }.
review-note-cause = Cause asked again: { $cause }.
review-note-measure = { $name }: { $first } to { $last }, change { $gain } (above 0 is better).
review-note-event = Adverse event on { $day }: { $kind }, { $grade }.
