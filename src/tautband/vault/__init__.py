"""Sealing, blind indexes, the hash chain of the audit and encrypted archives; knows no Django."""
