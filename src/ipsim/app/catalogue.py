"""What the page is made of: starts, controls, charts, indicators, bounds and words, all from declarations."""

from __future__ import annotations

from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import ipsim
from ipsim.app import asked
from ipsim.app.charts import CHART_INDICATORS, SPENDING_BY_LEVER, charts
from ipsim.app.controls import dials, projects
from ipsim.app.encoding import as_json
from ipsim.app.starts import answer as start_answer
from ipsim.app.starts import cities, starts
from ipsim.indicators.catalogue import GROUPS, INDICATORS, Indicator, indicator
from ipsim.report.contrast.numbers import headline_indicator
from ipsim.report.goal import SIX, bar
from ipsim.report.numbers import decimals_of, factor, unit_of
from ipsim.report.phrases import catalogue as phrases
from ipsim.scenario.timeline import LAST_YEAR, START_YEAR
from ipsim.scenario.words import LANGUAGES
from ipsim.study.comparison.headline import HEADLINE, HeadlineNumber

__all__ = ["CHART_INDICATORS", "catalogue", "routes"]

_MOST_WHY, _LEAST_WHY, _USUAL_WHY = 20, 2, 8


@cache
def catalogue() -> dict[str, Any]:
    """Return what ``GET /api/board`` says: everything that the page is made from."""
    return {
        "version": ipsim.__version__,
        "cities": cities(),
        "starts": starts(),
        "years": list(range(START_YEAR, LAST_YEAR + 1)),
        "dials": dials(),
        "projects": projects(),
        "indicators": {name: _indicator(indicator(name)) for name in (*INDICATORS, *SPENDING_BY_LEVER)},
        "groups": {key: words._asdict() for key, words in GROUPS.items()},
        "charts": charts(),
        "headline": [_headline(one) for one in HEADLINE.values()],
        "pattern": {"six": list(SIX), "met": bar()},
        "limits": limits(),
        "words": _words(),
    }


def limits() -> dict[str, Any]:
    """Return what may be asked for: the bounds of the bodies of requests."""
    return {
        "replicates": {"low": 1, "high": asked.MOST_REPLICATES, "default": asked.DEFAULT_REPLICATES},
        "scale": {"low": asked.SMALLEST_SCALE, "high": asked.LARGEST_SCALE, "default": asked.DEFAULT_SCALE},
        "seed": {"low": 0, "high": 2**31 - 1, "default": 1},
        "why_replicates": {"low": _LEAST_WHY, "high": _MOST_WHY, "default": _USUAL_WHY},
        "sketch": {"scale": asked.SKETCH_SCALE, "pairs": asked.SKETCH_PAIRS},
        "alternatives": asked.MOST_ALTERNATIVES,
        "work": asked.MOST_WORK,
        "text": asked.LONGEST_TEXT,
        "name": 80,
        "changes": 120,
    }


def _indicator(one: Indicator) -> dict[str, Any]:
    return {
        "words": one.words._asdict(),
        "definition": one.definition._asdict(),
        **_measured_in(one),
        "group": one.group,
    }


def _measured_in(one: Indicator) -> dict[str, Any]:
    """Return unit, factor and decimals by language: Chinese offices count money in 万元 and 亿元."""
    return {
        "unit": {lang: unit_of(one, lang) for lang in LANGUAGES},
        "factor": {lang: factor(one.unit, lang) for lang in LANGUAGES},
        "decimals": {lang: decimals_of(one, lang) for lang in LANGUAGES},
    }


def _headline(number: HeadlineNumber) -> dict[str, Any]:
    """Return a headline number; its ``over`` has gaps for the first and last year simulated."""
    one = headline_indicator(number.name, START_YEAR, LAST_YEAR)
    return {
        "key": number.name,
        "words": one.words._asdict(),
        **_measured_in(one),
        "over": phrases()[f"contrast.over_{number.statistic}"]._asdict(),
        "indicator": number.indicator,
        "statistic": number.statistic,
    }


def _words() -> dict[str, dict[str, str]]:
    """Return every phrase of the board by language."""
    own = {key: words for key, words in phrases().items() if key.startswith("board")}
    return {lang: {key: words.of(lang) for key, words in own.items()} for lang in LANGUAGES}


@cache
def _body() -> bytes:
    return as_json(catalogue())


async def board(request: Request) -> Response:
    """Give the catalogue."""
    return Response(_body(), media_type="application/json")


def routes() -> list[Route]:
    """Return the routes of the catalogue and of the starts."""
    return [Route("/api/board", board), Route("/api/start/{name}", start_answer)]
