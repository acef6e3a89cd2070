"""Logs as one JSON object a line, without personal data: our messages are constants, the rest is ids, counts and places in code."""

import json
import logging
from pathlib import PurePath
from traceback import extract_tb

EXTRA = ("status_code", "method", "route", "refusal", "duration_ms")


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, the named extras, and the exception's type and place.

    Messages of other people's loggers are shown without their arguments, exceptions without their text: paths and values stand in both.
    """

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if record.name.startswith("wushe") else str(record.msg),
        }
        entry |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        if match is not None:
            entry["route"] = match.route
        if record.exc_info and record.exc_info[1]:
            entry["exception"] = _chain(record.exc_info[1])
        return json.dumps(entry, ensure_ascii=False, default=str)


def _chain(error: BaseException) -> list[str]:
    """The exception, then what caused it: each with its type and the way to it, innermost last."""
    told = []
    step: BaseException | None = error
    while step is not None:
        places = " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in extract_tb(step.__traceback__))
        told.append(f"{type(step).__qualname__} at {places}")
        step = step.__cause__ or step.__context__
    return told
