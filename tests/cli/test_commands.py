import os
import subprocess
import sys
from contextlib import nullcontext

import pytest
from typer.testing import CliRunner

from wushe.cli import GROUPS, app
from wushe.cli import daily as daily_command
from wushe.config.wiring import DAILY
from wushe.kernel import daily
from wushe.kernel.daily import DailyWork
from wushe.kernel.models import DailyRun


@pytest.mark.parametrize("words", [[], *[[word] for _, word in GROUPS if word]])
def test_every_group_explains_itself(words):
    shown = CliRunner().invoke(app, [*words, "--help"])
    assert shown.exit_code == 0
    assert "Commands" in shown.output


@pytest.mark.django_db(transaction=True)
def test_the_daily_work_is_done_by_hand_once_and_says_so(monkeypatch):
    monkeypatch.setattr(daily_command, "opened", nullcontext)
    first, second = (CliRunner().invoke(app, ["daily"]) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert [f"done: {work.name}" in first.output for work in DAILY] == [True] * len(DAILY)
    assert "everything of today is done already" in second.output
    assert {run.work for run in DailyRun.objects.all()} == {"duties", "remedies", "leaders", "offices", "free_rooms", "kept_forms"}
    broken = DailyWork("broken", lambda *, at: 1 // 0)
    monkeypatch.setattr(daily, "_works", [broken])
    failed = CliRunner().invoke(app, ["daily"])
    assert failed.exit_code == 1
    assert "broken" in failed.output


@pytest.mark.parametrize("port", ["0", "65536", "-1", "x"])
def test_a_port_that_there_is_not_is_refused_before_anything_starts(port):
    refused = CliRunner().invoke(app, ["serve"], env={"PORT": port})
    assert refused.exit_code == 2
    assert "PORT" in refused.output


def test_a_pack_is_not_checked_under_settings_that_cannot_be(tmp_path):
    environment = {name: value for name, value in os.environ.items() if not name.startswith("WUSHE_")} | {"WUSHE_ENV": "prod"}
    command = [sys.executable, "-m", "wushe.cli", "pack", "check", str(tmp_path)]
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert "WUSHE_ENV" in refused.stderr
    assert "Traceback" not in refused.stderr
