"""Courses that tests use."""

from tautband.response.course import Course, Outcome, Score, Session


def course(
    scores: list[tuple[float, float]],
    sessions: list[float] = [],  # noqa: B006
    planned: int | None = 6,
    **outcome: object,
) -> Course:
    """A pain course from (day, value) and days of sessions."""
    told = tuple(Score(d, v) for d, v in scores)
    return Course(
        (Outcome("pain", told, **outcome),),  # type: ignore[arg-type]
        tuple(Session(d) for d in sessions),
        planned,
    )


WEEKLY = [0.0, 7.0, 14.0, 21.0, 28.0, 35.0]
BASELINE = [(float(d), 6.0 + (d % 3 - 1)) for d in range(-14, 1)]
