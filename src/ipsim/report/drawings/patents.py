"""Patents by type: filings, grants, inventions, stock."""

from __future__ import annotations

from matplotlib.figure import Figure

from ipsim.report import style
from ipsim.report.drawings.panel import Line, four, key, panel
from ipsim.report.drawings.source import Source

NAME = "patents"


def draw(source: Source) -> Figure:
    """Draw filings and grants by type, inventions alone, and inventions in force."""
    figure = style.canvas()
    axes = four(figure)
    say = source.say
    types = (
        ("patent", "total", style.MUTED),
        ("utility_model", "utility_models", style.ORANGE),
        ("design", "designs", style.GREEN),
        ("invention", "inventions", style.BLUE),
    )
    shown: list[str] = []
    for place, what in enumerate(("applications", "grants")):
        end = {"patent": f"patent_{what}_total"}
        lines = [Line(end.get(t, f"{t}_{what}"), say(label), colour) for t, label, colour in types]
        panel(axes[place], source, f"patents_{what}", f"unit_{what}", lines)
        shown += [line.name for line in lines]
    inventions = [
        Line("invention_applications", say("filed"), style.BLUE),
        Line("invention_grants", say("granted"), style.RED),
    ]
    panel(axes[2], source, "patents_inventions", "unit_patents_year", inventions)
    stock = [Line("inventions_in_force_per_10k", say("in_force"), style.BLUE)]
    stock.append(Line("high_value_inventions_per_10k", say("high_value"), style.PURPLE))
    panel(axes[3], source, "patents_stock", "unit_per_10k", stock)
    key(figure, source, shown + [line.name for line in inventions + stock])
    return figure
