"""Triggers by which the database itself refuses to change or remove what the record keeps.

Whoever may drop triggers can still tamper; they are against mistakes and against the application's
own account.  A migration that alters a table of the record ends with `install`, because SQLite
makes such a table anew and drops its triggers; a test counts them.
"""

from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

PREFIX = "kept_"
APPEND_ONLY = (
    "amendment", "closing", "consent", "ledgerentry", "needle", "ownanswer", "retest", "screening",
    "sessiontarget", "shown", "signature", "version", "withdrawal",
)  # fmt: skip
CHANGING = (
    "activity", "adverseevent", "appointment", "assessment", "bodymeasure", "ownlink",
    "comparablesign",
    "episode", "finding", "goal", "guardian", "historyitem", "measure", "medication", "movement",
    "note", "plan", "plantarget", "pressurethreshold", "reaction", "report", "session", "strength",
)  # fmt: skip
OF_CLINIC = ("erasure", "patientimport", "retentionchoice")
# Columns of a note that are settled by its first signature.
_TRACED = "OLD.state = 'waiting' AND OLD.trace IS DISTINCT FROM NEW.trace"
_SETTLED = ("sections", "author_id", "kind", "episode_id", "session_id", "patient_id")


@dataclass(frozen=True)
class Guard:
    """One trigger: before `event` on `table`, refuse `when` the condition holds (SQL).

    ``column`` is one that the condition asks for and that came to the table later.
    """

    table: str
    name: str
    event: str
    when: str
    why: str
    column: str = "id"

    @property
    def full_name(self) -> str:
        """Name of the trigger, unique in the database."""
        return f"{PREFIX}{self.table}_{self.name}"


def guards() -> tuple[Guard, ...]:
    """All triggers of the record."""
    found = [
        Guard("patient", "delete", "DELETE", "1 = 1", "patients are never deleted"),
        Guard("patient", "erased", "UPDATE", "OLD.erased_at IS NOT NULL", "the patient is erased"),
        Guard(
            "session", "closed", "UPDATE", "OLD.state = 'closed'", "the session is closed"
        ),
        Guard("note", "signed", "UPDATE", _note_condition(), "the note is signed"),
        Guard("note", "trace", "UPDATE", _TRACED, "the note is signed", "trace"),
    ]  # fmt: skip
    for table in ("ledgerentry", "needle", "closing", "sessiontarget"):
        closed = (
            "EXISTS (SELECT 1 FROM record_session s"
            " WHERE s.id = NEW.session_id AND s.state = 'closed')"
        )
        found.append(Guard(table, "late", "INSERT", closed, "the session is closed"))
    for table in (*APPEND_ONLY, *OF_CLINIC):
        found.append(Guard(table, "update", "UPDATE", "1 = 1", f"{table} is never changed"))
    for table in OF_CLINIC:
        found.append(Guard(table, "delete", "DELETE", "1 = 1", f"{table} is never deleted"))
    for table in (*APPEND_ONLY, *CHANGING):
        kept = (
            "NOT EXISTS (SELECT 1 FROM record_patient p"
            " WHERE p.id = OLD.patient_id AND p.erased_at IS NOT NULL)"
        )
        found.append(Guard(table, "delete", "DELETE", kept, f"{table} is never deleted"))
    return tuple(found)


def replace_guards() -> tuple[Guard, ...]:
    """For SQLite alone: INSERT OR REPLACE would delete without asking the trigger on DELETE."""
    return tuple(
        Guard(
            table,
            "replace",
            "INSERT",
            f"EXISTS (SELECT 1 FROM record_{table} o WHERE o.id = NEW.id)",
            f"UNIQUE constraint failed: record_{table}.id",
        )
        for table in ("patient", *APPEND_ONLY, *CHANGING, *OF_CLINIC)
    )


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Add all triggers, replacing those that are there; run by migrations.

    An early migration runs before some tables and columns are made; who makes them installs again.
    """
    remove(_apps, editor)
    there = _columns(editor.connection)

    def of(found: tuple[Guard, ...]) -> list[Guard]:
        return [guard for guard in found if guard.column in there.get(guard.table, ())]

    if editor.connection.vendor == "sqlite":
        for guard in of((*guards(), *replace_guards())):
            editor.execute(_sqlite(guard))
        return
    for guard in of(guards()):
        for statement in _postgres(guard):
            editor.execute(statement)


def _columns(connection: BaseDatabaseWrapper) -> dict[str, set[str]]:
    """The columns of each table of the record that there is."""
    look = connection.introspection
    with connection.cursor() as cursor:
        return {
            name.removeprefix("record_"): {
                one.name for one in look.get_table_description(cursor, name)
            }
            for name in look.table_names(cursor)
            if name.startswith("record_")
        }


def remove(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take all triggers of the record away."""
    for name, table in installed(editor.connection):
        on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
        editor.execute(f"DROP TRIGGER {name}{on}")


def installed(connection: BaseDatabaseWrapper) -> list[tuple[str, str]]:
    """Name and table of the record's triggers in this database."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, tbl_name FROM sqlite_master"
                " WHERE type = 'trigger' AND substr(name, 1, 5) = 'kept_'"
            )
        else:
            cursor.execute(
                "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
                " WHERE NOT t.tgisinternal AND starts_with(t.tgname, 'kept_')"
            )
        return [(str(name), str(table)) for name, table in cursor.fetchall()]


def _note_condition() -> str:
    # A signed note stays; one that waits for its supervisor may change its state alone.
    changed = " OR ".join(f"OLD.{c} IS DISTINCT FROM NEW.{c}" for c in _SETTLED)
    return f"OLD.state = 'signed' OR (OLD.state = 'waiting' AND ({changed}))"


def _sqlite(guard: Guard) -> str:
    # SQLite before 3.39 does not know IS DISTINCT FROM; IS NOT is the same there.
    when = guard.when.replace("IS DISTINCT FROM", "IS NOT")
    return (
        f"CREATE TRIGGER {guard.full_name} BEFORE {guard.event} ON record_{guard.table}"
        f" WHEN {when} BEGIN SELECT RAISE(ABORT, '{guard.why}'); END"
    )


def _postgres(guard: Guard) -> tuple[str, str]:
    # The condition of a PostgreSQL trigger takes no subquery, so the function asks it.
    answer = "OLD" if guard.event == "DELETE" else "NEW"
    function = (
        f"CREATE OR REPLACE FUNCTION {guard.full_name}() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN IF {guard.when} THEN RAISE EXCEPTION '{guard.why}'; END IF;"
        f" RETURN {answer}; END $$"
    )
    trigger = (
        f"CREATE TRIGGER {guard.full_name} BEFORE {guard.event} ON record_{guard.table}"
        f" FOR EACH ROW EXECUTE FUNCTION {guard.full_name}()"
    )
    return function, trigger
