"""Every pack that is shipped is sound, and says what it says in both languages."""

import pytest
from django.conf import settings

from wushe.policies.queries import check_folder
from wushe.policies.rules import PACK_FILE, read_folder

FOLDERS = sorted(path.parent for path in settings.POLICIES.glob(f"*/{PACK_FILE}"))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_shipped_pack_is_sound_and_passes_its_own_tests(folder):
    assert check_folder(folder).tests > 0


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_a_folder_has_the_name_of_its_pack(folder):
    assert read_folder(folder)[0].content["code"] == folder.name


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_english_label_is_english(folder):
    def english(node):
        if isinstance(node, dict):
            yield from ([node["en"]] if "en" in node else [])
            for value in node.values():
                yield from english(value)
        elif isinstance(node, list):
            for value in node:
                yield from english(value)

    labels = [label for label in english(read_folder(folder)[0].content) if any("\u4e00" <= letter <= "\u9fff" for letter in label)]
    assert [label for label in labels if not label.startswith(("超过 is strict", "全市试点 means"))] == []
