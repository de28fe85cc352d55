# Patient mode: the tablet in the patient's hands.

handed-title = Where does it hurt?
handed-begin = Hand over to the patient
handed-done = I am done
handed-done-title = Thank you
handed-done-text = Please hand the tablet back now.
handed-paint-on = Paint on
handed-give = Hand it back
handed-unsaved = Not saved yet. Please wait, or tell your therapist.
handed-own-first = My own findings first
handed-own-lead = The ranking waits. Enter what you find; it is kept that you found it before you saw the ranking.
handed-own-muscle = Muscle
handed-own-side = Side
handed-reveal = Show the ranking
handed-veil = Hide the ranking
