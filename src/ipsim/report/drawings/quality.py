"""Quality: of filings and grants, grant rate, high-value stock, survival."""

from __future__ import annotations

from matplotlib.figure import Figure

from ipsim.report import style
from ipsim.report.drawings.panel import Line, four, key, panel
from ipsim.report.drawings.source import Source

NAME = "quality"


def draw(source: Source) -> Figure:
    """Draw mean quality, grant rate and abnormal filings, high-value stock, survival and use."""
    figure = style.canvas()
    axes = four(figure)
    say = source.say
    groups = (
        (
            ("quality_mean", "unit_quality"),
            Line("mean_quality_filed", say("filed"), style.BLUE),
            Line("mean_quality_granted", say("granted"), style.RED),
        ),
        (
            ("quality_rates", "unit_percent_filings"),
            Line("invention_grant_rate", say("grant_rate"), style.BLUE),
            Line("abnormal_filing_share", say("abnormal"), style.ORANGE),
        ),
        (
            ("quality_high_value", "unit_patents"),
            Line("high_value_inventions", say("high_value"), style.PURPLE),
        ),
        (
            ("quality_survival", "unit_percent_force"),
            Line("share_valid_inventions_maintained_over_5y", say("over_5y"), style.GREEN),
            Line("industrialisation_rate_invention_enterprises", say("used"), style.BROWN),
        ),
    )
    shown: list[str] = []
    for place, ((title, unit), *lines) in zip(axes, groups, strict=True):
        panel(place, source, title, unit, lines)
        shown += [line.name for line in lines]
    key(figure, source, shown)
    return figure
