"""The figures of a report: one module a figure, drawn without pyplot."""

from __future__ import annotations

import io
import weakref
from pathlib import Path
from typing import Any, ClassVar

from matplotlib.figure import Figure

from ipsim.report import style
from ipsim.report.drawings import chain, economy, money, patents, pattern, protection, quality
from ipsim.report.drawings.source import Source

ORDER = (patents, quality, money, protection, economy, pattern, chain)
"""The figures in the order of the report; each module has NAME and draw()."""

NAMES: tuple[str, ...] = tuple(module.NAME for module in ORDER)
_DOTS_PER_INCH = 120


class _Memory:
    """The last drawing, so that figures and report of one result share it.

    The result is held weakly: a result that is dropped is freed.
    """

    owner: weakref.ref[Any] | None = None
    lang: str = ""
    texts: ClassVar[dict[str, str]] = {}


def draw_all(source: Source) -> dict[str, Figure]:
    """Draw every figure, by name."""
    with style.styled():
        return {module.NAME: module.draw(source) for module in ORDER}


def svg(figure: Figure) -> str:
    """Return a figure as SVG text, the same for the same figure."""
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return text.getvalue()


def keep(figure: Figure, folder: Path, name: str) -> str:
    """Write a figure as SVG and PNG into ``folder``; return the SVG."""
    folder.mkdir(parents=True, exist_ok=True)
    text = svg(figure)
    (folder / f"{name}.svg").write_text(text, encoding="utf-8")
    figure.savefig(
        folder / f"{name}.png",
        dpi=_DOTS_PER_INCH,
        metadata={"Software": None},
        pil_kwargs={"compress_level": 1},  # a third of the time for a tenth more bytes
    )
    return text


def svgs(source: Source) -> dict[str, str]:
    """Return every figure as SVG text, by name; the last drawing of a result is used again."""
    owner = _Memory.owner() if _Memory.owner else None
    if owner is not source.result or _Memory.lang != source.lang:
        figures = draw_all(source)
        with style.styled():
            _remember(source, {name: svg(figure) for name, figure in figures.items()})
    return dict(_Memory.texts)


def _remember(source: Source, texts: dict[str, str]) -> None:
    _Memory.texts = texts
    _Memory.owner = weakref.ref(source.result)
    _Memory.lang = source.lang


def write(source: Source, folder: Path) -> list[Path]:
    """Write every figure as SVG and PNG into ``folder``; return the files."""
    figures = draw_all(source)
    with style.styled():
        _remember(source, {name: keep(figure, folder, name) for name, figure in figures.items()})
    return [folder / f"{name}.{kind}" for name in figures for kind in ("svg", "png")]
