import ast

from tests.architecture.source import PACKAGE, short, tree

CHAIN = ("needs", "projects", "services", "oversight")


def test_every_to_do_of_the_chain_has_a_day():
    """Whoever has to act next knows by when: `ask` without `due_at` would leave the step open for ever."""
    without = [
        f"{short(path)}:{node.lineno}"
        for app in CHAIN
        for path in sorted((PACKAGE / app / "actions").rglob("*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "ask" and "due_at" not in {key.arg for key in node.keywords}
    ]
    assert without == []
