import numpy as np
import pytest

from ipsim.scenario import Scenario, load
from ipsim.scenario.calibrated import Ensemble
from ipsim.scenario.levers import NUMBER_LEVERS
from ipsim.study.hindcast import predict
from ipsim.study.hindcast.known import as_known, known_cities, known_scenarios
from ipsim.study.hindcast.own import drawn_figures, own_figures, quantile
from ipsim.study.hindcast.predicting import changes_by_draw
from tests.study.hindcast.stand_ins import Filing

ENSEMBLE = Ensemble(
    keys=(
        "assumptions.blocking",
        "jinhua:patents.invention_applications",
        "xiamen:patents.invention_applications",
    ),
    central=np.array([0.3, 3000.0, 4000.0]),
    members=np.array([[0.1, 4000.0, 1.0], [0.2, 5000.0, 2.0]]),
    hash="0" * 64,
)


@pytest.fixture(scope="module")
def jinhua() -> Scenario:
    return as_known("jinhua")


def test_quantiles_have_the_value_in_the_middle_and_stay_in_the_range() -> None:
    assert quantile(0.5, 50, 100, 400) == 100
    assert (quantile(0, 50, 100, 400), quantile(1, 50, 100, 400)) == (50, 400)
    assert quantile(0.75, 50, 100, 400) == pytest.approx(200)
    assert quantile(0.25, 0, 0.1, 1) == pytest.approx(0.05)


def test_own_figures_are_the_uncertain_ones(jinhua: Scenario) -> None:
    names = set(own_figures(jinhua.city))
    assert "city.patents.invention_applications" in names
    assert "city.enterprises" not in names
    assert "city.patents.invention_applications" not in own_figures(as_known("xiamen").city)  # published


def test_draws_are_even_and_the_same_again(jinhua: Scenario) -> None:
    drawn = drawn_figures(jinhua, 40)
    assert drawn == drawn_figures(jinhua, 40)
    figure = jinhua.city.patents.invention_applications
    values = np.array([one["city.patents.invention_applications"] for one in drawn], dtype=float)
    assert np.mean(values < figure.value) == 0.5
    assert figure.low <= values.min()
    assert values.max() <= figure.high
    growth = [one["city.revenue_growth"] for one in drawn]
    assert all(isinstance(path, dict) and set(path) == {2016, 2020, 2030} for path in growth)
    assert jinhua.replace(drawn[0]).city.revenue_growth.at(2016) == growth[0][2016]  # pyright: ignore


def test_members_follow_one_another_and_win_over_what_is_drawn(jinhua: Scenario) -> None:
    changes = changes_by_draw(jinhua, 5, ENSEMBLE)
    assert [one["assumptions.blocking"] for one in changes] == [0.1, 0.2, 0.1, 0.2, 0.1]
    assert [one["city.patents.invention_applications"] for one in changes[:2]] == [4000, 5000]
    assert "city.patents.design_applications" in changes[0]
    assert "city.patents.invention_applications" not in changes_by_draw(as_known("xiamen"), 2, ENSEMBLE)[0]


def test_what_a_scenario_gives_stays(jinhua: Scenario) -> None:
    mine = jinhua.replace({"assumptions.blocking": 0.4, "city.patents.invention_applications": 1000})
    changes = changes_by_draw(mine, 2, ENSEMBLE)
    assert "assumptions.blocking" not in changes[0]
    assert "city.patents.invention_applications" not in changes[0]


def test_predictions_are_tidy(jinhua: Scenario) -> None:
    table = predict([jinhua, as_known("xiamen")], 2, ensemble=ENSEMBLE, last=2018, make=Filing)
    assert list(table.columns) == ["place", "member", "year", "indicator", "value"]
    assert table["year"].max() == 2018
    mine = table.query("place == 'Jinhua' and year == 2018 and indicator == 'invention_applications'")
    assert mine["value"].tolist() == [pytest.approx(4000 * 1.01), pytest.approx(5000 * 1.02)]
    assert set(table["place"]) == {"Jinhua", "Xiamen"}


@pytest.mark.parametrize("scenario", known_scenarios(), ids=lambda scenario: scenario.name)
def test_nothing_changes_in_policy_after_2016(scenario: Scenario) -> None:
    """What came in 2017 to 2019 was not known."""
    moved = [key for key in NUMBER_LEVERS if np.ptp(scenario.path(key)[:16]) > 1e-12]
    assert moved == []


def test_cities_as_known_do_not_take_their_figures_from_later_ones() -> None:
    assert set(known_cities()) == {"jinhua", "xiamen", "ningbo", "hangzhou"}
    later, then = load("xiamen").city, as_known("xiamen").city
    assert then.patents.utility_models_in_force.value < later.patents.utility_models_in_force.value
    assert then.patents.share_over_5y.value < later.patents.share_over_5y.value
    assert not then.patents.share_over_5y.cited
    assert max(year for year, _ in then.population_million.value) == 2020
    assert then.population_million.at(2020) < 4.2  # before the census
    assert as_known("jinhua").city.patents.invention_applications.value == 4200
