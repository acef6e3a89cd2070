import json
import logging
import sys

from wushe.config.logs import JsonFormatter


def line(name: str, message: str, *arguments: object, exc_info: object = None, **extra: object) -> dict[str, object]:
    record = logging.LogRecord(name, logging.ERROR, __file__, 1, message, arguments, exc_info)
    vars(record).update(extra)
    return json.loads(JsonFormatter().format(record))


def fail_twice() -> None:
    try:
        {}["13800000000"]
    except KeyError as error:
        raise ValueError("13900000000") from error


def test_an_exception_is_told_by_type_and_place_without_its_text():
    try:
        fail_twice()
    except ValueError:
        told = line("wushe.web", "action failed", exc_info=sys.exc_info())
    assert [step.split(" at ")[0] for step in told["exception"]] == ["ValueError", "KeyError"]
    assert "test_logs.py" in told["exception"][0]
    assert "1390" not in str(told)
    assert "1380" not in str(told)


def test_a_foreign_message_is_shown_without_the_path_in_it():
    assert line("django.request", "%s: %s", "Not Found", "/status/RECEIPT", status_code=404)["message"] == "Not Found: …"
    assert line("django.security.csrf", "Forbidden (%s): %s", "token missing", "/status/RECEIPT")["message"] == "Forbidden (…): …"
    assert line("pool", "%(count)5d of %.1f %% are free", {"count": 13800000000})["message"] == "… of … % are free"


def test_our_messages_are_shown_whole():
    assert line("wushe.cli", "%d rows", 3)["message"] == "3 rows"
