"""Economy: R&D, its intensity, growth, enterprises."""

from __future__ import annotations

from matplotlib.figure import Figure

from ipsim.report import style
from ipsim.report.drawings.panel import Line, four, key, panel
from ipsim.report.drawings.source import Source

NAME = "economy"


def draw(source: Source) -> Figure:
    """Draw R&D spending, R&D intensity, revenue growth and the number of enterprises."""
    figure = style.canvas()
    axes = four(figure)
    say = source.say
    groups = (
        (("economy_rd", "unit_billion"), Line("rd_expenditure", say("rd"), style.BLUE)),
        (("economy_intensity", "unit_percent_gdp"), Line("rd_intensity", say("intensity"), style.GREEN)),
        (("economy_growth", "unit_percent_year"), Line("revenue_growth", say("growth"), style.PURPLE)),
        (
            ("economy_firms", "unit_firms"),
            Line("enterprises", say("all_firms"), style.BROWN),
            Line("high_tech_enterprises", say("high_tech"), style.BLUE),
        ),
    )
    shown: list[str] = []
    for place, ((title, unit), *lines) in zip(axes, groups, strict=True):
        panel(place, source, title, unit, lines)
        shown += [line.name for line in lines]
    key(figure, source, shown)
    return figure
