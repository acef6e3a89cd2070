"""From the text of a pack to its content, with the line of every part: an author is told where, not only what."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from io import StringIO
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import ConstructorError, RoundTripConstructor
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.reader import ReaderError

from wushe.policies.errors import PackInvalid, Problem
from wushe.policies.rules.layers import stacked

PACK_FILE = "pack.yaml"
TESTS_FILE = "tests.yaml"

TYPE_NAMES = {"object": "a mapping", "array": "a list", "string": "text", "integer": "a whole number", "number": "a number"}


@dataclass(frozen=True)
class Source:
    """A file as it was read: plain content, and the tree that knows the lines."""

    file: str
    content: dict[str, Any]
    tree: Any = field(repr=False)

    @property
    def digest(self) -> str:
        """Equal content has an equal digest, whatever its comments and order of keys."""
        canonical = json.dumps(self.content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()

    def line(self, path: Sequence[str | int]) -> int:
        """The line of the part at the path, or of the nearest part around it."""
        node, line = self.tree, 1
        for step in path:
            try:
                line = node.lc.key(step)[0] + 1 if isinstance(node, CommentedMap) else node.lc.item(step)[0] + 1
                node = node[step]
            except (AttributeError, KeyError, IndexError, TypeError):
                break
        return line

    def problem(self, path: Sequence[str | int], text: str) -> Problem:
        """A problem at the path."""
        return Problem(self.file, self.line(path), text)


class _Constructor(RoundTripConstructor):
    """Says where a value stands that cannot be what it looks like, such as the 30th of February."""

    def construct_object(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 -- ruamel's signature
        """The value of a node. Raises ConstructorError."""
        try:
            return super().construct_object(node, deep)
        except ValueError as error:
            raise ConstructorError(problem=str(error), problem_mark=node.start_mark) from error


def read_file(path: Path, schema: str = "pack") -> Source:
    """Read, parse and validate. Raises PackInvalid with every problem and its line."""
    content = path.read_bytes()
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise PackInvalid(problems=(Problem(str(path), line, "this is not UTF-8 text; save the file as UTF-8"),)) from error
    return read_text(text, str(path), schema)


def read_text(text: str, file: str, schema: str = "pack") -> Source:
    """Parse and validate. Raises PackInvalid with every problem and its line."""
    yaml = YAML(typ="rt")
    yaml.Constructor = _Constructor
    try:
        tree = yaml.load(StringIO(text))
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise PackInvalid(problems=(Problem(file, mark.line + 1 if mark else 1, str(error.problem or error.context)),)) from error
    except ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise PackInvalid(problems=(Problem(file, line, "a character that no text has; delete it"),)) from error
    content = _plain(tree)
    source = Source(file, content if isinstance(content, dict) else {}, tree)
    errors = sorted(_validator(schema).iter_errors(content), key=lambda error: source.line(list(error.absolute_path)))
    if errors:
        raise PackInvalid(problems=tuple(_problem(source, error) for error in errors))
    return source


def read_folder(folder: Path) -> tuple[Source, ...]:
    """The pack in a folder and, from the folders beside it, the packs that it builds on; every pack before its bases."""
    found: dict[str, Source] = {}

    def bases_of(place: str) -> list[str]:
        path = folder.parent / place / PACK_FILE
        if not path.is_file():
            wanted_by = next((source for source in found.values() if place in source.content.get("base", ())), None)
            problem = (
                wanted_by.problem(["base"], f"there is no pack at {path}") if wanted_by else Problem(str(path), 1, "there is no pack here")
            )
            raise PackInvalid(problems=(problem,))
        found[place] = read_file(path)
        bases: list[str] = found[place].content.get("base", [])
        return bases

    return tuple(found[place] for place in stacked([folder.resolve().name], bases_of))


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(key): _plain(value) for key, value in node.items()}
    if isinstance(node, CommentedSeq):
        return [_plain(value) for value in node]
    if isinstance(node, date):
        return node.isoformat()
    for kind in (bool, int, float, str):
        if isinstance(node, kind):
            return kind(node)
    return node


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads((files("wushe.policies.rules") / f"{name}.schema.json").read_text(encoding="utf-8"))
    return Draft202012Validator(schema)


def _problem(source: Source, error: ValidationError) -> Problem:
    path = list(error.absolute_path)
    where = ".".join(str(step) for step in path) or "the pack"
    return source.problem(path, f"{where}: {_say(error)}")


def _say(error: ValidationError) -> str:
    expected: Any = error.validator_value
    schema: Any = error.schema
    instance: Any = error.instance
    match error.validator:
        case "required":
            return f"{', '.join(name for name in expected if name not in instance)} is missing"
        case "enum":
            return f"{instance!r} is not one of {', '.join(map(str, expected))}"
        case "type":
            names = [expected] if isinstance(expected, str) else expected
            return f"{instance!r} should be {' or '.join(TYPE_NAMES.get(name, name) for name in names)}"
        case "additionalProperties":
            unknown = [name for name in instance if name not in schema["properties"]]
            return f"{', '.join(unknown)} is not known here; known are {', '.join(schema['properties'])}"
        case _:
            return str(schema.get("description", error.message))
