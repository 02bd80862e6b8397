"""The people and the straps of the ledger. All functions let apsw.Error pass as it comes."""

from __future__ import annotations

import apsw

from biosync.store.ledger.database import transaction
from biosync.store.ledger.kinds import Strap


def number_of_person(connection: apsw.Connection, name: str, simulated: bool) -> int:
    """Return the person's number, made now where the ledger does not know them; a made-up heart of the same name is
    somebody else."""
    values = (name, int(simulated))
    connection.execute("INSERT INTO person (name, simulated) VALUES (?, ?) ON CONFLICT DO NOTHING", values)
    return int(connection.execute("SELECT number FROM person WHERE name = ? AND simulated = ?", values).get)


def people(connection: apsw.Connection) -> list[str]:
    """Return everybody's name, made-up ones too, in the order of the alphabet."""
    asked = "SELECT DISTINCT name FROM person ORDER BY name COLLATE NOCASE"
    return [str(name) for (name,) in connection.execute(asked)]


def straps(connection: apsw.Connection) -> list[Strap]:
    """Return the straps whose wearers said yes."""
    asked = (
        "SELECT s.name, s.address, p.name, s.serial FROM strap s JOIN person p ON p.number = s.person ORDER BY 1, 2"
    )
    return [Strap(*row) for row in connection.execute(asked)]


def remember(connection: apsw.Connection, strap: Strap) -> None:
    """Keep a strap whose wearer has said yes; the newest wearer and the newest address count."""
    with transaction(connection):
        person = number_of_person(connection, strap.person, simulated=False)
        here = (strap.name, strap.address)
        known = connection.execute("SELECT serial FROM strap WHERE name = ? AND address = ?", here).get
        serial = known if strap.serial is None else strap.serial
        # It may be known at another address, and another strap at this one; an address belongs to one strap alone.
        connection.execute("DELETE FROM strap WHERE name = ? AND (address = ? OR serial = ?)", (*here, serial))
        connection.execute("INSERT INTO strap VALUES (?, ?, ?, ?)", (*here, person, serial))
        forget_the_nameless(connection)


def forget_the_nameless(connection: apsw.Connection) -> None:
    """Forget people of whom nothing else is kept."""
    connection.execute(
        "DELETE FROM person WHERE number NOT IN (SELECT person FROM participant)"
        " AND number NOT IN (SELECT person FROM strap)"
    )
