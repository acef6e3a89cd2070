import ast

from tests.architecture.source import python_files, short, tree

DAY = {"ask": None, "Asked": 2}
TODOS = "wushe.inbox.actions"


def without_a_day(path):
    """Where a file puts a step on a desk without `due_at`; things asked for many at once may give it as their third word."""
    imported = (node for node in ast.walk(tree(path)) if isinstance(node, ast.ImportFrom) and node.module == TODOS)
    asking = {alias.asname or alias.name: DAY[alias.name] for node in imported for alias in node.names if alias.name in DAY}
    for node in ast.walk(tree(path)):
        name = getattr(getattr(node, "func", None), "id", "")
        if name in asking and "due_at" not in {key.arg for key in node.keywords}:
            third = asking[name]
            if third is None or len(node.args) <= third:
                yield f"{short(path)}:{node.lineno}"


def test_every_to_do_has_a_day():
    """Whoever has to act next knows by when: a to-do without a day would lie there for ever."""
    assert [place for path in python_files() for place in without_a_day(path)] == []
