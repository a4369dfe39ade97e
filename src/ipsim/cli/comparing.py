"""The command that compares policies."""

from __future__ import annotations

import os
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from ipsim.cli.console import print_tables, say
from ipsim.cli.options import RunOptions, run_options
from ipsim.cli.progress import announce_compilation, shown_progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ipsim.study import Comparison
    from ipsim.study.comparison.turning import Turning

_MOVED = 8
"""As `study.comparison.turning.ASSUMPTIONS_MOVED`, without importing it for the sake of help."""


@click.command(short_help="Say what alternatives change, paired by seed.")
@click.argument("base")
@click.argument("alternatives", nargs=-1, required=True, metavar="ALT [ALT ...]")
@click.option(
    "--baseline",
    metavar="NAME",
    help="Which of the scenarios the others are measured against.  [default: the first]",
)
@click.option(
    "--turning",
    "moved",
    type=click.IntRange(min=0),
    metavar="N",
    default=_MOVED,
    show_default=True,
    help="Move the N assumptions that matter most to both ends of their ranges and say which one would "
    "turn a difference over; takes N * 2 * 5 more runs of each scenario. 0 leaves it out.",
)
@run_options
def compare(base: str, alternatives: tuple[str, ...], baseline: str | None, moved: int, **given: Any) -> None:
    """Simulate BASE and each ALT with the same luck and parameters and say what ALT changes.

    Writes what `ipsim run` writes, and effects.csv: median of both, the mean paired difference with its
    90 % interval, and how many pairs would be needed to know it to within 10 %; headline.csv, prices.csv,
    pattern.csv and turning.csv hold what the report is about. --set applies to all.

        ipsim compare jinhua strict-2020 --replicates 30

        ipsim compare jinhua no-subsidies quality-awards-only --baseline no-subsidies
    """
    options = RunOptions(**given)
    sources = (base, *alternatives)
    _refuse_twice(sources)
    scenarios = [options.scenario(source) for source in sources]
    from ipsim.study.comparison.compare import check_comparable, compare, distinct

    check_comparable(scenarios)
    names = distinct([one.name for one in scenarios])
    first = _baseline(baseline, names, sources)
    listed = "-vs-".join([first, *(name for name in names if name != first)])
    folder = options.folder(f"{listed}-{scenarios[0].hash[:8]}" if options.settings else listed)
    announce_compilation(options.quiet)
    with shown_progress(_title(names, options), options.quiet) as told:
        found = compare(*scenarios, progress=told, **options.numbers()).against(first)
    turning = _turned(found, moved, options)
    found.save(folder, lang=options.lang, force=options.force, turning=turning)
    if not options.quiet:
        _print(found, turning, options.lang)
        click.echo(folder / "report.html")


def _refuse_twice(sources: Sequence[str]) -> None:
    for place, source in enumerate(sources):
        if source in sources[:place]:
            raise click.UsageError(f"{source} is given twice; a scenario compared with itself shows nothing")


def _baseline(wanted: str | None, names: Sequence[str], sources: Sequence[str]) -> str:
    """Return the name of the baseline, which may be given as name or as source."""
    if wanted is None:
        return names[0]
    known = {**dict(zip(sources, names, strict=True)), **{name: name for name in names}}
    if wanted not in known:
        close = get_close_matches(wanted, list(known), n=1, cutoff=0)
        raise click.BadParameter(
            f"{wanted!r} is not compared; allowed: {', '.join(names)}; nearest: {close[0]}",
            param_hint="--baseline",
        )
    return known[wanted]


def _turned(found: Comparison, moved: int, options: RunOptions) -> Turning | None:
    """Move the assumptions, where they were asked for and there are pairs enough to tell a sign."""
    if moved == 0 or options.replicates < 2:
        return None
    title = f"Moving {moved} assumption{'s' if moved > 1 else ''} to the ends of the range"
    with shown_progress(title, options.quiet) as told:
        return found.turning(moved, workers=options.workers or os.cpu_count() or 1, progress=told)


def _print(found: Comparison, turning: Turning | None, lang: str) -> None:
    from ipsim.report import what_ranges_hold
    from ipsim.report.contrast import contrast_table, headline_table, sentences

    print_tables(headline_table(found, lang))
    for text in sentences(found, lang, turning):
        click.echo(text)
    say(what_ranges_hold(found.results.values(), lang))
    click.echo()
    print_tables(contrast_table(found, lang))


def _title(names: Sequence[str], options: RunOptions) -> str:
    times = f", {options.replicates} replicates" if options.replicates > 1 else ""
    return f"Simulating {' and '.join(names)}{times}"
