"""The commands as a person runs them."""

import re
import shutil

from django.conf import settings

STRONG = "a-long-enough-one-4"


def test_a_command_asks_for_a_migrated_database_and_migrate_makes_it_once(empty):
    refused = empty.command("audit", "verify")
    assert refused.returncode == 1
    assert "wushe migrate" in refused.stderr

    first, second = empty.command("migrate"), empty.command("migrate")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "migrating" in first.stdout
    assert second.stdout == ""


def test_a_user_is_made_once_and_the_chain_is_sound_after_that(installation):
    words = ("user", "create", "clerk", "--name", "王晓", "--password", STRONG)
    assert installation.command(*words).returncode == 0
    refused = installation.command(*words)
    assert refused.returncode == 1
    assert "clerk" in refused.stderr
    assert installation.command("audit", "verify").returncode == 0


def test_refusals_are_sentences_in_both_languages(installation):
    taken = installation.command("user", "create", "twice", "--name", "王晓", "--password", STRONG)
    assert taken.returncode == 0
    for words, sentences in (
        (("user", "create", "twice", "--name", "王晓", "--password", STRONG), ("twice", "Choose another user name")),
        (
            ("user", "create", "x", "--name", "王晓", "--password", STRONG, "--role", "boss", "--region", "99"),
            ("没有名为 boss", "county_station"),
        ),
        (("targets", "show", "--region", "999999"), ("没有代码为 999999", "regions import")),
        (("regions", "import", "--county", "999999"), ("999999", "No place in today's tree")),
    ):
        refused = installation.command(*words)
        assert refused.returncode == 1
        assert all(part in refused.stderr for part in sentences), refused.stderr
        assert "Traceback" not in refused.stderr


def test_a_weak_password_is_refused(installation):
    words = ("user", "create", "weak", "--name", "王晓", "--password")
    assert installation.command(*words, "12345").returncode == 1
    assert installation.command(*words, STRONG).returncode == 0


def test_the_doctor_finds_the_database_well_and_stops_it_again(installation):
    examined = installation.command("doctor")
    assert "✓ 审计链" in examined.stdout
    assert not installation.database.is_running()


def test_a_newer_version_of_the_system_brings_its_law_and_its_defaults(installation, tmp_path):
    shutil.copytree(settings.POLICIES, tmp_path / "policies")
    older = tmp_path / "policies" / "platform" / "pack.yaml"
    text = older.read_text(encoding="utf-8")
    newest = re.search(r'^version: "(.+)"$', text, re.MULTILINE)[1]
    older.write_text(text.replace(f'version: "{newest}"', 'version: "0.0.1"'), encoding="utf-8")
    assert installation.command("pack", "load", str(older.parent)).returncode == 0

    first, second = installation.command("migrate"), installation.command("migrate")
    assert f"loading platform {newest}" in first.stdout
    assert (first.returncode, second.returncode, second.stdout) == (0, 0, "")
