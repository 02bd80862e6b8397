"""The ledger can be locked with a passphrase or a key in the keyring, both ways, and nobody else reads it."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend

from biosync.home import ledger_file
from biosync.store.ledger import keys, locking, successor
from biosync.store.ledger.problems import InUse, LedgerError, WrongKey
from biosync.store.ledger.reader import Ledger
from tests.store.ledger.running import Running

WORDS = "correct horse ' battery; staple ü"


class DrawerKeyring(KeyringBackend):
    """A keyring that really keeps, in memory: the system's own is not there on every machine."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def drawer() -> DrawerKeyring:
    before = keyring.get_keyring()
    drawer = DrawerKeyring()
    keyring.set_keyring(drawer)
    yield drawer  # type: ignore[misc]
    keyring.set_keyring(before)


@pytest.fixture
def first(tmp_path: Path) -> Running:
    running = Running(tmp_path, "first")
    running.beat(100)
    running.end()
    return running


def in_the_clear(home: Path) -> bool:
    # A long piece of text: three letters of a name turn up by chance in a megabyte of cipher once in sixteen times.
    return any(b"CREATE TABLE participant" in path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_a_passphrase_locks_and_unlocks(tmp_path: Path, first: Running) -> None:
    assert in_the_clear(tmp_path)
    assert locking.lock_with_passphrase(tmp_path, WORDS) == []
    assert not in_the_clear(tmp_path)
    assert keys.lock_of(tmp_path) == "passphrase"
    assert first.kept(WORDS) == first.everything()
    assert first.kept() == first.everything(), "who locked it need not give the words again in the same process"
    locking.unlock(tmp_path, WORDS)
    assert keys.lock_of(tmp_path) == "none"
    assert first.kept() == first.everything()


def test_a_wrong_key_is_one_sentence_and_changes_nothing(tmp_path: Path, first: Running) -> None:
    locking.lock_with_passphrase(tmp_path, WORDS)
    keys.mark(tmp_path, "passphrase")  # as in a new process: nothing is given
    before = ledger_file(tmp_path).read_bytes()
    with pytest.raises(WrongKey, match="does not open"):
        Ledger.open(tmp_path, "wrong")
    with pytest.raises(WrongKey, match="locked with a passphrase: give it"):
        Ledger.open(tmp_path)
    with pytest.raises(WrongKey):
        locking.unlock(tmp_path, "wrong")
    assert ledger_file(tmp_path).read_bytes() == before
    running = Running(tmp_path, "second", key="wrong")
    running.beat(3)
    running.end()
    assert running.told == [running.hears("is not kept")]
    assert not running.store.kept
    assert first.kept(WORDS) == first.everything()


def test_the_environment_can_give_it(tmp_path: Path, first: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    locking.lock_with_passphrase(tmp_path, WORDS)
    keys.mark(tmp_path, "passphrase")
    monkeypatch.setenv(keys.VARIABLE, WORDS)
    assert first.kept() == first.everything()


def test_the_keyring_locks_and_unlocks(tmp_path: Path, first: Running, drawer: DrawerKeyring) -> None:
    locking.lock_with_keyring(tmp_path)
    assert not in_the_clear(tmp_path)
    assert keys.lock_of(tmp_path) == "keyring"
    assert first.kept() == first.everything()
    (key,) = drawer.kept.values()
    assert len(key) == 64
    with pytest.raises(WrongKey):
        Ledger.open(tmp_path, key[::-1])
    locking.lock_with_passphrase(tmp_path, WORDS)
    assert drawer.kept == {}
    assert first.kept(WORDS) == first.everything()
    locking.lock_with_keyring(tmp_path)
    locking.unlock(tmp_path)
    assert first.kept() == first.everything()
    assert in_the_clear(tmp_path)


def test_a_key_that_the_keyring_lost_is_told(tmp_path: Path, first: Running, drawer: DrawerKeyring) -> None:
    locking.lock_with_keyring(tmp_path)
    drawer.kept.clear()
    with pytest.raises(WrongKey, match="not in the system's keyring any more"):
        Ledger.open(tmp_path)


def test_a_locked_ledger_keeps_sessions(tmp_path: Path, first: Running) -> None:
    locking.lock_with_passphrase(tmp_path, WORDS)
    running = Running(tmp_path, "second")
    running.beat(2000)
    running.end()
    assert running.told == []
    assert running.kept() == running.everything()
    assert not in_the_clear(tmp_path)


def test_a_ledger_can_be_locked_before_there_is_anything_in_it(tmp_path: Path) -> None:
    locking.lock_with_passphrase(tmp_path, WORDS)
    running = Running(tmp_path, "first")
    running.beat(20)
    running.end()
    assert running.kept(WORDS) == running.everything()
    assert not in_the_clear(tmp_path)


def test_an_empty_passphrase_is_none(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="empty passphrase"):
        locking.lock_with_passphrase(tmp_path, "")


def test_while_a_session_runs_the_lock_stays_as_it_is(tmp_path: Path, first: Running) -> None:
    running = Running(tmp_path, "second")
    running.beat(5)
    running.is_listed()
    with pytest.raises(InUse, match="another biosync is running"):
        locking.lock_with_passphrase(tmp_path, WORDS)
    running.beat(5)
    running.end()
    assert running.kept() == running.everything()


def test_a_kill_just_before_the_new_file_takes_its_place_is_mended(tmp_path: Path, first: Running) -> None:
    draft = successor.begin(tmp_path, WORDS)
    with Ledger.open(tmp_path) as ledger:
        successor.copy_all(ledger._connection, draft)
    draft.close()
    (tmp_path / "ledger.draft.sqlite").replace(tmp_path / "ledger.next.sqlite")
    (tmp_path / "ledger.sqlite-wal").write_bytes(b"the old file's log, which is none of the new one's")
    assert first.kept(WORDS) == first.everything()
    assert not in_the_clear(tmp_path)
    assert not successor.waits(tmp_path)
