"""The database inside an Anki package: its tables, and the few settings that Anki asks for.

This is the form that Anki 2 wrote first (schema 11) and that every later one reads. Of its settings
only what an import needs is given; the rest is each learner's own.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from typing import Any

_SCHEMA = """
create table col (id integer primary key, crt integer not null, mod integer not null,
  scm integer not null, ver integer not null, dty integer not null, usn integer not null,
  ls integer not null, conf text not null, models text not null, decks text not null,
  dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null,
  mod integer not null, usn integer not null, tags text not null, flds text not null,
  sfld integer not null, csum integer not null, flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null,
  ord integer not null, mod integer not null, usn integer not null, type integer not null,
  queue integer not null, due integer not null, ivl integer not null, factor integer not null,
  reps integer not null, lapses integer not null, left integer not null, odue integer not null,
  odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null,
  ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null,
  time integer not null, type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
"""
_DAY = 1_700_000_000  # seconds; only where Anki asks for a beginning


@dataclass(frozen=True)
class NoteType:
    """A kind of note: its fields, and the two sides of its one card. Anki knows it by *id*."""

    id: int
    name: str
    fields: tuple[str, ...]
    front: str
    back: str
    css: str


@dataclass(frozen=True)
class Note:
    """One note. *guid* is what Anki knows it by: a note with a guid that it has replaces it."""

    guid: str
    deck: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]


def stable(name: str) -> int:
    """A number of 13 digits, as Anki's identifiers have, that always is the same for a name."""
    return 1_000_000_000_000 + int(hashlib.sha256(name.encode()).hexdigest()[:10], 16) % 10**12


def database(kind: NoteType, notes: Iterable[Note], now: int) -> bytes:
    """The collection with these notes, one new card each, all changed at *now* (seconds)."""
    notes = list(notes)
    with closing(sqlite3.connect(":memory:")) as base:
        base.executescript(_SCHEMA)
        base.execute(f"insert into col values ({_marks(13)})", _collection(kind, notes, now))
        for at, note in enumerate(notes):
            id = stable(note.guid)
            tags = f" {' '.join(note.tags)} "
            first = note.fields[0]
            sum = int(hashlib.sha1(first.encode(), usedforsecurity=False).hexdigest()[:8], 16)
            row = (id, note.guid, kind.id, now, -1, tags, "\x1f".join(note.fields), first, sum)
            base.execute(f"insert into notes values ({_marks(11)})", (*row, 0, ""))
            card = (id, id, stable(note.deck), 0, now, -1, 0, 0, at + 1)
            base.execute(f"insert into cards values ({_marks(18)})", (*card, *[0] * 8, ""))
        base.commit()
        return base.serialize()


def _marks(count: int) -> str:
    return ", ".join("?" * count)


def _collection(kind: NoteType, notes: list[Note], now: int) -> tuple[Any, ...]:
    names = ("Default", *dict.fromkeys(note.deck for note in notes))
    decks = {str(deck["id"]): deck for deck in (_deck(name, now) for name in names)}
    models = {str(kind.id): _model(kind, now)}
    texts = (json.dumps(part) for part in ({}, models, decks, {}, {}))
    return (1, _DAY, now * 1000, _DAY * 1000, 11, 0, 0, 0, *texts)


def _deck(name: str, now: int) -> dict[str, Any]:
    return {
        "id": 1 if name == "Default" else stable(name),
        "name": name,
        "mod": now,
        "usn": -1,
        "desc": "",
        "dyn": 0,
        "conf": 1,
        "collapsed": False,
        "extendNew": 0,
        "extendRev": 0,
        **{f"{day}Today": [0, 0] for day in ("new", "rev", "lrn", "time")},
    }


def _model(kind: NoteType, now: int) -> dict[str, Any]:
    look = {"font": "Arial", "size": 20, "rtl": False, "sticky": False, "media": []}
    return {
        "id": kind.id,
        "name": kind.name,
        "type": 0,
        "mod": now,
        "usn": -1,
        "sortf": 0,
        "did": 1,
        "css": kind.css,
        "flds": [{"name": name, "ord": at, **look} for at, name in enumerate(kind.fields)],
        "tmpls": [
            {"name": "Card 1", "ord": 0, "qfmt": kind.front, "afmt": kind.back, "did": None,
             "bqfmt": "", "bafmt": ""}
        ],
        "req": [[0, "any", [0]]],
        "latexPre": "",
        "latexPost": "",
        "tags": [],
        "vers": [],
    }  # fmt: skip
