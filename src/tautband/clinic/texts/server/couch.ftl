# The couch: one session, recorded muscle by muscle.

couch-title = Session
couch-begin = Begin the session
couch-go-on = Go on with the session
couch-loading = Opening the session …
couch-refused-title = No session is begun

couch-mode = How to record
couch-mode-after = After each muscle
couch-mode-live = Live

couch-saved = All saved
couch-saving = Saving …
couch-offline =
    { $count ->
        [one] No connection: one entry waits on this device
       *[other] No connection: { $count } entries wait on this device
    }
couch-signed-out =
    { $count ->
        [one] Locked or signed out: one entry waits on this device
       *[other] Locked or signed out: { $count } entries wait on this device
    }
couch-refused =
    { $count ->
        [one] One entry was not taken and waits
       *[other] The first of { $count } entries was not taken; all wait
    }
couch-give-up = Give this entry up
couch-needles-in =
    { $count ->
        [0] No needle in
        [one] 1 needle in
       *[other] { $count } needles in
    }

couch-muscles = Muscles
couch-add = Add
couch-not-yet = not needled yet
couch-insertions-count =
    { $count ->
        [one] 1 insertion
       *[other] { $count } insertions
    }
couch-twitches-count =
    { $count ->
        [0] no twitch
        [one] 1 twitch
       *[other] { $count } twitches
    }
couch-twitches-not-assessed = twitches not assessed
couch-another = Another muscle
couch-another-name = Name of the muscle
couch-side = Side
couch-needs-line = The server does not answer. Adding a muscle and finishing need it; what was tapped is kept.

couch-final = The rules stop this, and no reason changes that: only the clinic’s written policy does.
couch-stopped = The rules stop this.
couch-asks = The rules ask first.
couch-override = Why it is needled all the same
couch-override-do = Needle all the same
couch-answer = Your answer to what is asked
couch-answer-do = Go on
couch-overridden = Needled although a rule stops it; the reason is kept.

couch-length-cap = Needle at most { $cap } mm long.
couch-too-long = The needle at hand has { $needle } mm; here { $cap } mm at most. Take a shorter one.
couch-depth-cap = At most { $cap } mm deep.
couch-smallest = Smallest published depth of what must not be reached: { $depth } mm.
couch-at-risk = Beware:
couch-length = Needle, mm
couch-gauge = Thickness, mm

couch-where = Where on the body
couch-point = Trigger point: { $point }
couch-body = The body with the muscle’s trigger points; tap where the needle went
couch-body-keys = Arrow keys turn the body.

couch-needles = Needles
couch-insertions = Insertions
couch-twitches = Local twitch responses
couch-not-assessed = not assessed
couch-less = Less: { $what }
couch-more = More: { $what }
couch-familiar = Familiar pain
couch-yes = Yes
couch-no = No
couch-not-asked = Not asked
couch-stays = The needles
couch-is-out = Are out again
couch-is-in = Stay in
couch-done = Done
couch-one-insertion = insertions: tap for one more
couch-one-twitch = twitches: tap for one more
couch-pedal = A pedal that sends Page down or Space counts an insertion; Page up or t counts a twitch.
couch-leave-in = One that stays in

couch-standing = Needles that stay in
couch-minutes =
    { $minutes ->
        [0] just now
        [one] 1 minute
       *[other] { $minutes } minutes
    }
couch-out = Out
couch-all-out =
    { $count ->
        [one] The needle is out
       *[other] All { $count } are out
    }
couch-not-whole = Not whole
couch-not-whole-first = Keep the patient still, and mark the place. What is in the hand?
couch-incident-told = What happened
couch-bent = Out, but bent
couch-broken = A part is missing
couch-lost = The needle is not found

couch-retest = Test again
couch-sign-before = Before: { $degrees } degrees, pain { $pain } of 10
couch-sign-after = Now: { $degrees } degrees, pain { $pain } of 10
couch-pain-now = Pain now, 0 to 10
couch-degrees = Degrees
couch-retest-keep = Keep the result
couch-no-test = Not tested today
couch-no-test-noted = Not tested today: noted

couch-reaction = How the patient took it
couch-no-reaction = No reaction
couch-a-reaction = A reaction

couch-undo = Take the last back
couch-undo-why = taken back at the couch
couch-finish = Finish
couch-missing-out =
    { $count ->
        [one] One needle is still in.
       *[other] { $count } needles are still in.
    }
couch-missing-test = The sign was not tested again.
couch-missing-reaction = How the patient took it is not said.
couch-finish-unsent = Not everything is saved yet. Finishing waits for the connection.
couch-unsent-logout = Entries of a session wait on this device. Open the session with a connection first; then sign out.
