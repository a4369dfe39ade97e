"""What a hindcast leaves: a row for each figure, a summary, and what could not be scored."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ipsim.study.folders import written_whole
from ipsim.study.manifest import versions, write_json

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "hindcast.json"
"""The file that marks a folder as a hindcast."""

MISSING_COLUMNS = ["place", "indicator", "period", "value", "unit", "source", "line", "kind", "reason"]
"""Columns of ``missing.csv``."""

KINDS = tuple("faulty known not_a_city not_asked no_profile not_simulated not_comparable another".split())
"""Kinds of reasons why a figure is not scored: a fault in the file; published for 2016 or before; of a
nation or a province; of a city that ships but was not asked for; of a city without a profile; not among what
the simulation gave; not comparable with a simulated year; less sure than another figure of that year."""


@dataclass(frozen=True)
class Scores:
    """Predictions laid beside what was published afterwards.

    Attributes
    ----------
    table
        A row for each figure; see `ipsim.study.hindcast.scoring.COLUMNS`.
    summary
        Coverage and error by groups; see `ipsim.study.hindcast.summary.summarised`.
    missing
        Figures that could not be scored, each with the reason.
    facts
        What is needed to repeat it: versions, hashes, members, the file.
    """

    table: pd.DataFrame
    summary: pd.DataFrame
    missing: pd.DataFrame
    facts: dict[str, Any] = field(default_factory=dict[str, Any])

    def overall(self, sure: bool = True) -> dict[str, Any]:
        """Return the row of the summary for all figures of this kind, empty when there are none."""
        rows = self.summary[(self.summary["over"] == "all") & (self.summary["sure"] == sure)]
        return {} if rows.empty else {str(key): value for key, value in rows.iloc[0].items()}

    def save(self, folder: str | Path, lang: str = "en", force: bool = False) -> Path:
        """Write tables, facts, picture and page as a folder, whole or not at all.

        Parameters
        ----------
        folder
            Where to; made with its parents.
        lang
            Language of picture and page, ``en`` or ``zh``.
        force
            Replace a hindcast that is already there.

        Returns
        -------
        Path
            The page.

        Raises
        ------
        FolderError
            When something is there already, or it can't be written.
        """
        from ipsim.report.hindcast import write_hindcast

        with written_whole(folder, force, MANIFEST) as inside:
            self.table.to_csv(inside / "hindcast.csv", index=False)
            self.summary.to_csv(inside / "summary.csv", index=False)
            self.missing.to_csv(inside / "missing.csv", index=False)
            write_json(inside / MANIFEST, {"kind": "hindcast", "versions": versions(), **self.facts})
            page = write_hindcast(self, inside, lang)
        return Path(folder) / page.name
