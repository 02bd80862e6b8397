"""A strap is used by one running biosync at a time; however that ends, the strap is free again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from biosync.store.ledger.strap_use import StrapUse, is_used

ADDRESS = "A0:9E:1A:00:00:01"
HOLDER = """
import sys
from pathlib import Path
from biosync.store.ledger.strap_use import StrapUse
use = StrapUse(Path(sys.argv[1]), sys.argv[2])
print(use.take(), flush=True)
sys.stdin.read()
"""


def test_it_is_taken_once_however_the_address_is_written(tmp_path: Path) -> None:
    first, second = StrapUse(tmp_path, ADDRESS), StrapUse(tmp_path, ADDRESS.lower())
    assert not is_used(tmp_path, ADDRESS)
    assert first.take() and is_used(tmp_path, ADDRESS)
    assert not second.take()
    second.release()
    assert is_used(tmp_path, ADDRESS)
    first.release()
    assert not is_used(tmp_path, ADDRESS) and second.take()


def test_other_straps_and_other_homes_are_free(tmp_path: Path) -> None:
    assert StrapUse(tmp_path / "one", ADDRESS).take()
    assert StrapUse(tmp_path / "one", "A0:9E:1A:00:00:02").take()
    assert StrapUse(tmp_path / "two", ADDRESS).take()


def test_a_process_that_is_killed_lets_it_go(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path), ADDRESS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None and holder.stdout.readline() == "True\n"
    assert is_used(tmp_path, ADDRESS) and not StrapUse(tmp_path, ADDRESS).take()
    holder.kill()
    holder.communicate()
    assert not is_used(tmp_path, ADDRESS)


def test_nothing_stays_behind_and_the_address_is_not_written_down(tmp_path: Path) -> None:
    use = StrapUse(tmp_path, ADDRESS)
    use.take()
    (lock,) = (tmp_path / "running").iterdir()
    assert ADDRESS.replace(":", "").lower() not in lock.name and ADDRESS.replace(":", "-") not in lock.name
    assert lock.read_bytes() == b""
    use.release()
    assert list((tmp_path / "running").iterdir()) == []


def test_where_no_file_can_be_made_the_strap_can_still_be_used(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert StrapUse(tmp_path / "file", ADDRESS).take()
    assert not is_used(tmp_path / "file", ADDRESS)


@pytest.mark.parametrize("taken", [True, False])
def test_giving_back_what_was_not_taken_is_nothing(tmp_path: Path, taken: bool) -> None:
    use = StrapUse(tmp_path, ADDRESS)
    if taken:
        use.take()
    use.release()
    use.release()
    assert not is_used(tmp_path, ADDRESS)
