"""One patient's whole record out: as JSON for machines, as PDF for people."""
