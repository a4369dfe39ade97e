"""The validation page: words from ``pages/``, numbers from the tables of the stages."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import part_calibration
import part_facts
import part_hindcast
import part_limits
import part_natural
import part_recovery
import part_sensitivity
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from page import number, percent, percent_zh, signed
from readme_block import block, with_block
from stages import Asked, Stage, of_stamp, stamp

import ipsim
from ipsim.scenario.calibrated import shipped_ensemble
from ipsim.study.manifest import model_hash, write_json

PAGES = Path(__file__).with_name("pages")
KEY_FIGURES = "key-figures.json"

TABLES = {
    "calibration": ("fit.csv", "identifiability.csv", "conflicts.csv"),
    "recovery": ("methods.csv",),
    "hindcast": ("hindcast.csv", "summary.csv"),
    "natural": ("natural.csv",),
    "facts": ("facts.csv", "members.csv"),
    "sensitivity": ("effects.csv", "leading.csv"),
}
"""Tables of each stage that go with the page, as ``STAGE-TABLE``."""


def write_page(asked: Asked, stages: Mapping[str, Stage], docs: Path, readme: Path | None = None) -> Path:
    """Write ``validation.md`` with its figures and tables into ``docs``; return it.

    Parameters
    ----------
    asked
        Where the tables are; a stage that is not there is said to be missing.
    stages
        By name, for what they were made by.
    docs
        Folder of the page.
    readme
        The README whose block of key figures is made anew, if any.
    """
    pictures = docs / "validation"
    pictures.mkdir(parents=True, exist_ok=True)
    parts = parts_of(asked, stages, pictures)
    values = {
        **parts,
        "limits": part_limits.values_of(parts),
        "made": [_made(name, asked.folder(name)) for name in stages],
        "mixed": mixed(asked, stages, parts["calibration"]),
        "provisional": shipped_ensemble().provisional,
        "ensemble": shipped_ensemble().short,
        "members": len(shipped_ensemble()),
        "model": model_hash()[:8],
        "version": ipsim.__version__,
    }
    path = docs / "validation.md"
    path.write_text(_environment().get_template("validation.md.j2").render(values), encoding="utf-8")
    for name, files in TABLES.items():
        for file in files:
            if parts[name]:
                shutil.copyfile(asked.folder(name) / file, pictures / f"{name}-{file}")
    figures = key_figures(parts)
    write_json(pictures / KEY_FIGURES, figures)
    if readme is not None and figures:
        readme.write_text(with_block(readme.read_text(encoding="utf-8"), block(figures)), encoding="utf-8")
    return path


def parts_of(asked: Asked, stages: Mapping[str, Stage], pictures: Path) -> dict[str, Any]:
    """Return what each part of the page says, None for one whose stage was not made."""
    readers: dict[str, Callable[[Path], dict[str, Any]]] = {
        "calibration": lambda folder: part_calibration.values_of(folder, pictures, shipped_ensemble().hash),
        "recovery": lambda folder: part_recovery.values_of(folder, pictures),
        "hindcast": lambda folder: part_hindcast.values_of(folder, pictures),
        "natural": lambda folder: part_natural.values_of(folder, pictures),
        "facts": part_facts.values_of,
        "sensitivity": lambda folder: part_sensitivity.values_of(folder, pictures),
    }
    return {name: readers[name](asked.folder(name)) if stamp(asked.folder(name)) else None for name in stages}


def mixed(asked: Asked, stages: Mapping[str, Stage], calibration: Mapping[str, Any] | None) -> list[str]:
    """Return the stages that were made, but by another model or ensemble than what is here.

    The tables of the calibration say themselves what they are of: a stamp says only when they were taken.
    """
    found: list[str] = []
    for name, stage in stages.items():
        made = of_stamp(stamp(asked.folder(name)))
        here = stage.made_by(asked)
        if name == "calibration" and calibration:
            made = {"model": calibration["facts"]["model"], "ensemble": calibration["facts"].get("hash")}
        if made and any(made[key] != here[key] for key in ("model", "ensemble")):
            found.append(name)
    return found


def key_figures(parts: Mapping[str, Any]) -> dict[str, Any]:
    """Return the few figures that the README repeats, of the parts that are there."""
    found: dict[str, Any] = {}
    if fit := parts["calibration"]:
        found["fitted"] = [fit["fitted_inside"], fit["fitted"]]
        found["parameters"] = [fit["narrowed"], fit["parameters"]]
    if ahead := parts["hindcast"]:
        found["hindcast"] = [ahead["coverage"][90]["hits"], ahead["sure"]]
        found["skill"] = {name: round(value, 3) for name, value in ahead["skill"].items()}
        found["skill_figures"] = ahead["naive"]["figures"]
    if natural := parts["natural"]:
        found["natural"] = list(natural["tests"])
    if facts := parts["facts"]:
        found["facts"] = [facts["passed"], facts["count"]]
    if hanging := parts["sensitivity"]:
        found["signs"] = [hanging["firm"], hanging["sure"], hanging["differences"]]
    return found


def _made(name: str, folder: Path) -> dict[str, Any]:
    facts = stamp(folder)
    if not facts:
        return {"name": name, "done": False}
    short = {key: str(facts[key])[:8] for key in ("model", "ensemble")}
    sizes = ", ".join(f"{key} {value}" for key, value in facts["sizes"].items())
    return {"name": name, "done": True, "minutes": facts["seconds"] / 60, "sizes": sizes or "–", **short}


def _environment() -> Environment:
    found = Environment(
        loader=FileSystemLoader(PAGES), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    found.filters.update(
        n=number, signed=signed, percent=percent, bai=percent_zh, listed=listed, zh_listed=zh_listed
    )
    return found


def listed(words: list[str], most: int = 100) -> str:
    """Return words as a list in a sentence; ``none`` where there are none."""
    if not words:
        return "none"
    shown = [*words[:most], *([f"{len(words) - most} more"] if len(words) > most else [])]
    return shown[0] if len(shown) == 1 else f"{'; '.join(shown[:-1])}; and {shown[-1]}"


def zh_listed(words: list[str], most: int = 100) -> str:
    """Return words as a list in a Chinese sentence."""
    if not words:
        return "无"
    gap = "；" if any("，" in one or "（" in one for one in words) else "、"
    return gap.join(words[:most]) + (f"等{len(words)}项" if len(words) > most else "")
