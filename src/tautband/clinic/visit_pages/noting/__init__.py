"""The note of a session: gathered from the record, drafted, and kept with what it stands on."""
