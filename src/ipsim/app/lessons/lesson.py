"""A lesson as it was read: its settings and its text in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ipsim.app.asked import Policy
from ipsim.app.lessons.judging import choices_of
from ipsim.app.lessons.outcomes import indicator_of, outcome_words
from ipsim.app.lessons.schema import LessonFile
from ipsim.scenario.words import LANGUAGES


@dataclass(frozen=True)
class Step:
    """One step in one language.

    Attributes
    ----------
    key
        One of `markdown.STEPS`.
    title
        The lesson's own title of the step; the usual one if empty.
    html
        Its text.
    """

    key: str
    title: str
    html: str


@dataclass(frozen=True)
class Lesson:
    """A lesson.

    Attributes
    ----------
    key
        Name of its folder.
    file
        What its ``lesson.yaml`` says.
    texts
        By language the steps in their order.
    own
        Whether a teacher wrote it, or it ships.
    """

    key: str
    file: LessonFile
    texts: Mapping[str, tuple[Step, ...]]
    own: bool = False

    def policy(self, place: int) -> Policy:
        """Return the baseline (0) or an alternative (1, ...) as the page asks for it."""
        changes = dict(self.file.baseline.set)
        if place:
            changes |= self.file.alternatives[place - 1].set
        return Policy(start=self.file.baseline.start, changes=changes)

    def summary(self) -> dict[str, Any]:
        """Return what the list of lessons says."""
        file = self.file
        return {
            "key": self.key,
            "title": file.title.model_dump(),
            "question": file.question.model_dump(),
            "minutes": file.minutes,
            "start": file.baseline.start,
            "own": self.own,
        }

    def page(self) -> dict[str, Any]:
        """Return all that the page needs."""
        file = self.file
        named = [file.baseline, *file.alternatives]
        return self.summary() | {
            "policies": [
                {"name": one.name.model_dump(), "policy": self.policy(i).model_dump(exclude_none=True)}
                for i, one in enumerate(named)
            ],
            "runs": file.runs.model_dump(),
            "prediction": self._prediction(),
            "charts": file.charts,
            "quarters": None if file.quarters is None else file.quarters.model_dump(),
            "firm": None if file.firm is None else file.firm.model_dump(),
            "steps": [
                {
                    "key": step.key,
                    "title": {lang: self.texts[lang][i].title for lang in LANGUAGES},
                    "html": {lang: self.texts[lang][i].html for lang in LANGUAGES},
                }
                for i, step in enumerate(self.texts["en"])
            ],
        }

    def _prediction(self) -> dict[str, Any]:
        asked = self.file.prediction
        return {
            "outcome": asked.outcome,
            "indicator": indicator_of(asked.outcome),
            "words": outcome_words(asked.outcome)._asdict(),
            "year": asked.year,
            "alternative": asked.alternative,
            "cuts": asked.cuts,
            "choices": [words._asdict() for words in choices_of(asked)],
        }
