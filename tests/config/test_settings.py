import os
import subprocess
import sys

import pytest

from wushe.config.settings import database_from

SHOWN = "import wushe.config.settings as settings; print(settings.SECURE_PROXY_SSL_HEADER)"
GOOD = {"WUSHE_ENV": "production", "WUSHE_SECRET_KEY": "a" * 40, "WUSHE_FIELD_KEY": "b" * 40}


def start(shown: str = SHOWN, /, **environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WUSHE_")}
    command = [sys.executable, "-c", shown]
    return subprocess.run(command, env=clean | environment, capture_output=True, text=True, check=False)


def test_production_starts_with_secrets_of_its_own():
    assert start(**GOOD).returncode == 0


def test_development_starts_without_any():
    assert start().returncode == 0


def test_host_names_may_have_spaces_between_them():
    shown = "import wushe.config.settings as settings; print(settings.ALLOWED_HOSTS)"
    assert start(shown, WUSHE_HOSTS="a.cn, b.cn,").stdout.strip() == "['a.cn', 'b.cn']"


def test_what_the_address_of_the_database_asks_for_reaches_it():
    found = database_from("postgresql://me:p%40ss@db.example:5433/wushe?sslmode=verify-full&options=-c%20search_path%3Dw")
    assert (found["HOST"], found["PORT"], found["USER"], found["PASSWORD"]) == ("db.example", "5433", "me", "p@ss")
    assert found["OPTIONS"]["sslmode"] == "verify-full"
    assert found["OPTIONS"]["options"].startswith("-c search_path=w -c statement_timeout=")
    assert database_from("postgresql://me@/wushe?host=/socket")["HOST"] == "/socket"


def test_https_is_recognised_behind_a_proxy_and_only_there():
    assert start(**GOOD).stdout.strip() == "None"
    assert start(**GOOD, WUSHE_PROXIES="1").stdout.strip() == "('HTTP_X_FORWARDED_PROTO', 'https')"


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"WUSHE_SECRET_KEY": ""}, "WUSHE_SECRET_KEY"),
        ({"WUSHE_SECRET_KEY": "short"}, "WUSHE_SECRET_KEY"),
        ({"WUSHE_FIELD_KEY": "development-only-secret-that-production-refuses"}, "WUSHE_FIELD_KEY"),
        ({"WUSHE_FIELD_KEY": "a" * 40}, "two different"),
        ({"WUSHE_DEBUG": "1"}, "WUSHE_DEBUG"),
        ({"WUSHE_DEMO": "1"}, "WUSHE_DEMO"),
        ({"WUSHE_ENV": "prod"}, "WUSHE_ENV"),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL"),
        ({"DATABASE_URL": "postgresql://x:port/y"}, "DATABASE_URL"),
        ({"WUSHE_PROXIES": "one"}, "WUSHE_PROXIES"),
        ({"WUSHE_FILE_MAX_MB": "20 MB"}, "WUSHE_FILE_MAX_MB"),
        ({"WUSHE_LOG": "loud"}, "WUSHE_LOG"),
    ],
)
def test_production_refuses_what_is_unsafe_and_names_it(wrong, named):
    refused = start(**GOOD | wrong)
    assert refused.returncode == 1
    assert named in refused.stderr.splitlines()[-1]
