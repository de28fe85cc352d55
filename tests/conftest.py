"""What holds for all tests."""

from hypothesis import settings

# How long an example takes says nothing on a busy machine; speed is measured in benchmarks/.
settings.register_profile("tautband", deadline=None)
settings.load_profile("tautband")
