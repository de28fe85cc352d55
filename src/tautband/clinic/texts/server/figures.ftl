# The clinic's figures: who is overdue, what went wrong how often, what became of it, where it hurts.

figures-title = Figures
figures-tab-lead = Who is overdue, how safe and how useful the needling is
figures-lead = Counted from the record at { $at }. What was written later is not in it yet.
figures-none = The figures are being counted. That takes a few seconds, up to a minute in a large clinic.
figures-reload = Look again
figures-renew = Count again
figures-asked = The figures are being counted again; look again in a moment.
figures-being-made = being counted again
figures-window = Treatments of
figures-window-year = the last 12 months
figures-window-all = all years
figures-export = Export for research
figures-table = Table
figures-of = { $count } of { $of }
figures-seen = Seen
figures-interval = 95 % interval
figures-none-seen = { $most ->
        [1] none of { $of }: too few to say
       *[other] none of { $of }: at most 1 in { $most }
    }
figures-percent = { $seen } %
figures-from-to = { $low } to { $high } %
figures-bar = Seen { $seen } %, from { $low } to { $high } %, on an axis to { $most } %
figures-axis = Bars: exact 95 % interval, axis from 0 to { $most } %.

figures-overdue = Overdue
figures-overdue-lead = { $count ->
        [0] Nobody is overdue.
        [one] 1 course is overdue.
       *[other] { $count } courses are overdue.
    }
figures-overdue-first = The first { $shown } are listed.
figures-why-review = Review was due
figures-why-break = Sessions left, none for three weeks, nothing booked; last one
figures-why-silent = Nothing for 90 days, not closed; last session

figures-safety = Safety
figures-counts = { $treatments } treatments of { $patients } patients, { $insertions } insertions.
figures-no-treatments = No treatment was closed in this time.
figures-per-treatment = Treatments with any adverse event
figures-per-needle = Adverse events per insertion
figures-safety-note = Reactions told of a session and adverse events together, soreness and bruises too. Only what was recorded can be counted: a rate that is low may mean that nobody asked.
figures-grades = By the gravest event of a treatment
figures-grade-mild = mild or graver
figures-grade-moderate = moderate or graver
figures-grade-severe = severe or graver
figures-grade-serious = serious
figures-kinds = By kind
figures-split-muscle = By muscle needled
figures-split-area = By region
figures-split-technique = By technique
figures-split-note = A treatment counts at each muscle, region or technique that was needled in it. The rates say where events were seen, not what caused them.
figures-name-kind = Kind
figures-name-grade = Grade
figures-name-muscle = Muscle
figures-name-area = Region
figures-name-technique = Technique
figures-technique-left-in-place = left in place
figures-technique-moved = moved up and down
figures-technique-in-and-out = in and out

figures-control = Month by month
figures-control-alt = Share of treatments with an adverse event by month; the numbers stand in the table below.
figures-control-seen = Solid: this month
figures-control-before = dashed: all months before
figures-control-limit = orange marks: from here on it signals
figures-control-axis = treatments with an event, %
figures-control-rule = A month signals when its count would be this far from all the months before it in at most { $alarms } months in which nothing has changed (an exact test, both directions together).
figures-control-quiet = No month signals.
figures-control-signal-more = { $month }: more than before ({ $count } of { $of }). Look at what was different: people, needles, muscles, patients.
figures-control-signal-fewer = { $month }: fewer than before ({ $count } of { $of }). Better care, or events that nobody wrote down?
figures-month = Month
figures-with-event = With an event
figures-signals-from = Signals from
figures-signals-to = or down to
figures-signal = Signal
figures-signal-more = more
figures-signal-fewer = fewer

figures-outcomes = Outcomes
figures-outcomes-lead = First against last score of each course, by the nearest published important change. Nobody here went without needling for comparison, and pain that brings somebody in mostly falls anyway: this shows how patients fared, not what needling did.
figures-outcomes-none = No course has two scores yet.
figures-outcomes-instruments = By measure
figures-outcomes-presentations = Pain (NPRS) by complaint
figures-outcomes-areas = Pain (NPRS) by region
figures-outcomes-alt = Share of courses by how pain changed, for each complaint; the numbers stand in the table below.
figures-outcomes-axis = share of courses
figures-name-instrument = Measure
figures-name-presentation = Complaint
figures-courses = Courses
figures-median = Median change
figures-median-hint = above 0 is better
figures-important = Importantly better
figures-worse = Importantly worse
figures-worth-better = importantly better
figures-worth-between = perhaps important
figures-worth-unchanged = not important
figures-worth-worse = importantly worse

figures-pain = Where it hurts
figures-pain-lead = How many paint each region at the first visit. Regions painted by fewer than five people, or by all but so few, are grey: their count is withheld.
figures-pain-none = Too few drawings yet: at least five of one complaint are needed.
figures-pain-which = Complaint
figures-pain-all = All
figures-pain-other = Others
figures-pain-show = Show
figures-pain-alt = Front and back of the body; the deeper the red, the more people paint a region. The numbers stand in the table.
figures-drawings = { $count } drawings
figures-region = Region

figures-export-what = Treatments, de-identified
figures-export-lead = One row a treatment, of patients who agreed to research and have not withdrawn. No name, no day, nobody's words. People who could be picked out by sex, age and complaint are blurred or left out.
figures-export-agreed = { $count ->
        [one] 1 patient has agreed.
       *[other] { $count } patients have agreed.
    }
figures-export-few = Nothing can be handed out before { $least } patients have agreed.
figures-export-csv = As CSV
figures-export-parquet = As Parquet
figures-export-trail = You are asked again who you are. Each patient whose rows go out has it in the audit trail.
figures-export-columns = What each column means
figures-export-name = Column
figures-export-meaning = Meaning
figures-export-empty = Empty means
