"""What lies around the lessons: the way to the next one, and the glossary as a page."""

from __future__ import annotations

import json
import re
from pathlib import Path

from poems_course.content import PoemsError
from poems_course.evidence import glossary

GLOSSARY = "glossary.md"
CELL = "onward"  # the id of the last cell of every lesson
_TITLE = re.compile(r"^#\s+(?:[0-9]{2}\s+)?(.+?)\s*$", re.MULTILINE)


def onward(path: Path, paths: list[Path]) -> str:
    """The last cell of the lesson at *path*: links to its neighbours among *paths*."""
    at = paths.index(path)
    back, on = paths[at - 1] if at else None, paths[at + 1] if at + 1 < len(paths) else None
    links = [
        f"Next: [lesson {on.stem[:2]}, {lesson_title(on)}]({on.name})" if on else "",
        f"Before: [lesson {back.stem[:2]}, {lesson_title(back)}]({back.name})" if back else "",
        "[All lessons](README.md)",
        f"[Glossary]({GLOSSARY})",
    ]
    return " · ".join(link for link in links if link)


def lesson_title(path: Path) -> str:
    """The title of a lesson without its number. Raises PoemsError where it has none."""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"])
        if cell["cell_type"] == "markdown" and (found := _TITLE.search(text)):
            return found[1]
    raise PoemsError(f"{path.name}: there is no title")


def glossary_page() -> str:
    """The words of the course with their meaning and the American spelling, as markdown."""
    lines = [
        "# The words of the course",
        "",
        "Each is explained where a lesson first uses it, and again here. American spelling in"
        " brackets.",
        "",
    ]
    for term in sorted(glossary().values(), key=lambda term: term.term.casefold()):
        american = f" (American: {term.american})" if term.american else ""
        lines.append(f'- <a id="{term.id}"></a>**{term.term}**{american}: {term.definition}')
    return "\n".join([*lines, "", "[All lessons](README.md)", ""])
