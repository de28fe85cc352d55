"""Sentences about pain, read with a lexicon and a small grammar, and turned into drawings."""
