"""Log lines that cannot carry a patient's words."""

import logging
import traceback
from types import TracebackType

ExceptionInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)


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
        return line

    def formatException(self, ei: ExceptionInfo) -> str:  # noqa: N802 (the library's name)
        """The stack, innermost last, and the type of the exception without its message."""
        if ei[0] is None:
            return ""
        stack = "".join(traceback.format_tb(ei[2]))
        return f"{stack}{ei[0].__module__}.{ei[0].__qualname__}"
