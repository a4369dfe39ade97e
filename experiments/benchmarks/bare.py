"""The runs of a study in bare loops, one in each process; results are dropped.

python experiments/benchmarks/bare.py STUDY PROCESSES
"""

from __future__ import annotations

import sys
from multiprocessing import get_context

from ipsim.study.plan import read_study


def loop(file: str, first: int, step: int) -> None:
    """Make every so-manieth run of a study."""
    from ipsim.study.simulations import simulate

    study = read_study(file)
    points = study.points()
    for planned in list(study.planned(len(points)))[first::step]:
        simulate(study.scenario.replace(points[planned.point].changes), planned.seed, study.scale)


if __name__ == "__main__":
    count = int(sys.argv[2])
    context = get_context("spawn")
    processes = [context.Process(target=loop, args=(sys.argv[1], place, count)) for place in range(count)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    sys.exit(max(process.exitcode or 0 for process in processes))
