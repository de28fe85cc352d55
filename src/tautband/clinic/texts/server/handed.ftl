# Patient mode: the tablet in the patient's hands.

handed-title = Where does it hurt?
handed-how = Choose how strong it is, then paint it on the body.
handed-begin = Hand over to the patient
handed-begin-short = Hand over
handed-done = I am done
handed-done-title = Thank you
handed-done-text = Please hand the tablet back now.
handed-paint-on = Paint on
handed-give = Hand it back
handed-locked = Thank you. Please give the tablet back to your therapist, who opens it again.
handed-unsaved = Not saved yet. Please wait, or tell your therapist.
handed-refused = Your last strokes could not be saved. Please tell your therapist, and hand it back.
handed-own-first = My own findings first
handed-own-lead = The ranking waits. Enter what you find; it is kept that you found it before you saw the ranking.
handed-own-muscle = Muscle
handed-own-side = Side
handed-reveal = Show the ranking
handed-veil = Hide the ranking
