"""A text in the two languages of the project."""

from __future__ import annotations

from typing import Literal, NamedTuple

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = ("en", "zh")


class Words(NamedTuple):
    """The same text in English and in Chinese."""

    en: str
    zh: str

    def of(self, language: str) -> str:
        """Return the text in ``language`` (``"en"`` or ``"zh"``)."""
        return self.zh if language == "zh" else self.en
