"""What is stored about a learner, shown to that learner; and how it is deleted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from poems_course.progress import backups, repair, segments, store
from poems_course.progress.errors import explain_os
from poems_course.progress.event import Event
from poems_course.progress.log import Log
from poems_course.progress.transfer import export, import_

__all__ = ["as_data", "delete", "export", "import_", "show"]

_NO_LESSON = "other"


def as_data(log: Log) -> dict[str, Any]:
    """The summary as plain data. A question counts as right if its first answer was right."""
    events = log.events()
    answers = [event for event in events if event.kind == "answered"]
    lessons = sorted({_lesson(event) for event in answers})
    return {
        "folder": str(log.folder),
        "entries": len(events),
        "first": events[0].utc if events else None,
        "last": events[-1].utc if events else None,
        **_tally(answers),
        "lessons": {name: _tally([e for e in answers if _lesson(e) == name]) for name in lessons},
        "warnings": list(log.warnings),
    }


def _lesson(event: Event) -> str:
    return str(event.payload.get("lesson") or _NO_LESSON)


def _tally(answers: list[Event]) -> dict[str, int]:
    first: dict[str, Event] = {}
    for answer in answers:
        first.setdefault(answer.item_id, answer)
    right = sum(answer.payload.get("correct") is True for answer in first.values())
    return {"answers": len(answers), "questions": len(first), "right_at_first": right}


def show(log: Log) -> str:
    """The summary as text for people."""
    data = as_data(log)
    if not data["entries"]:
        lines = ["Nothing is stored yet."]
    else:
        days = f"{data['first'][:10]} to {data['last'][:10]}"
        lines = [f"Entries   {data['entries']}, from {days}", f"Answers   {_sentence(data)}"]
    for lesson, tally in data["lessons"].items():
        lines.append(
            f"  {f'lesson {lesson}' if lesson != _NO_LESSON else lesson}: {_sentence(tally)}"
        )
    lines += [f"Stored in {data['folder']}, on this computer only, without a name."]
    return "\n".join(lines + [f"Note: {warning}" for warning in data["warnings"]])


def _sentence(tally: dict[str, Any]) -> str:
    return (
        f"{_count(tally['answers'], 'answer')} to {_count(tally['questions'], 'question')}, "
        f"{tally['right_at_first']} right at the first attempt"
    )


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def delete(log: Log, confirmed: bool) -> str:
    """Deletes everything stored in the log's folder, if *confirmed*; says what, in both cases.

    Files of others in that folder are left alone. Raises ProgressError.
    """
    entries = len(log.events())
    files = _files(log.folder)
    what = (
        f"{_count(entries, 'entry', 'entries')} in {log.folder}: the database, "
        f"{_count(len(files['backups']), 'backup')}, {_count(len(files['segments']), 'segment')}, "
        f"{_count(len(files['damaged']), 'file')} set aside as damaged"
    )
    if not confirmed:
        return f"This would delete {what}. Nothing has been deleted."
    try:
        _remove(log, files)
    except OSError as error:
        raise explain_os(error, log.folder) from error
    return f"Deleted {what}."


def _files(folder: Path) -> dict[str, list[Path]]:
    return {
        "backups": backups.paths(folder),
        "segments": segments.paths(folder),
        "damaged": repair.paths(folder),
    }


def _remove(log: Log, files: dict[str, list[Path]]) -> None:
    with store.locked(log.folder):
        # The database last: gone while there are copies, it would be restored from them.
        copies = [path for paths in files.values() for path in paths]
        for path in [*copies, *repair.companions(log.path), log.path]:
            path.unlink(missing_ok=True)
        for name in (backups.FOLDER, segments.FOLDER):
            folder = log.folder / name
            for unfinished in folder.glob("*.new"):
                unfinished.unlink()
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()
