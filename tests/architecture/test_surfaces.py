import ast
from collections.abc import Iterator
from pathlib import Path

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.source import PACKAGE, python_files, short

WRITES = {"save", "delete", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "acreate", "asave", "adelete"}
# views outside the public surfaces that anyone may open without an account
PUBLIC = {"healthz", "readyz", "places:search", "surveys:answer_survey", "surveys:thanks", "common:preferences"}
PUBLIC_SURFACES = ("portal:", "open:")
# views whose permission depends on the thing: each with the function that decides
DECIDED_BY_THE_THING = {"files:download_file": "may_open_file"}


def view_patterns(resolver: URLResolver, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = ":".join(part for part in (namespace, pattern.namespace) if part)
            yield from view_patterns(pattern, inner)
        else:
            yield ":".join(part for part in (namespace, pattern.name) if part), pattern


def writes(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        receiver, name = node.func.value, node.func.attr
        if isinstance(receiver, ast.Name) and receiver.id == "document":
            continue  # a paper, no row
        # `some_dict.update(…)` is no write; `Thing.objects.update(…)` and `things.filter(…).update(…)` are
        on_rows = isinstance(receiver, ast.Call) or (isinstance(receiver, ast.Attribute) and receiver.attr == "objects")
        if name in WRITES or (name == "update" and on_rows):
            yield f"{short(path)}:{node.lineno} .{name}("


def test_every_view_names_one_permission_or_is_public_on_purpose():
    unnamed = [
        name
        for name, pattern in view_patterns(get_resolver())
        if getattr(pattern.callback, "wushe_permission", None) is None
        and name not in DECIDED_BY_THE_THING
        and getattr(pattern.callback, "login_required", True)
    ]
    assert unnamed == []


def test_the_list_of_public_views_is_this_one():
    public = {name for name, pattern in view_patterns(get_resolver()) if not getattr(pattern.callback, "login_required", True)}
    assert {name for name in public if not name.startswith(PUBLIC_SURFACES)} == PUBLIC


def test_every_view_has_a_name_of_its_own():
    names = [name for name, _ in view_patterns(get_resolver())]
    assert "" not in names
    assert len(names) == len(set(names))


def test_web_never_writes():
    assert [write for path in python_files(PACKAGE / "web") for write in writes(path)] == []


def test_web_opens_no_transaction_and_no_cursor():
    tools = [
        f"{short(path)}: {alias.name}"
        for path in python_files(PACKAGE / "web")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and node.module == "django.db"
        for alias in node.names
        if alias.name in {"transaction", "connection"} and path.stem != "health"
    ]
    assert tools == []
