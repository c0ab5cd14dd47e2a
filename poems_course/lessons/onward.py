"""What lies around the lessons: the way to the next one, and the glossary as a page."""

from __future__ import annotations

from pathlib import Path

from poems_course.evidence import glossary
from poems_course.folder import lesson_title

GLOSSARY = "glossary.md"
PRACTICE = "practice.ipynb"
CELL = "onward"  # the id of the last cell of every lesson


def onward(path: Path, paths: list[Path]) -> str:
    """The last cell of the lesson at *path*: links to its neighbours among *paths*, and to practice
    where that lies beside it."""
    at = paths.index(path)
    back, on = paths[at - 1] if at else None, paths[at + 1] if at + 1 < len(paths) else None
    links = [
        f"Next: [lesson {on.stem[:2]}, {lesson_title(on)}]({on.name})" if on else "",
        f"Before: [lesson {back.stem[:2]}, {lesson_title(back)}]({back.name})" if back else "",
        "[All lessons](README.md)",
        f"[Practice]({PRACTICE})" if (path.parent / PRACTICE).exists() else "",
        f"[Glossary]({GLOSSARY})",
    ]
    return " · ".join(link for link in links if link)


def glossary_page() -> str:
    """The words of the course with their meaning and the American spelling, as markdown."""
    lines = [
        "# The words of the course",
        "",
        "Most are explained where a lesson first uses them, and again here. American spelling in"
        " brackets.",
        "",
    ]
    for term in sorted(glossary().values(), key=lambda term: term.term.casefold()):
        american = f" (American: {term.american})" if term.american else ""
        lines.append(f'- <a id="{term.id}"></a>**{term.term}**{american}: {term.definition}')
    return "\n".join([*lines, "", "[All lessons](README.md)", ""])
