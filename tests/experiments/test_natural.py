"""Natural experiments that ship: all are listed, every effect is spoken of, marks agree with targets."""

import re
from importlib.resources import files

from fontTools.ttLib import TTFont

from ipsim.evidence import effects
from ipsim.scenario.shipped import shipped_folder
from ipsim.study.natural import read_experiment

FOLDER = shipped_folder().parent / "experiments" / "natural"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
FILES = sorted(FOLDER.glob("*.yaml"))


def _part(title: str) -> str:
    return README.split(f"## {title}")[1].split("\n## ")[0]


def test_every_effect_is_tried_or_said_not_to_be() -> None:
    tried, left = (set(re.findall(r"E\d\d", _rows(_part(name)))) for name in ("Tried", "Not tried"))
    assert tried == {read_experiment(file).effect.id for file in FILES}
    assert tried | left == {effect.id for effect in effects()}


def _rows(text: str) -> str:
    """Return the first column of a table."""
    return " ".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| E"))


def test_no_effect_is_both_tried_and_left_out() -> None:
    tried, left = (set(re.findall(r"E\d\d", _rows(_part(name)))) for name in ("Tried", "Not tried"))
    assert not tried & left


def test_every_file_is_listed() -> None:
    assert set(re.findall(r"`(e\d\d-[a-z-]+)`", README)) == {file.stem for file in FILES}


def test_what_the_calibration_aims_at_is_marked() -> None:
    targets = shipped_folder().parent / "src" / "ipsim" / "study" / "calibration" / "targets.csv"
    aimed = set(re.findall(r"\bE\d\d\b", targets.read_text(encoding="utf-8")))
    marked = {one.effect.id for one in map(read_experiment, FILES) if one.used_in_calibration}
    assert aimed <= marked


def test_the_packaged_font_has_every_letter_of_their_pictures() -> None:
    font = TTFont(str(files("ipsim.report").joinpath("fonts/NotoSansSC-subset.ttf")))
    known = set(font.getBestCmap() or ())
    for one in map(read_experiment, FILES):
        text = "".join(words.of(lang) for words in (one.title, one.published.unit) for lang in ("en", "zh"))
        assert not {letter for letter in text if ord(letter) not in known}, one.name
