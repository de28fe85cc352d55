import pytest

from tautband.body.regions import load_regions
from tautband.body.words.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon(load_regions().regions)
