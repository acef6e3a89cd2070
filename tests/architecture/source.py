"""The project's own files, as the gates read them."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "wushe"


def python_files(folder: Path = PACKAGE) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("templates/**/*.*"))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(), filename=str(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def kept_files() -> list[Path]:
    """What the repository holds: tracked files and new ones that are not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def floors() -> dict[str, int]:
    """Package → floor, from the contract that import-linter checks; higher numbers stand on lower ones."""
    contract = (ROOT / ".importlinter").read_text().split("[importlinter:contract:floors]")[1].split("[")[0]
    layers = contract.split("layers =")[1].strip().splitlines()
    return {name: -level for level, layer in enumerate(layers) for name in re.findall(r"\w+", layer)}


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))
