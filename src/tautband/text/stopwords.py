"""English words that carry grammar and no content."""

from tautband.text.wordset import word_set

FUNCTION_WORDS = word_set(
    """
    a about across after again all almost also always am an and another any anything are around as
    at away be because become becomes been before being both bit but by can come comes could did do
    does doing done down during each either especially even ever every few for from gets get getting
    give gives go goes going got had has have having he her here hers him his how i if in is it its
    itself just kind last lately like little lot lots made mainly make makes many may me maybe more
    most mostly much my myself now of off often on one only onto or other our out over own part
    particularly per quite rather really s same sat say says seem seems she should since so some
    sometimes soon still such t than that the their them then there these they thing things this
    those though through throughout times to today together too towards two up upon us usually
    very via was way we well were what when where whether which while who whole why will with
    within would x you your i've i'm it's he's she's there's that's im ive
    patient pt person client he'd she'd along near nearby next region area areas site sites spot
    spots zone place point points whatsoever longer
    """
)
