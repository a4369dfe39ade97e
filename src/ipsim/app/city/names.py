"""What agents are called, in both languages: the same under every policy with one seed and scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from ipsim.city.enterprise import STAGES
from ipsim.report.phrases import phrase, term
from ipsim.scenario.words import Words

if TYPE_CHECKING:
    from ipsim.app.city.recording import Recording
    from ipsim.scenario.profile import CityProfile

AgentKind = Literal["enterprise", "bank", "university", "body", "agency"]
KINDS: tuple[AgentKind, ...] = ("enterprise", "bank", "university", "body", "agency")
TABLE_OF: dict[str, str] = {
    "bank": "banks",
    "university": "universities",
    "body": "bodies",
    "agency": "agencies",
}
BODY_WORDS = ("body_administrative", "body_court", "body_mediation")


def both(key: str, **gaps: Any) -> Words:
    """Return a phrase of ``board_city`` in both languages; gaps that are words are given each in its own."""
    pair = [
        phrase(
            f"board_city.{key}",
            lang,
            **{k: v.of(lang) if isinstance(v, Words) else v for k, v in gaps.items()},
        )
        for lang in ("en", "zh")
    ]
    return Words(*pair)


def stage_words(stage: int) -> Words:
    """Return the name of a stage of the chain."""
    return Words(*(term(f"stage_{STAGES[stage]}", lang) for lang in ("en", "zh")))


def number_of(row: int, generation: int) -> str:
    """Return the number of an enterprise: its row, and which one of that row it is if not the first."""
    return f"{row + 1:04d}" + (f"-{generation + 1}" if generation else "")


class Names:
    """Names the agents of a recorded run.

    Parameters
    ----------
    city
        The profile of the city.
    recording
        The run.
    """

    def __init__(self, city: CityProfile, recording: Recording) -> None:
        self._industries = [industry.name for industry in city.industries]
        self._universities = [university.name for university in city.universities]
        self._lives = recording.lives
        self._careful = int(recording.careful)

    def industry(self, number: int) -> Words:
        """Return the name of an industry."""
        return self._industries[number]

    def of(self, kind: str, number: int) -> Words:
        """Return the name of an agent."""
        if kind == "enterprise":
            return self.enterprise(number)
        if kind == "university":
            return self._universities[number]
        if kind == "body":
            return both(BODY_WORDS[number])
        if kind == "agency":
            style = "agency_careful" if number < self._careful else "agency_volume"
            return both(style, number=f"{number + 1:02d}")
        return both("bank_name", number=f"{number + 1:02d}")

    def enterprise(self, life: int) -> Words:
        """Return the name of an enterprise."""
        one = self._lives[life]
        return both(
            "enterprise_name",
            industry=self._industries[int(one["industry"])],
            stage=stage_words(int(one["stage"])),
            number=number_of(int(one["row"]), int(one["generation"])),
        )
