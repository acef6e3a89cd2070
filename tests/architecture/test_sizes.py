import ast

from tests.architecture.source import PACKAGE, ROOT, functions, python_files, short, templates

FILE = 400
FUNCTION = 60
USUAL_FUNCTION = 30
TEMPLATE = 120
VAGUE = {"utils", "helpers", "misc", "tools", "base"}


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines without the docstring, which an action needs long."""
    whole = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        whole -= first.end_lineno - first.lineno + 1
    return whole


def test_files_are_short():
    files = python_files() + python_files(ROOT / "tests")
    assert {short(path): lines for path in files if (lines := len(path.read_text().splitlines())) > FILE} == {}


def test_functions_are_short():
    lengths = {f"{short(path)}:{function.name}": length(function) for path in python_files() for function in functions(path)}
    assert {name: lines for name, lines in lengths.items() if lines > FUNCTION} == {}
    assert sorted(lengths.values())[int(len(lengths) * 0.95)] <= USUAL_FUNCTION


def test_templates_are_short():
    assert {short(path): lines for path in templates() if (lines := len(path.read_text().splitlines())) > TEMPLATE} == {}


def test_no_file_is_named_after_nothing():
    named_by_django = PACKAGE / "kernel/postgres/base.py"
    assert [short(path) for path in PACKAGE.rglob("*.py") if path.stem in VAGUE] == [short(named_by_django)]
