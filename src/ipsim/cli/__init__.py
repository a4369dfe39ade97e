"""The command line: ``ipsim COMMAND``.

Exit status: 0 done; 1 the run failed; 2 bad input; 130 interrupted. What takes time to import is imported
inside the commands, so that help answers at once.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

import click

from ipsim import __version__
from ipsim.cli.batching import batch
from ipsim.cli.boarding import board
from ipsim.cli.calibrating import calibrate
from ipsim.cli.comparing import compare
from ipsim.cli.evidence import evidence
from ipsim.cli.explaining import explain
from ipsim.cli.failures import INTERRUPTED, report_failure
from ipsim.cli.hindcasting import hindcast
from ipsim.cli.looking import check, list_, show
from ipsim.cli.natural import natural
from ipsim.cli.new_city import new_city
from ipsim.cli.running import run
from ipsim.cli.searching import search
from ipsim.cli.sensing import discover, sensitivity
from ipsim.cli.verifying import verify


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="ipsim")
def commands() -> None:
    """Simulate what intellectual-property policy does to a city, from 2016 to 2030.

    SCENARIO is a file, or the name of one that ships; `ipsim list` names them. Begin with

        ipsim run jinhua
    """


for command in (
    run,
    compare,
    explain,
    board,
    batch,
    sensitivity,
    discover,
    search,
    calibrate,
    hindcast,
    natural,
    verify,
    new_city,
    check,
    show,
    list_,
    evidence,
):
    commands.add_command(command)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit status.

    Parameters
    ----------
    arguments
        What follows ``ipsim``; that of this process if None.
    """
    gc.set_threshold(100_000, 50, 50)  # imports make many objects that stay: looking for loops costs 0.5 s
    try:
        status = commands.main(args=arguments, prog_name="ipsim", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (KeyboardInterrupt, click.Abort):
        sys.stderr.write("ipsim: stopped; nothing was written\n")
        return INTERRUPTED
    except Exception as error:
        return report_failure(error)
    return status if isinstance(status, int) else 0
