"""Logs as one JSON object a line, without personal data: our messages are constants, the rest is ids, counts and places in code."""

import json
import logging
import re
from http.client import responses
from pathlib import PurePath
from traceback import extract_tb

PLACEHOLDER = re.compile(r"%%|%(?:\(\w+\))?[-+#0 ]*\d*(?:\.\d+)?[a-zA-Z]")
EXTRA = ("status_code", "method", "route", "refusal", "duration_ms")


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, the named extras, and the exception's type and place.

    Messages of other people's loggers are shown without their arguments but the name of an answer's status, exceptions without their
    text: paths and values stand in both.
    """

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if record.name.startswith("wushe") else _without_values(record),
        }
        entry |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        if match is not None:
            entry["route"] = match.route
        if record.exc_info and record.exc_info[1]:
            entry["exception"] = _chain(record.exc_info[1])
        return json.dumps(entry, ensure_ascii=False, default=str)


def _without_values(record: logging.LogRecord) -> str:
    status = responses.get(getattr(record, "status_code", 0))
    given = iter(record.args if isinstance(record.args, tuple) else ())

    def shown(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        return status if status and next(given, None) == status else "…"

    return PLACEHOLDER.sub(shown, str(record.msg))


def _chain(error: BaseException) -> list[str]:
    """The exception, then what caused it: each with its type and the way to it, innermost last."""
    told = []
    step: BaseException | None = error
    while step is not None:
        places = " > ".join(f"{PurePath(frame.filename).name}:{frame.lineno}" for frame in extract_tb(step.__traceback__))
        told.append(f"{type(step).__qualname__} at {places}")
        step = step.__cause__ or step.__context__
    return told
