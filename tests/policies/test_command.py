import re

from django.conf import settings
from typer.testing import CliRunner

from wushe.cli.packs import app


def test_check_counts_what_a_sound_pack_holds():
    result = CliRunner().invoke(app, ["check", str(settings.POLICIES / "meixian-2022")])
    assert result.exit_code == 0
    # values and code lists count those of the layers below too, which grow by themselves
    assert re.fullmatch(r"meixian-2022@1\.5\.0: \d+ values, \d+ code lists, 20 targets; 35 tests passed\n", result.stdout)


def test_check_names_the_line_of_what_is_wrong(tmp_path):
    (tmp_path / "pack.yaml").write_text("format: 2\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["check", str(tmp_path)])
    assert result.exit_code == 1
    assert f"{tmp_path / 'pack.yaml'}:1: format: 1 was expected" in result.stderr.splitlines()
