"""Made-up complaints after needling, for hunting what triage would miss.

Each text holds one emergency sign or more, said plainly, between denials of other things, harmless
complaints and noise.  The phrases are written here and not taken from the lexicon, so that a word
missing there is found.  Denials end with a comma, a full stop, "but" or "and", as in real messages.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

EMERGENCIES = (
    "I have chest pain", "my chest hurts", "there is a sharp pain in my chest", "chest feels tight",
    "I am short of breath", "I can't catch my breath", "really breathless", "it is hard to breathe",
    "I can hardly get any air, breathing is hard", "puffed out just sitting",
    "I was gasping for air",
    "it hurts when I breathe in", "stabbing pain with every deep breath", "I coughed up blood",
    "there was blood when I coughed", "I passed out", "I fainted at home", "I collapsed",
    "my lips are blue", "my tongue is swelling", "my throat is closing", "my face is drooping",
    "my speech is slurred", "I see double", "the worst headache of my life", "I am confused",
    "I can't feel between my legs", "I wet myself", "both my legs are weak", "I lost vision",
    "I vomited blood", "I had a seizure", "I want to die", "a tight band around my chest",
    "had some chest tightness earlier", "chset pain", "I am brethless", "shortnes of breath",
    "pressure on my breastbone", "pain under my ribs", "lungs feel tight",
)  # fmt: skip
DENIALS = (
    "no fever", "no rash", "I don't have a headache", "no numbness or tingling", "no bruise",
    "without any swelling", "never dizzy", "no chest pain", "I'm not short of breath",
    "no cough or fever", "denies nausea", "no blood in my urine", "not tired", "no pus",
)  # fmt: skip
HARMLESS = (
    "a bit sore", "small bruise", "shoulder is stiff", "I feel fine", "tired today",
    "like after the gym", "slept well", "all good otherwise", "the muscle is tender",
    "feeling better", "it is probably nothing", "my arm is okay", "just letting you know",
)  # fmt: skip
NOISE = (
    "the weather is lovely", "went to work", "asdf", "thanks for yesterday", "see you next week",
    "had pasta for dinner", "12 minutes", "???", "my dog says hello", "xk3 blah", "at 7/10 earlier",
    "parked the car", "on the stairs", "lol", ":)", "since Tuesday",
)  # fmt: skip
_AFTER_DENIAL = (", ", ". ", " but ", " and ", "\n", "; ")
_ELSEWHERE = (", ", ". ", " and ", " but ", "\n", " ", " - ", "; ")


@dataclass(frozen=True)
class Complaint:
    """A made-up message, and whether an emergency sign stands in it."""

    text: str
    emergency: bool


def complaint(random: Random, *, emergency: bool) -> Complaint:
    """One made-up message of up to nine pieces in any order."""
    pieces = [(random.choice(DENIALS), True) for _ in range(random.randint(0, 3))]
    pieces += [(random.choice(HARMLESS), False) for _ in range(random.randint(0, 2))]
    pieces += [(random.choice(NOISE), False) for _ in range(random.randint(0, 2))]
    if emergency:
        pieces += [(random.choice(EMERGENCIES), False) for _ in range(random.randint(1, 2))]
    random.shuffle(pieces)
    return Complaint(_joined(random, pieces), emergency)


def _joined(random: Random, pieces: Sequence[tuple[str, bool]]) -> str:
    text = ""
    for words, denies in pieces:
        text += words + random.choice(_AFTER_DENIAL if denies else _ELSEWHERE)
    return random.choice((str, str.upper, str.lower))(text)


def complaints(seed: int, count: int, *, emergency: bool) -> Iterator[Complaint]:
    """Many made-up messages; the same seed gives the same ones."""
    random = Random(seed)
    for _ in range(count):
        yield complaint(random, emergency=emergency)
