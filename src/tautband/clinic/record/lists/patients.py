"""A list of patients from a table: columns by their names, each row read or refused."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from tautband.base.errors import InputError
from tautband.base.sex import Sex
from tautband.clinic.record.lists.dates import Order, read_date, settle_order
from tautband.clinic.record.lists.table import Table
from tautband.text.near import close_names

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "family_name": ("family name", "last name", "surname", "lastname", "nachname", "apellidos"),
    "given_name": ("given name", "first name", "forename", "firstname", "vorname", "nombre"),
    "birth_date": (
        "birth date", "date of birth", "dob", "birthdate", "born", "geburtsdatum",
        "fecha de nacimiento",
    ),
    "sex": ("sex", "gender", "geschlecht", "sexo"),
    "email": ("email", "e mail", "email address", "correo"),
    "phone": ("phone", "telephone", "mobile", "tel", "phone number", "telefon", "telefono"),
    "address": ("address", "adresse", "direccion"),
    "national_id": ("national id", "nhs number", "nhs no", "dni", "pps number"),
    "clinic_number": ("number", "patient number", "patient id", "mrn", "record number", "id"),
    "occupation": ("occupation", "job", "profession", "beruf"),
}  # fmt: skip
_SEXES: Mapping[str, str] = {
    **dict.fromkeys(("f", "female", "woman", "w", "weiblich", "mujer", "femenino"), Sex.FEMALE),
    **dict.fromkeys(("m", "male", "man", "männlich", "hombre", "masculino"), Sex.MALE),
    **dict.fromkeys(("", "x", "d", "divers", "other", "unstated", "unknown", "-"), ""),
}
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


@dataclass(frozen=True)
class ListedPatient:
    """One row that can be taken over; ``line`` is where it stands in the file."""

    line: int
    family_name: str = ""
    given_name: str = ""
    birth_date: date | None = None
    sex: str = ""
    email: str = ""
    phone: str = ""
    address: str = ""
    national_id: str = ""
    clinic_number: str = ""
    occupation: str = ""


@dataclass(frozen=True)
class RowError:
    """What is wrong in one line, and in which column of the file."""

    line: int
    column: str
    problem: str


@dataclass(frozen=True)
class PatientList:
    """What a file comes to.  It is taken over only when ``errors`` is empty.

    ``columns`` say which column of the file became what; ``ignored`` were not known.  ``order`` is
    that of day and month where the file itself settled it or it was told.
    """

    encoding: str
    separator: str
    columns: Mapping[str, str]
    ignored: tuple[str, ...]
    order: Order | None
    patients: tuple[ListedPatient, ...]
    errors: tuple[RowError, ...] = field(default=())


def read_patients(table: Table, order: Order | None = None) -> PatientList:
    """Read every row; raises InputError when the columns themselves cannot be used."""
    columns, ignored = _columns(table.header)
    places = {name: table.header.index(shown) for name, shown in columns.items()}
    settled = _order(table, places, order)
    patients: list[ListedPatient] = []
    errors: list[RowError] = []
    for line, cells in zip(table.lines, table.rows, strict=True):
        if len(cells) != len(table.header):
            problem = f"has {len(cells)} cells instead of {len(table.header)}"
            errors.append(RowError(line, "", problem))
            continue
        told = {name: cells[place] for name, place in places.items()}
        wrong = [
            RowError(line, columns.get(name, ""), problem)
            for name, problem in _problems(told, settled)
        ]
        if wrong:
            errors += wrong
        else:
            patients.append(_patient(line, told, settled))
    return PatientList(
        table.encoding, table.separator, columns, ignored, settled, tuple(patients), tuple(errors)
    )


def _columns(header: tuple[str, ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    known = {word: name for name, words in COLUMNS.items() for word in (*words, _bare(name))}
    found: dict[str, str] = {}
    ignored: list[str] = []
    if len(set(header)) != len(header):
        raise InputError("columns", "have the same name twice", "each name once")
    for shown in header:
        name = known.get(_bare(shown))
        if name is None:
            ignored.append(shown)
        elif name in found:
            raise InputError("columns", f"'{found[name]}' and '{shown}' both give {name}", "one")
        else:
            found[name] = shown
    if "family_name" not in found and "given_name" not in found:
        close = [word for shown in header for word in close_names(_bare(shown), known)]
        raise InputError(
            "columns", "name nobody", "a column 'family name' and one 'given name'", close[:3]
        )
    return found, tuple(ignored)


def _order(table: Table, places: Mapping[str, int], told: Order | None) -> Order | None:
    if "birth_date" not in places:
        return told
    place = places["birth_date"]
    texts = [cells[place] for cells in table.rows if len(cells) == len(table.header)]
    settled = settle_order(texts)
    if told is not None and settled is not None and told is not settled:
        raise InputError("order", f"is {told}, but the file is written {settled}", str(settled))
    return told or settled


def _problems(told: Mapping[str, str], order: Order | None) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if not told.get("family_name") and not told.get("given_name"):
        found.append(("family_name", "the name is empty"))
    if told.get("birth_date"):
        try:
            read_date(told["birth_date"], order)
        except InputError as error:
            found.append(("birth_date", f"{error.problem}; expected {error.expected}"))
    if told.get("sex", "").casefold() not in _SEXES:
        found.append(("sex", f"'{told['sex'][:20]}' is not known; expected f, m or x"))
    if told.get("email") and not _EMAIL.fullmatch(told["email"]):
        found.append(("email", "is no address"))
    return found


def _patient(line: int, told: Mapping[str, str], order: Order | None) -> ListedPatient:
    born = told.get("birth_date")
    return ListedPatient(
        line=line,
        birth_date=read_date(born, order) if born else None,
        sex=str(_SEXES[told.get("sex", "").casefold()]),
        family_name=told.get("family_name", ""),
        given_name=told.get("given_name", ""),
        email=told.get("email", ""),
        phone=told.get("phone", ""),
        address=told.get("address", ""),
        national_id=told.get("national_id", ""),
        clinic_number=told.get("clinic_number", ""),
        occupation=told.get("occupation", ""),
    )


def _bare(name: str) -> str:
    return " ".join(re.sub(r"[\W_]+", " ", name.casefold()).split())
