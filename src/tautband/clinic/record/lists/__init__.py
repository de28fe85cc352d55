"""Reading a list of patients from a CSV file: pure, nothing is stored here."""
