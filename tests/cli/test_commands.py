import pytest
from typer.testing import CliRunner

from wushe.cli import GROUPS, app


@pytest.mark.parametrize("words", [[], *[[word] for _, word in GROUPS if word]])
def test_every_group_explains_itself(words):
    shown = CliRunner().invoke(app, [*words, "--help"])
    assert shown.exit_code == 0
    assert "Commands" in shown.output
