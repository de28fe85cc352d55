import pytest

from tautband.base.side import Side
from tautband.body.regions import load_regions
from tautband.body.words.lexicon import Lexicon, load_lexicon


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    return load_lexicon([r for r in load_regions().regions if r.side is Side.LEFT])
