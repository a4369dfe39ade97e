"""Where the scenarios that ship with ipsim are."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent


def shipped_folder() -> Path:
    """Return the folder of the scenarios that ship, with the city profiles in its `cities`.

    In a checkout that is `scenarios` beside `src`; a wheel carries a copy inside the package.

    Returns
    -------
    Path
        An existing folder.

    Raises
    ------
    FileNotFoundError
        When the installation is damaged and has neither.
    """
    for folder in (_PACKAGE / "_scenarios", _PACKAGE.parents[1] / "scenarios"):
        if (folder / "cities").is_dir():
            return folder
    raise FileNotFoundError(f"the scenarios of ipsim are missing from {_PACKAGE}; install it again")
