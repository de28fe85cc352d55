"""Every sourced statement of every record, by record and field: what is audited and reviewed."""

from collections.abc import Iterable, Mapping

from tautband.atlas.load import facts
from tautband.atlas.records import Muscle
from tautband.atlas.targets import Target, target_facts
from tautband.base.sources import Fact


def statements(
    muscles: Iterable[Muscle], targets: Iterable[Target] = ()
) -> Mapping[str, Mapping[str, Fact]]:
    """The statements of each record by field (``origin``, ``overload[0]``, ...)."""
    found = {muscle.id: dict(facts(muscle)) for muscle in muscles}
    return found | {target.id: dict(target_facts(target)) for target in targets}
