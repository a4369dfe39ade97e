import subprocess
import sys

import pytest

import ipsim


@pytest.mark.parametrize("name", ipsim.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(ipsim, name) is not None
    assert name in dir(ipsim)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="simulate"):
        ipsim.simulate  # noqa: B018


def test_importing_the_package_imports_no_library() -> None:
    code = "import sys, ipsim; sys.exit('numpy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
