"""The tables of the ledger's first version; ``schema`` leads them to the present one."""

from __future__ import annotations

FIRST = """
CREATE TABLE person (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
CREATE TABLE strap (
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    person INTEGER NOT NULL REFERENCES person,
    PRIMARY KEY (name, address)
) STRICT, WITHOUT ROWID;
CREATE TABLE session (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    started TEXT NOT NULL,            -- ISO 8601, UTC
    state INTEGER NOT NULL,           -- 0 running, 1 ended, 2 cut off
    duration_s REAL NOT NULL,
    ticks INTEGER NOT NULL,           -- whole seconds that the engine was told of
    rows INTEGER NOT NULL,            -- the highest seq in use, and one
    simulated INTEGER NOT NULL,
    version TEXT NOT NULL,            -- of the biosync which recorded it
    settings TEXT,                    -- the pacer's, JSON
    unkept INTEGER NOT NULL           -- events that could not be written
) STRICT;
CREATE TABLE participant (
    session INTEGER NOT NULL REFERENCES session,
    number INTEGER NOT NULL,
    person INTEGER NOT NULL REFERENCES person,
    circle INTEGER NOT NULL,          -- who breathes to one cue
    place INTEGER NOT NULL,           -- in the circle
    origin TEXT NOT NULL,
    device TEXT NOT NULL,
    delay_s REAL NOT NULL,
    delay_uncertainty_s REAL NOT NULL,
    beats INTEGER NOT NULL,           -- labelled
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE consent (
    session INTEGER NOT NULL REFERENCES session,
    number INTEGER NOT NULL,
    participant INTEGER NOT NULL,
    sharing TEXT NOT NULL,
    agreed TEXT NOT NULL,
    at TEXT NOT NULL,                 -- ISO 8601, UTC
    guardian TEXT,
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE source (
    session INTEGER NOT NULL REFERENCES session,
    number INTEGER NOT NULL,
    participant INTEGER NOT NULL,
    device TEXT NOT NULL,
    characteristic TEXT NOT NULL,
    PRIMARY KEY (session, number)
) STRICT, WITHOUT ROWID;
-- In all that follows, seq is the order in which the session took things in, over all tables together, and ticks how
-- many whole seconds it had been told of by then.
CREATE TABLE notification (
    session INTEGER NOT NULL REFERENCES session,
    seq INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    t REAL NOT NULL,
    source INTEGER NOT NULL,
    payload BLOB NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE interval (
    session INTEGER NOT NULL REFERENCES session,
    seq INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    t REAL NOT NULL,
    participant INTEGER NOT NULL,
    rr_ms BLOB NOT NULL,              -- doubles, little-endian
    beat_t REAL,
    gap INTEGER NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE link (
    session INTEGER NOT NULL REFERENCES session,
    seq INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    t REAL NOT NULL,
    participant INTEGER NOT NULL,
    state TEXT NOT NULL,
    why TEXT NOT NULL,
    battery_percent INTEGER,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE said (
    session INTEGER NOT NULL REFERENCES session,
    seq INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    t REAL NOT NULL,
    participant INTEGER,              -- null: all
    marker INTEGER NOT NULL,          -- 1: a marker, 0: said to the pacer
    text TEXT NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE worn (
    session INTEGER NOT NULL REFERENCES session,
    seq INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    participant INTEGER NOT NULL,
    origin TEXT NOT NULL,
    device TEXT NOT NULL,
    delay_s REAL NOT NULL,
    delay_uncertainty_s REAL NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE cue (
    session INTEGER NOT NULL REFERENCES session,
    seq INTEGER NOT NULL,
    ticks INTEGER NOT NULL,
    t REAL NOT NULL,
    circle INTEGER NOT NULL,
    rate_bpm REAL NOT NULL,
    phase REAL NOT NULL,
    inhale_fraction REAL NOT NULL,
    stage TEXT NOT NULL,
    strength REAL NOT NULL,
    why TEXT NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE chore (
    name TEXT PRIMARY KEY             -- wipe: free pages still hold what was deleted
) STRICT, WITHOUT ROWID;
"""
