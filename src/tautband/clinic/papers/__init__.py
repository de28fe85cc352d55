"""Papers of a visit as PDF: note, plan of care, letter, home plan, copy of a consent."""
