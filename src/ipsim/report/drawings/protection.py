"""Protection: infringement, cases by channel, backlog, time."""

from __future__ import annotations

from matplotlib.figure import Figure

from ipsim.report import style
from ipsim.report.drawings.panel import Line, four, key, panel
from ipsim.report.drawings.source import Source

NAME = "protection"


def draw(source: Source) -> Figure:
    """Draw the infringed share, cases by channel, the backlog and the months a case takes."""
    figure = style.canvas()
    axes = four(figure)
    say = source.say
    groups = (
        (
            ("protection_share", "unit_share_or_score"),
            Line("ip_protection_satisfaction", say("satisfaction"), style.GREEN),
            Line("share_patentees_infringed", say("infringed"), style.RED),
        ),
        (
            ("protection_cases", "unit_cases"),
            Line("patent_infringement_admin_cases", say("administrative"), style.BLUE),
            Line("patent_civil_cases_first_instance_new", say("court"), style.PURPLE),
            Line("mediation_cases", say("mediation"), style.ORANGE),
        ),
        (("protection_backlog", "unit_open_cases"), Line("case_backlog", say("open"), style.BROWN)),
        (("protection_months", "unit_months"), Line("case_months", say("case"), style.BLUE)),
    )
    shown: list[str] = []
    for place, ((title, unit), *lines) in zip(axes, groups, strict=True):
        panel(place, source, title, unit, lines)
        shown += [line.name for line in lines]
    key(figure, source, shown)
    return figure
