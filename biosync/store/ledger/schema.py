"""The version of the ledger's tables, and the steps that lead from each version to the next."""

from __future__ import annotations

from biosync.store.ledger.schema_first import FIRST as FIRST

VERSION = 3

_TO_2 = """
-- Made-up hearts are people of their own, so that they never stand in a real person's trends.
CREATE TABLE person_2 (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    simulated INTEGER NOT NULL,
    UNIQUE (name, simulated)
) STRICT;
INSERT INTO person_2 SELECT number, name, 0 FROM person
    WHERE number NOT IN (SELECT person FROM participant WHERE origin = 'simulated')
    OR number IN (SELECT person FROM participant WHERE origin <> 'simulated')
    OR number IN (SELECT person FROM strap);
INSERT INTO person_2 (name, simulated) SELECT name, 1 FROM person
    WHERE number IN (SELECT person FROM participant WHERE origin = 'simulated') ORDER BY number;
UPDATE participant SET person = (
    SELECT made_up.number FROM person one JOIN person_2 made_up ON made_up.name = one.name AND made_up.simulated = 1
    WHERE one.number = participant.person
) WHERE origin = 'simulated';
DROP TABLE person;
ALTER TABLE person_2 RENAME TO person;

-- A strap is known by its serial wherever that could be read: addresses change.
ALTER TABLE strap ADD COLUMN serial TEXT;
CREATE UNIQUE INDEX strap_serial ON strap (name, serial);

-- Who takes part from the middle on was not there at the start, and has no circle of then.
ALTER TABLE participant ADD COLUMN joined INTEGER NOT NULL DEFAULT 0;
-- What was known of them before the session, so that their cue starts from it again in a replay.
ALTER TABLE participant ADD COLUMN resonance_bpm REAL;
ALTER TABLE participant ADD COLUMN resonance_sd_bpm REAL;
ALTER TABLE cue ADD COLUMN people TEXT;  -- JSON, participants; null: the circle's, as it was at the start
ALTER TABLE cue ADD COLUMN resonance_bpm REAL;
ALTER TABLE cue ADD COLUMN resonance_sd_bpm REAL;
CREATE TABLE coming (                 -- who joined (with an origin) or left (without) in the middle
    session INTEGER NOT NULL REFERENCES session,
    seq INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    t REAL NOT NULL,
    participant INTEGER NOT NULL,
    origin TEXT,
    device TEXT,
    delay_s REAL,
    delay_uncertainty_s REAL,
    company TEXT,                     -- JSON, participants whose cue they share from then on
    resonance_bpm REAL,
    resonance_sd_bpm REAL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

ALTER TABLE interval ADD COLUMN t_uncertainty_s REAL NOT NULL DEFAULT 0;
ALTER TABLE consent ADD COLUMN shown TEXT NOT NULL DEFAULT '[]';  -- JSON: what a coach may see

CREATE TABLE resonance (              -- where the heart of one alone swings most, as this session alone measured it
    session INTEGER NOT NULL REFERENCES session,
    participant INTEGER NOT NULL,
    t REAL NOT NULL,                  -- when the last breath was measured
    bpm REAL NOT NULL,
    sd_bpm REAL NOT NULL,
    PRIMARY KEY (session, participant)
) STRICT, WITHOUT ROWID;

-- What can be made again at any time, kept because making it takes a while.
CREATE TABLE derived (
    session INTEGER NOT NULL REFERENCES session,
    participant INTEGER NOT NULL,     -- -1: all together
    kind TEXT NOT NULL,
    version TEXT NOT NULL,            -- of the figures
    rows INTEGER NOT NULL,            -- the session's, when it was made
    value TEXT NOT NULL,              -- JSON
    PRIMARY KEY (session, participant, kind)
) STRICT, WITHOUT ROWID;
"""

_TO_3 = """
-- A marker may be written down after the moment that it marks.
ALTER TABLE said ADD COLUMN at_t REAL;

CREATE TABLE note (                   -- what was noted down about one who took part, the newest only
    session INTEGER NOT NULL REFERENCES session,
    participant INTEGER NOT NULL,
    t REAL NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (session, participant)
) STRICT, WITHOUT ROWID;
"""

MIGRATIONS: dict[int, str] = {1: _TO_2, 2: _TO_3}
"""SQL that leads from the version to the next; ``tests/golden`` holds a ledger of every past version.

A new ledger takes the same way, from ``FIRST`` on: so it can't differ from one that was led forward.
"""

RAW_TABLES = {
    "notification": 6,
    "interval": 9,
    "link": 8,
    "said": 8,
    "worn": 8,
    "coming": 12,
    "cue": 14,
}
"""The tables with a row for everything a session took in, and how many columns they have."""

SESSION_TABLES = ("participant", "consent", "source", *RAW_TABLES, "resonance", "note", "derived")
"""The tables whose rows belong to one session."""

TABLES = ("person", "strap", "session", *SESSION_TABLES, "chore")
