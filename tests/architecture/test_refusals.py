import ast
from importlib import import_module

from tests.architecture.source import PACKAGE, ROOT, python_files, tree
from wushe.kernel.errors import DomainError


def refusals() -> set[str]:
    for path in PACKAGE.glob("*/errors*"):
        import_module(f"wushe.{path.parent.name}.errors")
    return {error.__name__ for error in leaves(DomainError)}


def leaves(kind: type[DomainError]) -> set[type[DomainError]]:
    below = kind.__subclasses__()
    return set().union(*(leaves(each) for each in below)) if below else {kind}


def names_where_refusals_are_expected() -> set[str]:
    files = [path for path in python_files(ROOT / "tests") if "pytest.raises(" in path.read_text()]
    return {node.id for path in files for node in ast.walk(tree(path)) if isinstance(node, ast.Name)}


def test_a_test_meets_every_refusal():
    assert refusals() - names_where_refusals_are_expected() == set()
