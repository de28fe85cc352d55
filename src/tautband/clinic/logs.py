"""Log lines that cannot carry a patient's words."""

import json
import logging
import re
import traceback
from datetime import UTC, datetime
from types import TracebackType

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


# Addresses whose last part opens something.
_SECRETS = re.compile(r"(/invitation/|/password/reset/key/|/p/)[^/\s\"]+")


def masked(text: str) -> str:
    """The text without the secret part of an address."""
    return _SECRETS.sub(r"\1***", text)


class PrivateFormatter(logging.Formatter):
    """Time, level and message; of an exception its type and place in the code, never its text.

    The text of an exception often quotes the value that caused it, and here values are what a
    patient drew or said.
    """

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name}: {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        """The line; another formatter's rendering of the exception is not reused."""
        record.exc_text = None
        line = super().format(record)
        record.exc_text = None
        return masked(line)

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 (the library's name)
        """The stack, innermost last, and the type of the exception without its message."""
        if ei[0] is None:
            return ""
        stack = "".join(traceback.format_tb(ei[2]))
        return f"{stack}{ei[0].__module__}.{ei[0].__qualname__}"


class JsonFormatter(PrivateFormatter):
    """The same as one JSON object a line: time, level, logger, message, and where it failed."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; nothing of the record but these fields is ever written."""
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
            "level": record.levelname,
            "logger": record.name,
            "message": masked(record.getMessage()),
        }
        if record.exc_info and record.exc_info[0] is not None:
            told["failed_at"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


FORMATTERS: dict[str, type[PrivateFormatter]] = {"text": PrivateFormatter, "json": JsonFormatter}
