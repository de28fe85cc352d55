"""Reading a list of patients, and taking it over whole or not at all."""

import uuid
from datetime import date

import pytest

from tautband.base.errors import InputError
from tautband.clinic.record.errors import ConflictError, NotFoundError
from tautband.clinic.record.lists.dates import Order, read_date, settle_order
from tautband.clinic.record.lists.patients import PatientList, read_patients
from tautband.clinic.record.lists.table import read_table
from tautband.clinic.record.models import Patient, PatientImport, Version
from tautband.clinic.record.services import importing
from tests.clinic.cast import Cast
from tests.clinic.record import made

HEAD = "Last name,First name,DOB,Sex,E-mail\n"


def _read(text: str, encoding: str = "utf-8", order: Order | None = None) -> PatientList:
    return read_patients(read_table(text.encode(encoding)), order)


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [
        ("1985-03-21", None, date(1985, 3, 21)),
        ("1985/3/21", None, date(1985, 3, 21)),
        ("21.3.1985", None, date(1985, 3, 21)),
        ("21. 03. 1985", None, date(1985, 3, 21)),
        ("21 Mar 1985", None, date(1985, 3, 21)),
        ("21-March-1985", None, date(1985, 3, 21)),
        ("March 21, 1985", None, date(1985, 3, 21)),
        ("03/04/1985", Order.DAY_FIRST, date(1985, 4, 3)),
        ("03/04/1985", Order.MONTH_FIRST, date(1985, 3, 4)),
        ("04/04/1985", None, date(1985, 4, 4)),
        ("1985-03-21 00:00:00", None, date(1985, 3, 21)),
    ],
)
def test_dates(text: str, order: Order | None, expected: date) -> None:
    assert read_date(text, order) == expected


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("03/04/1985", "two days"),
        ("21/03/85", "two digits"),
        ("31127", "is a number"),
        ("1985-02-30", "no day"),
        ("21 Foo 1985", "no month"),
        ("yesterday", "cannot be read"),
    ],
)
def test_dates_that_are_refused(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        read_date(text, None)


def test_one_row_settles_the_order_of_all() -> None:
    assert settle_order(["03/04/1985", "21/03/1990"]) is Order.DAY_FIRST
    assert settle_order(["03/04/1985", "03/21/1990"]) is Order.MONTH_FIRST
    assert settle_order(["03/04/1985"]) is None
    with pytest.raises(InputError, match="another"):
        settle_order(["21/03/1990", "03/21/1990"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_encodings_and_separators(encoding: str, separator: str) -> None:
    text = (HEAD + "Núñez,Zoë,1985-03-21,F,\n").replace(",", separator)
    (patient,) = _read(text, encoding).patients
    assert (patient.family_name, patient.given_name, patient.sex) == ("Núñez", "Zoë", "female")


def test_errors_name_their_lines() -> None:
    listed = _read(
        HEAD
        + "Okafor,Ngozi,1985-03-21,f,ngozi@example.org\n"
        + ",,1985-03-21,f,\n"
        + '"Smith, Jr",Al,13/13/1985,q,nowhere\n'
        + "Short,row\n"
    )
    assert [p.line for p in listed.patients] == [2]
    found = {(e.line, e.column) for e in listed.errors}
    assert found == {(3, "Last name"), (4, "DOB"), (4, "Sex"), (4, "E-mail"), (5, "")}


def test_lines_are_those_of_the_file() -> None:
    listed = _read(HEAD + '\n"Two\nlines",A,,,\nB,B,,?,\n')
    assert listed.patients[0].line == 3
    assert listed.errors[0].line == 5


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("name\nx\n", "one column"),
        (HEAD, "no rows"),
        ("colour,size\nred,1\n", "name nobody"),
        ("last name,surname\nA,B\n", "both give family_name"),
        ("last name,last name\nA,B\n", "twice"),
        (HEAD + '"never closed,A,,,\n', "cannot be read"),
        ("a,\0\nb,c", "no text"),
    ],
)
def test_files_that_cannot_be_used(text: str, says: str) -> None:
    with pytest.raises(InputError, match=says):
        _read(text)


def test_unknown_columns_are_told() -> None:
    listed = _read("last name,shoe size\nOkafor,42\n")
    assert listed.ignored == ("shoe size",)


LIST = (
    HEAD
    + "Okafor,Ngozi,1985-03-21,f,\n"
    + "Lund,Per,1970-01-05,m,\n"
    + "LUND,Pér,1970-01-05,m,\n"
    + "Ito,Aiko,,f,\n"
).encode()


def test_twins_are_found_in_the_clinic_and_in_the_file(cast: Cast) -> None:
    by = made.seat(cast, "reception")
    known = made.patient(by, given_name="NGOZI", family_name="Okafor")
    made.patient(made.seat(cast, "outsider"), family_name="Lund", given_name="Per")
    seen = importing.preview(by, LIST)
    assert [(t.line, t.known, t.first_line) for t in seen.twins] == [
        (2, known.pk, None),
        (4, None, 3),
    ]
    assert importing.find_twins(by, Patient(
        clinic=cast.clinic, family_name="okafor", given_name="Ngozi", birth_date=date(1985, 3, 21)
    )) == [known]  # fmt: skip


def test_a_list_is_taken_over_once(cast: Cast) -> None:
    by = made.seat(cast, "reception")
    made.patient(by)
    seen, batch = importing.preview(by, LIST), uuid.uuid4()
    for _ in range(2):
        done = importing.take_over(by, LIST, seen.sha256, batch, twins_too=[4])
        assert (done.rows, done.patients) == (4, 3)
    assert Patient.objects.count() == 4
    assert Version.objects.count() == 4
    stored = Patient.objects.get(pk=uuid.uuid5(batch, "3"))
    assert (stored.name, stored.birth_date) == ("Per Lund", date(1970, 1, 5))
    with pytest.raises(ConflictError):
        importing.take_over(by, LIST + b"X,Y,,,\n", seen.sha256, uuid.uuid4())


def test_nothing_is_taken_over_when_a_line_is_wrong(cast: Cast) -> None:
    by = made.seat(cast, "reception")
    for wrong in (b"A,B,2090-01-01,f,\n", b"A,B,1700-01-01,f,\n", b",,1980-01-01,f,\n"):
        seen = importing.preview(by, LIST + wrong)
        assert [error.line for error in seen.listed.errors] == [6]
        with pytest.raises(InputError, match="line 6"):
            importing.take_over(by, LIST + wrong, seen.sha256, uuid.uuid4())
    assert not Patient.objects.exists()
    assert not PatientImport.objects.exists()


@pytest.mark.parametrize("name", ["student", "patient"])
def test_who_does_not_admit_does_not_import(cast: Cast, name: str) -> None:
    with pytest.raises(NotFoundError):
        importing.preview(made.seat(cast, name), LIST)  # type: ignore[arg-type]


def test_a_list_longer_than_one_statement(cast: Cast) -> None:
    by = made.seat(cast, "reception")
    many = importing.AT_ONCE + 20
    data = (HEAD + "".join(f"Family{n},Given,1980-01-01,f,\n" for n in range(many))).encode()
    done = importing.take_over(by, data, importing.preview(by, data).sha256, uuid.uuid4())
    assert done.patients == Patient.objects.count() == many
