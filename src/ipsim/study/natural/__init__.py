"""Natural experiments in silico: published policy studies repeated on simulated cities."""

from ipsim.study.natural.experiment import Experiment
from ipsim.study.natural.reading import read_experiment
from ipsim.study.natural.result import MANIFEST, TABLE, Finding, save_findings, table_of
from ipsim.study.natural.run import found_in, key_of_world, run_experiment, simulate_world, with_cities

__all__ = [
    "MANIFEST",
    "TABLE",
    "Experiment",
    "Finding",
    "found_in",
    "key_of_world",
    "read_experiment",
    "run_experiment",
    "save_findings",
    "simulate_world",
    "table_of",
    "with_cities",
]
