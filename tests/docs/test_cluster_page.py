"""The files on the page on clusters can be used as they are, as far as one machine can tell."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from ipsim.study.batch import run_batch
from ipsim.study.plan import read_study
from tests.study.batch.clusters import session_processes, wait_for
from tests.study.batch.hashes import hashes

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")
FILE = re.compile(r"<!-- file: (?P<name>[^ ]+) -->\n```\w+\n(?P<text>.*?)```", re.DOTALL)
FILES = {found["name"]: found["text"] for found in FILE.finditer(PAGE)}

STUDY = """\
scenario: jinhua
set: {horizon.end: 2016}
factors:
  policy.protection.strength: {low: 0, high: 1}
design: {kind: latin-hypercube, points: 40}
scale: 0.01
"""

SRUN = '#!/bin/sh\n"$@" &\n"$@" &\nwait\n'
SCONTROL = '#!/bin/sh\necho "$@" >> requeued\n'
JOBQUEUE = """\
from distributed import LocalCluster


class SLURMCluster(LocalCluster):
    def __init__(
        self, cores, processes, memory, walltime, local_directory, worker_extra_args, scheduler_options
    ):
        assert cores == processes
        super().__init__(n_workers=0, threads_per_worker=1, dashboard_address=None)

    def adapt(self, maximum_jobs):
        return super().adapt(minimum=0, maximum=2)
"""


def objects(name: str) -> dict[str, Any]:
    """Return the Kubernetes objects in a file, by kind."""
    found = YAML(typ="safe").load_all(FILES[name])
    return {each["kind"]: each for each in found}


def test_names_of_kubernetes_objects_match() -> None:
    cluster = objects("cluster.yaml")["DaskCluster"]
    name = cluster["metadata"]["name"]
    scheduler, worker = cluster["spec"]["scheduler"], cluster["spec"]["worker"]
    assert scheduler["service"]["selector"]["dask.org/cluster-name"] == name
    ports = {port["name"]: port["containerPort"] for port in scheduler["spec"]["containers"][0]["ports"]}
    assert {port["targetPort"]: port["port"] for port in scheduler["service"]["ports"]} == ports
    driver = objects("driver.yaml")
    pod = driver["Job"]["spec"]["template"]["spec"]
    (container,) = pod["containers"]
    assert f"--address=tcp://{name}-scheduler:{ports['tcp-comm']}" in container["args"]
    assert f"--workers={worker['replicas']}" in container["args"]
    mounts = {mount["name"] for mount in container["volumeMounts"]}
    assert mounts == {volume["name"] for volume in pod["volumes"]}
    claim = driver["PersistentVolumeClaim"]["metadata"]["name"]
    assert pod["volumes"][1]["persistentVolumeClaim"]["claimName"] == claim
    (rule,) = driver["Job"]["spec"]["podFailurePolicy"]["rules"]
    assert rule["onExitCodes"]["containerName"] == container["name"]
    assert len(set(re.findall(r"image: (\S+)", PAGE))) == 1


def test_the_factory_is_an_executor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from ipsim.study.batch.executors import open_pool

    (tmp_path / "mycluster.py").write_text(FILES["mycluster.py"])
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", sys.path[:])
    with open_pool("mycluster:make_executor", 8) as pool:
        assert pool.capacity == 16


@pytest.fixture
def site(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """Return a folder with a study and stand-ins for the commands of Slurm, and the environment of a job."""
    commands = tmp_path / "bin"
    commands.mkdir()
    for name, text in (("srun", SRUN), ("scontrol", SCONTROL)):
        (commands / name).write_text(text)
        (commands / name).chmod(0o755)
    (tmp_path / "dask_jobqueue.py").write_text(JOBQUEUE)
    (tmp_path / "study.yaml").write_text(STUDY)
    for name in ("study.sbatch", "study_on_slurm.py"):
        (tmp_path / name).write_text(FILES[name])
    path = os.pathsep.join([str(commands), str(Path(sys.executable).parent), os.environ["PATH"]])
    job = {
        "SLURM_JOB_ID": "7",
        "SLURM_NTASKS": "2",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
    }
    return tmp_path, os.environ | {"PATH": path} | job


@pytest.mark.slow
def test_a_slurm_job_goes_on_in_its_next_time_slot(site: tuple[Path, dict[str, str]]) -> None:
    folder, environment = site
    run_batch(read_study(folder / "study.yaml"), folder / "here", workers=1)
    with (folder / "job.log").open("wb") as log:

        def start() -> subprocess.Popen[bytes]:
            command = ["bash", "study.sbatch"]
            return subprocess.Popen(
                command, cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True
            )

        first = start()
        deadline = time.monotonic() + 120
        while not list(folder.glob("results/study/parts/*")) and time.monotonic() < deadline:
            time.sleep(0.05)
        first.send_signal(signal.SIGTERM)
        stopped = first.wait(120)
        wait_for(lambda: not session_processes(first.pid))
        if stopped:  # or it was done before the signal came
            assert (stopped, (folder / "requeued").read_text()) == (130, "requeue 7\n")
            again = start()
            assert again.wait(240) == 0, (folder / "job.log").read_text()
            wait_for(lambda: not session_processes(again.pid))
    assert hashes(folder / "results" / "study") == hashes(folder / "here")
    assert not list(folder.glob("scheduler-*.json"))


@pytest.mark.slow
def test_workers_come_when_there_is_work(site: tuple[Path, dict[str, str]]) -> None:
    folder, environment = site
    done = subprocess.run(
        [sys.executable, "study_on_slurm.py", "study.yaml"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, "40 of 40 runs, 0 failed\n"), done.stderr
