"""The people and the straps of the ledger. All functions let apsw.Error pass as it comes."""

from __future__ import annotations

import apsw

from biosync.store.ledger.database import transaction
from biosync.store.ledger.kinds import Strap


def number_of_person(connection: apsw.Connection, name: str) -> int:
    """Return the person's number, made now where the ledger does not know them."""
    connection.execute("INSERT INTO person (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
    return int(connection.execute("SELECT number FROM person WHERE name = ?", (name,)).get)


def people(connection: apsw.Connection) -> list[str]:
    """Return everybody's name, in the order of the alphabet."""
    return [str(name) for (name,) in connection.execute("SELECT name FROM person ORDER BY name COLLATE NOCASE")]


def straps(connection: apsw.Connection) -> list[Strap]:
    """Return the straps whose wearers said yes."""
    asked = "SELECT s.name, s.address, p.name FROM strap s JOIN person p ON p.number = s.person ORDER BY 1, 2"
    return [Strap(str(name), str(address), str(person)) for name, address, person in connection.execute(asked)]


def remember(connection: apsw.Connection, strap: Strap) -> None:
    """Keep a strap whose wearer has said yes; the newest wearer counts."""
    with transaction(connection):
        person = number_of_person(connection, strap.person)
        connection.execute(
            "INSERT INTO strap VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET person = excluded.person",
            (strap.name, strap.address, person),
        )
        forget_the_nameless(connection)


def forget_the_nameless(connection: apsw.Connection) -> None:
    """Forget people of whom nothing else is kept."""
    connection.execute(
        "DELETE FROM person WHERE number NOT IN (SELECT person FROM participant)"
        " AND number NOT IN (SELECT person FROM strap)"
    )
