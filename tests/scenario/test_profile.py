"""City profiles: every number sourced or an assumption, the template fit to be filled in."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from ipsim.scenario import ScenarioError, city_names, load
from ipsim.scenario.quantity import Dated, Number
from ipsim.scenario.shipped import shipped_folder

TEMPLATE = shipped_folder() / "cities" / "template.yaml"


def numbers(model: BaseModel, path: str = "") -> Iterator[tuple[str, Number | Dated]]:
    for name in type(model).model_fields:
        value = getattr(model, name)
        for index, item in enumerate(value if isinstance(value, tuple) else (value,)):
            inner = f"{path}.{name}[{index}]"
            if isinstance(item, (Number, Dated)):
                yield inner, item
            elif isinstance(item, BaseModel):
                yield from numbers(item, inner)


@pytest.mark.parametrize("name", city_names())
def test_every_number_is_cited_or_an_assumption_with_a_true_range(name: str) -> None:
    found = dict(numbers(load(name).city))
    assert len(found) > 80
    for path, number in found.items():
        if number.cited:
            assert len(number.note) > 10, path
        else:
            assert number.range is not None and number.range[0] < number.range[1], path
            assert number.note.startswith("assumption: "), path


@pytest.mark.parametrize("name", city_names())
def test_industries_are_relative_to_an_ordinary_mean_of_one(name: str) -> None:
    city = load(name).city
    for part in ("ip_intensity", "complexity"):
        mean = sum(getattr(i, part).value * i.share.value for i in city.industries)
        assert 0.8 < mean < 1.4, part


def test_published_figures_of_xiamen() -> None:
    city = load("xiamen").city
    assert city.patents.inventions_in_force.value == pytest.approx(14.48 * 386, abs=2)
    assert city.patents.invention_applications.value == 4326
    assert city.population_million.at(2015) == 3.86
    assert city.population_million.at(2016.5) == pytest.approx(3.985)
    assert city.population_million.at(2000) == 3.86


def test_template_asks_for_its_few_values_and_then_loads(tmp_path: Path) -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    path = tmp_path / "mycity.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load(path)
    assert 5 < len(caught.value.faults) < 25  # ranges and both languages count
    lines = [
        re.sub(r"\bFILL\b", re.split(r"for example ", line)[1], line.split("#")[0])
        if "FILL" in line and "for example" in line
        else line
        for line in text.splitlines()
    ]
    path.write_text("\n".join(lines), encoding="utf-8")
    scenario = load(path)
    assert scenario.city.key == "mycity"
    assert scenario.city.enterprises.value == 12000


def test_profiles_cannot_be_changed() -> None:
    city = load("jinhua").city
    with pytest.raises(ValueError, match="frozen"):
        city.key = "other"
