import os
import subprocess
import sys

import pytest

GOOD = {"WUSHE_ENV": "production", "WUSHE_SECRET_KEY": "a" * 40, "WUSHE_FIELD_KEY": "b" * 40}


def start(**environment: str) -> subprocess.CompletedProcess[str]:
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WUSHE_")}
    shown = "import wushe.config.settings as settings; print(settings.SECURE_PROXY_SSL_HEADER)"
    command = [sys.executable, "-c", shown]
    return subprocess.run(command, env=clean | environment, capture_output=True, text=True, check=False)


def test_production_starts_with_secrets_of_its_own():
    assert start(**GOOD).returncode == 0


def test_development_starts_without_any():
    assert start().returncode == 0


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
    ],
)
def test_production_refuses_what_is_unsafe_and_names_it(wrong, named):
    refused = start(**GOOD | wrong)
    assert refused.returncode == 1
    assert named in refused.stderr.splitlines()[-1]
