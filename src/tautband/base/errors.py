"""The one error that Tautband shows to a person."""

from collections.abc import Sequence


class InputError(ValueError):
    """Input that cannot be used, said so that the person who sent it can mend it.

    ``field`` names what was wrong, ``problem`` says how, ``expected`` says what would be right, and
    ``suggestions`` lists close valid values, best first.  ``str()`` is one clear sentence or two;
    the command line prints it and exits with 2, the web answers with a status from 400 to 499.
    """

    def __init__(
        self, field: str, problem: str, expected: str = "", suggestions: Sequence[str] = ()
    ) -> None:
        self.field = field
        self.problem = problem
        self.expected = expected
        self.suggestions = tuple(suggestions)
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        parts = [f"{self.field}: {self.problem}."]
        if self.expected:
            parts.append(f"Expected {self.expected}.")
        if self.suggestions:
            parts.append(f"Did you mean {', '.join(self.suggestions)}?")
        return " ".join(parts)

    def as_dict(self) -> dict[str, object]:
        """The one error shape on the wire."""
        return {
            "field": self.field,
            "problem": self.problem,
            "expected": self.expected,
            "suggestions": list(self.suggestions),
            "message": str(self),
        }
