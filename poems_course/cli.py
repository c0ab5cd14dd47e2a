"""The command ``poems``: runs one verb and turns what goes wrong into one line and an exit code.

A wrong verb, file or field gets one line on stderr and exit code 2; a fault of the course, 3.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Sequence

from poems_course.arguments import parse
from poems_course.content import PoemsError
from poems_course.verbs import RUN


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one verb; the exit code."""
    for stream in (sys.stdout, sys.stderr):  # a Windows console may be set to a narrow code page
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    read = parse(sys.argv[1:] if arguments is None else arguments)
    try:
        code = RUN[read.verb](read)
        print(end="", flush=True)  # what cannot be printed shows here, not after the end
    except PoemsError as error:
        return _end(2, str(error))
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("POEMS_DEBUG"):
            raise
        if isinstance(error, OSError):  # a disk, a path, a permission: the computer's, not ours
            parts = (error.filename, error.strerror or error)
            return _end(2, ": ".join(str(part) for part in parts if part))
        what = f"{type(error).__name__}: {error} (POEMS_DEBUG=1 shows where)"
        return _end(3, f"a fault of the course, please report it: {what}")
    return code


def _end(code: int, line: str) -> int:
    with contextlib.suppress(OSError):
        print("poems:", " ".join(line.split()), file=sys.stderr)
    return code
