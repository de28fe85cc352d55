"""The policy as a table: every role against every action, and nothing that is not written here."""

import pytest

from tautband.clinic.policy import ALLOWED, Action, Role, may

# fmt: off
TABLE = {
    #                       owner  clinician student reception patient
    Action.CLINIC_SETTINGS: (True,  False,   False,  False,    False),
    Action.PEOPLE_READ:     (True,  True,    False,  False,    False),
    Action.PEOPLE_WRITE:    (True,  False,   False,  False,    False),
    Action.AUDIT_READ:      (True,  False,   False,  False,    False),
    Action.PATIENT_LIST:    (True,  True,    True,   True,     False),
    Action.PATIENT_ADMIT:   (True,  True,    False,  True,     False),
    Action.RECORD_READ:     (False, True,    True,   False,    False),
    Action.RECORD_WRITE:    (False, True,    True,   False,    False),
    Action.NEEDLE:          (False, True,    True,   False,    False),
    Action.SIGN:            (False, True,    False,  False,    False),
    Action.CONSENT:         (False, True,    True,   False,    False),
    Action.FIGURES:         (True,  True,    False,  False,    False),
    Action.EXPORT:          (True,  True,    False,  False,    False),
    Action.ERASE:           (True,  False,   False,  False,    False),
    Action.OWN_PAGE:        (False, False,   False,  False,    True),
}
# fmt: on
ROLES = (Role.OWNER, Role.CLINICIAN, Role.STUDENT, Role.RECEPTION, Role.PATIENT)


def test_the_table_names_every_action_and_every_role() -> None:
    assert set(TABLE) == set(Action)
    assert set(ROLES) == set(Role) == set(ALLOWED)


@pytest.mark.parametrize("action", Action)
@pytest.mark.parametrize("role", Role)
def test_who_may_do_what(role: Role, action: Action) -> None:
    assert may(frozenset({role}), action) is TABLE[action][ROLES.index(role)]


def test_nobody_may_do_anything() -> None:
    assert not any(may(frozenset(), action) for action in Action)
