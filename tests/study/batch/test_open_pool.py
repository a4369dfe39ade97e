import pytest

from ipsim.cli.failures import BAD_INPUT, report_failure
from ipsim.study.batch.executors import open_pool
from ipsim.study.errors import ExecutorError


@pytest.mark.parametrize(
    ("executor", "workers", "address", "message"),
    [
        ("slurm", 2, None, "--executor slurm: there is no such executor; allowed: local, dask, MODULE:FACT"),
        ("local", 2, "tcp://127.0.0.1:1", "--address is for --executor dask alone, not for local"),
        ("local", 0, None, "--workers must be at least 1, not 0"),
        ("dask", 2, None, "--executor dask needs --address"),
    ],
)
def test_a_wrong_choice_is_told_before_any_work(
    executor: str, workers: int, address: str | None, message: str
) -> None:
    with pytest.raises(ExecutorError, match=message), open_pool(executor, workers, address):
        pass


def test_it_is_told_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert report_failure(ExecutorError("no\nanswer")) == BAD_INPUT
    assert capsys.readouterr().err == "ipsim: no answer\n"
