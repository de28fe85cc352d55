"""Triggers by which the database itself refuses to change or delete an entry of the trail.

Whoever may drop triggers can still tamper; they are against mistakes and against the application's
own account.  What gets past them is found by `tautband audit verify`.
"""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "trail_auditentry"
_REFUSAL = "entries of the audit trail are never changed nor deleted"

_SQLITE = [
    f"""CREATE TRIGGER {TABLE}_no_{verb.lower()} BEFORE {verb} ON {TABLE}
    BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"""
    for verb in ("UPDATE", "DELETE")
]
# INSERT OR REPLACE would delete without asking the trigger on DELETE.
_SQLITE.append(
    f"""CREATE TRIGGER {TABLE}_no_replace BEFORE INSERT ON {TABLE} WHEN EXISTS
    (SELECT 1 FROM {TABLE} WHERE chain = NEW.chain AND number = NEW.number)
    BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"""
)
_POSTGRES = [
    f"""CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$""",
    f"""CREATE TRIGGER {TABLE}_no_change BEFORE UPDATE OR DELETE ON {TABLE}
    FOR EACH ROW EXECUTE FUNCTION {TABLE}_refuse()""",
    f"""CREATE TRIGGER {TABLE}_no_truncate BEFORE TRUNCATE ON {TABLE}
    FOR EACH STATEMENT EXECUTE FUNCTION {TABLE}_refuse()""",
]
_POSTGRES_UNDO = [
    f"DROP TRIGGER {TABLE}_no_change ON {TABLE}",
    f"DROP TRIGGER {TABLE}_no_truncate ON {TABLE}",
    f"DROP FUNCTION {TABLE}_refuse()",
]
_SQLITE_UNDO = [f"DROP TRIGGER {TABLE}_no_{verb}" for verb in ("update", "delete", "replace")]


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Add the triggers (run by the migration)."""
    _run(editor, _SQLITE, _POSTGRES)


def remove(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    """Take them away again."""
    _run(editor, _SQLITE_UNDO, _POSTGRES_UNDO)


def _run(editor: BaseDatabaseSchemaEditor, sqlite: list[str], postgres: list[str]) -> None:
    for statement in sqlite if editor.connection.vendor == "sqlite" else postgres:
        editor.execute(statement)
