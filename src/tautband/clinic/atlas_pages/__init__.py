"""The atlas as pages: browse it, read a record, see it; without script and without an account."""
