"""The page's own reckoning: paths and steps, dials, the state in the address."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from ipsim.app.asked import Policy
from ipsim.app.policies import scenario_of
from ipsim.app.starts import start
from tests.app.browser.visitors import Visitor
from tests.app.browser.whatif import STRENGTH, WhatIf, policy, quick, stricter

FUND = "policy.utilisation.pledge_fund.capital"
DESIGNS = "policy.subsidies.grant.design"
PATHS: list[Any] = [
    0.7,
    {"2021": 0.8},
    {"2016": 0.1, "2019-05": 0.3, "2019-06": 0.5, "2024-12": 0.9},
    {"2012": 0.2, "2030-11": 0.6},
    {"ramp": {"2018": 0.2, "2020-07": 0.9, "2026": 0.4}},
]


@pytest.fixture(scope="module")
def page(board: str, browser: Any) -> Any:
    """Give one page for all tests that only reckon."""
    visitor = Visitor(browser, board)
    yield visitor.open("/" + quick().lstrip("/"))
    visitor.leave()


def evaluated(page: Page, module: str, body: str, *args: Any) -> Any:
    """Evaluate an expression over the exports ``m`` of a module of the page, with arguments ``a``."""
    return page.evaluate(
        f"async (a) => {{ const m = await import('/static/js/{module}.js'); return {body}; }}", list(args)
    )


@pytest.mark.parametrize("path", PATHS)
def test_a_path_is_read_as_the_model_reads_it(page: Page, path: Any) -> None:
    below = start("jinhua")["levers"][STRENGTH]["quarters"]
    mine = evaluated(page, "paths", "m.quartersOf(a[0], a[1])", path, below)
    scenario = scenario_of(Policy.model_validate(policy(changes={STRENGTH: path})))
    assert mine == pytest.approx(scenario.policy[STRENGTH].path(60).tolist(), abs=1e-12)


@pytest.mark.parametrize("path", [one for one in PATHS if not isinstance(one, dict) or "ramp" not in one])
def test_quarters_become_steps_that_give_them_again(page: Page, path: Any) -> None:
    below = start("jinhua")["levers"][STRENGTH]["quarters"]
    quarters = evaluated(page, "paths", "m.quartersOf(a[0], a[1])", path, below)
    steps = evaluated(page, "paths", "m.stepsOf(a[0], a[1])", quarters, below)
    scenario = scenario_of(Policy.model_validate(policy(changes={STRENGTH: steps})))
    assert scenario.policy[STRENGTH].path(60).tolist() == pytest.approx(quarters)
    assert evaluated(page, "paths", "m.stepsOf(a[0], a[0])", quarters) is None


def test_a_year_is_set_and_the_rest_left(page: Page) -> None:
    below = start("jinhua")["levers"][DESIGNS]["quarters"]
    steps = evaluated(page, "paths", "m.stepsOf(m.withYear(a[0], 2021, 900), a[0])", below)
    assert steps == {"2021": 900, "2022": 200, "2026": 0}
    held = evaluated(page, "paths", "m.stepsOf(m.heldFrom(a[0], 2021, 900), a[0])", below)
    assert held == {"2021": 900}


def test_the_dial_of_subsidies_is_that_of_the_board(page: Page) -> None:
    dialled = policy(subsidies={"2016": 1, "2018": 2})
    quarters = evaluated(page, "policies", "m.effective(a[0], a[1])", dialled, DESIGNS)
    scenario = scenario_of(Policy.model_validate(dialled))
    assert quarters == pytest.approx(scenario.policy[DESIGNS].path(60).tolist())


@pytest.mark.parametrize("detail", ["enforcement_staff", "damages", "monitoring", "speed"])
def test_what_follows_the_strength_follows_it_on_the_page(page: Page, detail: str) -> None:
    key = f"policy.protection.{detail}"
    quarters = evaluated(page, "policies", "m.effective(a[0], a[1])", stricter(), key)
    scenario = scenario_of(Policy.model_validate(stricter()))
    assert quarters == pytest.approx(scenario.policy[key].path(60).tolist())


def test_a_ready_scenario_is_the_same_over_the_city(page: Page) -> None:
    names = [
        "strict-2020",
        "end-filing-2021-risk-fund-200",
        "rapid-centre",
        "jinhua-opinions",
        "no-subsidies",
    ]
    for name in names:
        made = page.evaluate(
            """async (name) => {
                const { loadStart } = await import('/static/js/catalogue.js');
                const { over } = await import('/static/js/policies.js');
                await loadStart(name);
                return over({ start: name, name: '', changes: {} }, 'jinhua');
            }""",
            name,
        )
        assert made["start"] == "jinhua"
        mine = scenario_of(Policy.model_validate(made))
        assert mine.hash == scenario_of(Policy(start=name)).hash, name


def test_the_state_comes_back_from_the_address(page: Page) -> None:
    kept = page.evaluate(
        """async () => {
            const { defaults } = await import('/static/js/store.js');
            const { read, written } = await import('/static/js/address.js');
            const state = { ...defaults(), lang: 'zh', from: 2019, show: 'level', seed: 7 };
            state.alternatives = [
                { start: 'xiamen', name: '严格 & <b>', changes: { 'policy.x': { ramp: { 2016: 0.5 } } } },
                { start: 'jinhua', name: '', subsidies: 0.5, changes: { industries: ['hardware'] } },
            ];
            const hash = await written(state);
            return { state, found: await read(hash), hash, none: await read('#view') };
        }"""
    )
    assert kept["found"] == kept["state"] and kept["none"] is None
    assert kept["hash"].startswith("#s=") and len(kept["hash"]) < 900


@pytest.mark.parametrize(
    "wrong",
    [
        "state.from = 1999",
        "state.scale = 1e9",
        "state.baseline.start = '../etc'",
        "state.alternatives = Array(9).fill(state.baseline)",
        "state.alternatives[0].changes = { x: { constructor: 1 } }",
        "state.view = 'constructor'",
    ],
)
def test_a_state_that_no_page_wrote_is_refused(page: Page, wrong: str) -> None:
    refused = page.evaluate(
        f"""async () => {{
            const {{ defaults }} = await import('/static/js/store.js');
            const {{ read, written }} = await import('/static/js/address.js');
            const state = defaults();
            {wrong};
            return read(await written(state)).then(() => false, () => true);
        }}"""
    )
    assert refused


def test_what_is_moved_holds_from_the_year_above(visitor: Visitor) -> None:
    whatif = WhatIf(visitor, quick(alternatives=[policy()]))
    whatif.set(200, FUND)
    assert whatif.state()["alternatives"][0]["changes"] == {FUND: {"2021": 200}}
    whatif.page.get_by_test_id("from-year").select_option("2024")
    assert whatif.state()["alternatives"][0]["changes"] == {FUND: {"2024": 200}}
    whatif.set(0, "subsidies")
    assert whatif.state()["alternatives"][0]["subsidies"] == {"2016": 1, "2024": 0}
    whatif.lever(FUND).get_by_role("button", name="back to the baseline").click()
    assert whatif.state()["alternatives"][0]["changes"] == {}


def test_a_subsidy_that_ends_within_the_year_can_end_before(visitor: Visitor) -> None:
    filing = "policy.subsidies.filing.invention"
    whatif = WhatIf(visitor, quick(alternatives=[policy()]))
    whatif.page.locator("[data-project=quality] summary").click()
    number = whatif.lever(filing).locator("input[type=number]")
    expect(number).to_have_value("1500")  # until the middle of 2021
    whatif.set(0, filing)
    assert whatif.state()["alternatives"][0]["changes"] == {filing: {"2021": 0}}


def test_a_path_becomes_a_line(visitor: Visitor) -> None:
    whatif = WhatIf(visitor, quick(alternatives=[policy()]))
    whatif.lever().get_by_test_id("lever-path").click()
    editor = whatif.page.get_by_test_id("path-editor")
    editor.get_by_label("straight lines between points").check()
    editor.locator("[data-year='2030']").fill("1")
    editor.locator("[data-year='2030']").press("Enter")
    field = editor.locator("[data-year='2021']")
    field.fill("")
    field.press("Enter")
    ramp = whatif.state()["alternatives"][0]["changes"][STRENGTH]["ramp"]
    assert ramp["2030"] == 1 and "2021" not in ramp
    whatif.page.keyboard.press("Escape")
    expect(editor).to_have_count(0)
    expect(whatif.lever().get_by_test_id("lever-path")).to_be_focused()


def test_an_alternative_that_was_removed_comes_back(visitor: Visitor) -> None:
    whatif = WhatIf(visitor, quick(alternatives=[stricter(), policy(name="Second")]))
    whatif.page.get_by_test_id("alternative-remove").click()
    expect(whatif.page.get_by_test_id("alternative")).to_have_count(1)
    whatif.page.get_by_test_id("undo").click()
    expect(whatif.page.get_by_test_id("alternative")).to_have_count(2)
    assert whatif.state()["alternatives"][0] == stricter()


def test_a_value_out_of_bounds_is_said_and_not_sent(visitor: Visitor) -> None:
    whatif = WhatIf(visitor)
    number = whatif.lever().locator("input[type=number]")
    number.fill("7")
    number.press("Enter")
    expect(whatif.lever().get_by_role("alert")).to_have_text("between 0 and 1")
    assert whatif.state()["alternatives"][0] == stricter()


def test_a_question_is_asked_at_a_click(visitor: Visitor) -> None:
    whatif = WhatIf(visitor, quick(alternatives=[policy()]))
    question = whatif.page.get_by_test_id("question").first
    question.click()
    expect(question).to_be_hidden()
    whatif.answered()
    assert len(whatif.numbers()) == 4
    changes = whatif.state()["alternatives"][0]["changes"]
    assert changes[FUND] == {"2021": 200}


def test_views_passed_over_leave_nothing_and_a_dropped_file_is_opened_once(visitor: Visitor) -> None:
    whatif = WhatIf(visitor, quick(alternatives=[policy()]))
    page = whatif.page
    for view in ("city", "whatif", "lessons", "whatif"):
        page.get_by_test_id(f"tab-{view}").click()
    expect(page.locator(".controls")).to_have_count(1)
    expect(page.locator("main")).to_have_class("view view-whatif")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/open" in request.url else None)
    page.evaluate(
        """() => {
            const dataTransfer = new DataTransfer();
            const text = 'extends: jinhua\\nname: Dropped\\npolicy: {protection: {strength: 0.9}}\\n';
            dataTransfer.items.add(new File([text], 'dropped.yaml'));
            const looks = { dataTransfer, bubbles: true, cancelable: true };
            document.querySelector('.results').dispatchEvent(new DragEvent('drop', looks));
        }"""
    )
    expect(page.get_by_test_id("alternative-name")).to_have_value("Dropped")
    assert len(asked) == 1
