"""Reading lessons: every fault with its file and line, or lessons that can be taught."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from ipsim.app.lessons.checking import faults_of_names, faults_of_policies
from ipsim.app.lessons.lesson import Lesson, Step
from ipsim.app.lessons.markdown import read_text
from ipsim.app.lessons.schema import FINDS, Firm, LessonFile
from ipsim.scenario.errors import Fault, ScenarioError, nearest
from ipsim.scenario.quantity import shown as shown_value
from ipsim.scenario.tree import Node, read_file
from ipsim.scenario.words import LANGUAGES

FILE = "lesson.yaml"
LONGEST_TEXT = 60_000
"""Bytes of the text of a lesson in one language."""
MOST_LESSONS = 100


def read_lessons(folder: str | Path | None = None) -> dict[str, Lesson]:
    """Return the lessons by key, in the order in which they are shown.

    Parameters
    ----------
    folder
        A teacher's own: a lesson (a folder with ``lesson.yaml``) or a folder of such folders. They stand
        before those that ship, and take the place of one with the same name. None for those that ship.

    Raises
    ------
    ScenarioError
        With every fault of the teacher's lessons.
    """
    lessons = dict(_shipped())
    if folder is not None:
        own = _own(Path(folder))
        lessons = own | {key: lesson for key, lesson in lessons.items() if key not in own}
    return lessons


def read_lesson(folder: str | Path, own: bool = True) -> Lesson:
    """Return the lesson that a folder holds.

    Parameters
    ----------
    folder
        With ``lesson.yaml``, ``en.md`` and ``zh.md``; its name is the lesson's key.
    own
        Whether a teacher wrote it. Its policies are then tried on the model's levers; tests do so for those
        that ship, which are read quickly.

    Raises
    ------
    ScenarioError
        With every fault of the three files.
    """
    place = Path(folder)
    tree = read_file(place / FILE, str(place / FILE))
    faults: list[Fault] = []
    file = _file(tree, faults)
    if file is not None:
        faults += faults_of_names(file, tree)
        if own:
            faults += faults_of_policies(file, tree)
    texts = _texts(place, file, faults)
    if file is None or faults:
        raise ScenarioError(faults)
    return Lesson(place.resolve().name, file, texts, own)


@cache
def _shipped() -> dict[str, Lesson]:
    content = Path(str(files("ipsim.app.lessons").joinpath("content")))
    found = [read_lesson(folder, own=False) for folder in sorted(content.iterdir()) if folder.is_dir()]
    return {lesson.key: lesson for lesson in sorted(found, key=lambda one: one.file.order)}


def _own(folder: Path) -> dict[str, Lesson]:
    if (folder / FILE).exists():
        folders = [folder]
    elif not folder.is_dir():
        raise ScenarioError([Fault(str(folder), 0, "", f"no such folder; a folder with {FILE} is needed")])
    else:
        folders = sorted(one.parent for one in folder.glob(f"*/{FILE}"))
    if not folders or len(folders) > MOST_LESSONS:
        message = (
            f"{len(folders)} lessons here; allowed: 1 to {MOST_LESSONS} folders with {FILE}, en.md, zh.md"
        )
        raise ScenarioError([Fault(str(folder), 0, "", message)])
    lessons: list[Lesson] = []
    faults: list[Fault] = []
    for one in folders:
        try:
            lessons.append(read_lesson(one))
        except ScenarioError as error:
            faults += error.faults
    if faults:
        raise ScenarioError(faults)
    return {lesson.key: lesson for lesson in sorted(lessons, key=lambda one: one.file.order)}


def _file(tree: Node, faults: list[Fault]) -> LessonFile | None:
    try:
        return LessonFile.model_validate(_with_text_keys(tree.plain()))
    except ValidationError as error:
        faults += [_fault_of(dict(detail), tree) for detail in error.errors(include_url=False)]
        return None


def _with_text_keys(value: Any) -> Any:
    """Return a value whose maps have text keys: a year is a number in YAML."""
    if isinstance(value, dict):
        return {str(key): _with_text_keys(child) for key, child in value.items()}
    return [_with_text_keys(child) for child in value] if isinstance(value, list) else value


def _fault_of(detail: dict[str, Any], tree: Node) -> Fault:
    """Return the fault of a finding of Pydantic, at its line and with what is allowed."""
    path = detail["loc"]
    key = ".".join(str(part) for part in path)
    node = tree.find(path)
    kind = detail["type"]
    if kind == "extra_forbidden":
        allowed = _fields_at(path[:-1])
        return node.fault(key, f"unknown key; allowed: {', '.join(allowed)}{nearest(path[-1], allowed)}")
    if kind == "missing":
        return node.fault(key, "is missing")
    message = str(detail["msg"]).removeprefix("Value error, ").replace("Input should", "should")
    given = "" if isinstance(node.value, (dict, list)) else f", got {shown_value(node.value)}"
    close = ""
    if kind == "literal_error":
        close = nearest(node.value, FINDS)
    return node.fault(key, f"{message}{given}{close}")


def _fields_at(path: tuple[Any, ...]) -> list[str]:
    """Return the keys that may stand at a place of the file."""
    schema = LessonFile.model_json_schema()
    here: dict[str, Any] = schema
    for part in path:
        here = here["items"] if isinstance(part, int) else here.get("properties", {}).get(part, {})
        options = [one for one in here.get("anyOf", [here]) if one.get("type") != "null"]
        here = options[0]
        if "$ref" in here:
            here = schema["$defs"][here["$ref"].rsplit("/", 1)[-1]]
    return list(here.get("properties", {}))


def _texts(place: Path, file: LessonFile | None, faults: list[Fault]) -> dict[str, tuple[Step, ...]]:
    has_firm = file is None or isinstance(file.firm, Firm)
    texts: dict[str, tuple[Step, ...]] = {}
    for lang in LANGUAGES:
        path = place / f"{lang}.md"
        try:
            data = path.read_bytes()[: LONGEST_TEXT + 1]
            text = data.decode("utf-8-sig")
        except OSError:
            faults.append(Fault(str(path), 0, "", "no such file; a lesson has en.md and zh.md"))
            continue
        except UnicodeDecodeError:
            faults.append(Fault(str(path), 1, "", "not text in UTF-8"))
            continue
        if len(data) > LONGEST_TEXT:
            faults.append(Fault(str(path), 0, "", f"too long; allowed: up to {LONGEST_TEXT // 1000} kB"))
            continue
        texts[lang], found = read_text(text, str(path), has_firm, len(file.alternatives) if file else 4)
        faults += found
    return texts
