"""Benchmarks: how fast a city runs, against what, and how that grows.

    python experiments/benchmarks/run.py [--quick] [--out FILE]

Every timing is made in a process of its own, quarters on one core, with compiled rules
already in the cache; founding and loading are set-up and left out unless a row says otherwise.
Things that are compared run in turn, and ratios are medians over pairs.
"""

from __future__ import annotations

import platform
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import click
import mesa
import numba
import numpy as np
from paired import command_seconds, in_turn, text_table, work

Row = dict[str, str]

HEADS = ("model", "enterprises", "quarters", "seeds", "set-up", "seconds", "ratio", "equal")
LEAST_RATIO = 60  #: compiled against the twin
MOST_NS = 600  #: an enterprise-quarter at 100,000 enterprises
MOST_BYTES = 700  #: of state an enterprise, patents apart
MOST_TIMES = 2  #: the whole process against the imports of Mesa, pandas and matplotlib


def against(model: str, pairs: int, fast: str = "compiled", **options: Any) -> Row:
    """Time a model and the compiled one in turn, and compare their states."""
    states: set[tuple[int, str]] = set()
    seeds = iter(sorted([*range(1, pairs + 1)] * 2))
    seen: dict[int, set[str]] = {}

    def timed(which: str) -> float:
        seed = next(seeds)
        said = work(which, seed=seed, **options)
        seen.setdefault(seed, set()).add(said["digest"])
        states.add((seed, said["digest"]))
        return said["seconds"]

    found = in_turn(lambda: timed(model), lambda: timed(fast), pairs)
    slow, quick = found.medians
    equal = "to the last bit" if all(len(digests) == 1 for digests in seen.values()) else "NO"
    return {
        "model": model + (" (rules alone)" if fast == "rules" else ""),
        "enterprises": f"{options['enterprises']:,}",
        "quarters": str(options["quarters"]),
        "seeds": str(pairs),
        "set-up": "out",
        "seconds": f"{slow:.3f} against {quick:.4f}",
        "ratio": f"{found.ratio:.0f}",
        "equal": equal,
    }


def growth(enterprises: int, quarters: int) -> Row:
    """Time the compiled model at a size; return time, memory and bytes for each enterprise."""
    said = work("compiled", enterprises=enterprises, quarters=quarters)
    per = 1e9 * said["seconds"] / quarters / enterprises
    return {
        "enterprises": f"{enterprises:,}",
        "quarters": str(quarters),
        "seconds": f"{said['seconds']:.3f}",
        "ns an enterprise-quarter": f"{per:.0f}",
        "founding, s": f"{said['founded']:.2f}",
        "peak memory, MB": f"{said['peak_mb']:.0f}",
        "bytes an enterprise": f"{said['state_bytes'] / enterprises:.0f}",
        "bytes a place": f"{said['state_bytes'] / said['places']:.0f}",
    }


def whole_process(pairs: int) -> Row:
    """Time ``ipsim run jinhua --replicates 1`` against three imports, both warm."""
    with tempfile.TemporaryDirectory() as folder:
        ipsim = [str(Path(sys.executable).with_name("ipsim")), "run", "jinhua"]
        run = [*ipsim, "--replicates", "1", "--out", str(Path(folder) / "run"), "--force"]
        imports = [sys.executable, "-c", "import mesa, pandas, matplotlib.pyplot"]
        for command in (run, imports):
            command_seconds(command)
        found = in_turn(lambda: command_seconds(run), lambda: command_seconds(imports), pairs)
    mine, theirs = found.medians
    return {
        "process": "ipsim run jinhua --replicates 1",
        "set-up": "in",
        "pairs": str(pairs),
        "seconds": f"{mine:.2f}",
        "imports, s": f"{theirs:.2f}",
        "ratio": f"{found.ratio:.2f}",
    }


def machine() -> str:
    """Return what was measured on."""
    parts = (platform.machine(), f"Python {platform.python_version()}", f"Mesa {mesa.__version__}")
    return ", ".join((*parts, f"NumPy {np.__version__}", f"Numba {numba.__version__}"))


@click.command()
@click.option("--quick", is_flag=True, help="Smaller and fewer: two minutes.")
@click.option("--out", type=click.Path(path_type=Path), default=None, help="Also write the tables here.")
def main(quick: bool, out: Path | None) -> None:
    """Measure and print three tables."""
    if shutil.which("ipsim", path=str(Path(sys.executable).parent)) is None:
        raise click.ClickException("run this with the Python that ipsim is installed in")
    work("compiled", enterprises=400, quarters=5)  # fills the cache
    said: list[str] = []

    def tell(text: str) -> None:
        said.append(text)
        click.echo(text + "\n")

    tell(machine())
    pairs = 2 if quick else 5
    rows = [
        against("twin", pairs, enterprises=size, quarters=8)
        for size in ((2000,) if quick else (400, 2000, 8000))
    ]
    rows += [
        against("twin", pairs, "rules", enterprises=size, quarters=8)
        for size in ((2000,) if quick else (400, 2000))
    ]
    small: dict[str, Any] = {"enterprises": 400, "quarters": 4, "pilot": 300}
    rows += [against(model, 1 if quick else 3, **small) for model in ("plain", "mesa")]
    tell(
        "## One rule, several ways to run it\n\nEach against the compiled model on the same city; "
        f"target for the twin in plain Mesa: at least {LEAST_RATIO}. "
        "The twin checks no accounts and takes no yearly figures; rules alone is like with like."
    )
    tell(text_table(HEADS, rows))
    sizes = (1_000, 10_000, 100_000) if quick else (1_000, 10_000, 100_000, 1_000_000)
    grown = [growth(size, 8) for size in sizes]
    tell(
        f"## Growth\n\nTargets: {MOST_NS} ns an enterprise-quarter at 100,000, "
        f"{MOST_BYTES} bytes of state an enterprise, patents apart. "
        "A place is a row that holds an enterprise or waits for a founder."
    )
    tell(text_table(tuple(grown[0]), grown))
    whole = whole_process(3 if quick else 9)
    tell(
        f"## Whole process\n\nWarm; target: at most {MOST_TIMES} times "
        '`python -c "import mesa, pandas, matplotlib.pyplot"`.'
    )
    tell(text_table(tuple(whole), [whole]))
    if out is not None:
        out.write_text("\n\n".join(said) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
