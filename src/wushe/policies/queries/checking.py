"""Everything that can be said of a pack before it is loaded."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wushe.policies.errors import PackInvalid
from wushe.policies.queries.policy import Policy
from wushe.policies.queries.proving import failures
from wushe.policies.rules import TESTS_FILE, contradictions, read_file, read_folder


@dataclass(frozen=True, slots=True)
class Report:
    """What a sound pack holds, with what it takes from its bases."""

    pack: str
    values: int
    code_lists: int
    targets: int
    tests: int


def check_folder(folder: Path) -> Report:
    """Read, compare and test the pack of a folder. Raises PackInvalid with every problem and its line."""
    stack = read_folder(folder)
    problems = contradictions(stack[0], [source.content for source in stack[1:]])
    path = folder / TESTS_FILE
    tests = read_file(path, schema="tests") if path.is_file() else None
    if tests is not None and not problems:
        problems = failures(stack, tests)
    if problems:
        raise PackInvalid(problems=tuple(problems))
    layers = tuple(source.content for source in stack)
    policy = Policy(layers, date.fromisoformat(layers[0]["valid_from"]))
    return Report(
        pack=policy.pack_version,
        values=len(policy.values()),
        code_lists=len(policy.code_lists()),
        targets=len(policy.targets()),
        tests=len(tests.content["tests"]) if tests else 0,
    )
