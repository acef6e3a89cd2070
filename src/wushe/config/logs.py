"""Logs as one JSON object a line, without personal data: messages are constants, values are ids and counts."""

import json
import logging

EXTRA = ("status_code", "method", "route", "refusal", "duration_ms")


class JsonFormatter(logging.Formatter):
    """Time, level, logger, message, the named extras, and the exception's type and place."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        entry |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info and record.exc_info[0]:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)
