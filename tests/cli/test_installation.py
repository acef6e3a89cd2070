"""The commands as a person runs them, one after another on one installation that begins empty."""


def test_a_command_asks_for_a_migrated_database(installation):
    refused = installation.command("audit", "verify")
    assert refused.returncode == 1
    assert "wushe migrate" in refused.stderr


def test_migrate_says_how_much_there_is_to_do_and_then_nothing(installation):
    first, second = installation.command("migrate"), installation.command("migrate")
    assert (first.returncode, second.returncode) == (0, 0)
    assert "migrating" in first.stdout
    assert "migrating" not in second.stdout


def test_a_user_is_made_once(installation):
    words = ("user", "create", "clerk", "--name", "王晓", "--password", "a-long-enough-one-4")
    assert installation.command(*words).returncode == 0
    refused = installation.command(*words)
    assert refused.returncode == 1
    assert "clerk" in refused.stderr


def test_a_weak_password_is_refused(installation):
    refused = installation.command("user", "create", "weak", "--name", "王晓", "--password", "12345")
    assert refused.returncode == 1
    assert installation.command("user", "create", "weak", "--name", "王晓", "--password", "a-long-enough-one-4").returncode == 0


def test_the_audit_chain_is_sound_after_that(installation):
    verified = installation.command("audit", "verify")
    assert verified.returncode == 0
    assert "2 entries" in verified.stdout


def test_the_doctor_finds_the_database_well(installation):
    examined = installation.command("doctor")
    assert "✓ 审计链" in examined.stdout


def test_no_command_leaves_the_database_running(installation):
    assert not installation.database.is_running()
