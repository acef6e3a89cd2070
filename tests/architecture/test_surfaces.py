import ast
import re
from collections.abc import Iterator
from dis import get_instructions
from inspect import getsource, isfunction, unwrap
from pathlib import Path
from types import CodeType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.architecture.source import PACKAGE, python_files, short, templates, tree
from wushe.accounts.queries import require
from wushe.projects.queries import require_actor
from wushe.web.common.access import require_here, step_scope

SCOPE = PACKAGE / "accounts" / "queries" / "scope.py"
WRITES = {"save", "delete", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "acreate", "asave", "adelete"}
# views outside the public surfaces that anyone may open without an account
PUBLIC = {"healthz", "readyz", "places:search", "surveys:answer_survey", "surveys:thanks", "common:preferences"}
PUBLIC_SURFACES = ("portal:", "open:")
# views whose permission depends on the thing: each with the function that decides
DECIDED_BY_THE_THING = {"files:download_file": "may_open_file"}
# pages of a step about a thing that no place and no body decides: each with what does
ASKED_OTHERWISE = {
    "desk:procurement:ask-for-release": "a seat on the panel",
    "desk:procurement:declare-interests": "a seat on the panel",
    "desk:procurement:score-bids": "a seat on the panel",
    "desk:workers:place_worker": "the place of the new post, which the form asks for",
    "desk:imports:empty_table": "nothing: the headings of a register are no secret",
} | {f"desk:imports:{page}": "who brought the table" for page in ("detail", "check_import", "choose_rows", "undo_import", "error_file")}


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


def test_nobody_with_several_places_is_taken_for_one_with_the_first():
    first = re.compile(r"\bregions\[:?[01]\]")
    taken = [short(path) for path in python_files() if path != SCOPE and first.search(path.read_text())]
    assert taken == [], "ask the scope for its common, only or first place"


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


def test_an_empty_body_is_judged_like_any_other():
    """`typed(request)` binds the form to what was sent, even if that is nothing; `request.POST or None` would show the page again without a word."""
    silent = [
        f"{short(path)}:{node.lineno}"
        for path in python_files(PACKAGE / "web")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or) and getattr(node.values[0], "attr", "") == "POST"
    ]
    assert silent == []


def reached(view: Any) -> set[Any]:
    """The functions of ours that a view calls, and those that they call, as far as the surfaces go."""
    found, waiting = set(), [unwrap(view)]
    while waiting:
        function = waiting.pop()
        if not isfunction(function) or function in found:
            continue
        found.add(function)
        if function.__module__.startswith("wushe.web"):
            named = names_in(function.__code__, "LOAD_GLOBAL")
            waiting += [function.__globals__[name] for name in named if name in function.__globals__]
    return found


def names_in(code: CodeType, *kinds: str) -> Iterator[str]:
    for step in get_instructions(code):
        if step.opname in kinds:
            yield step.argval
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from names_in(constant, *kinds)


def shows_a_step(pattern: URLPattern) -> bool:
    """Whether somebody who comes to the address of a thing gets the page of a step: it names the step's permission, or it has a form."""
    named, view = pattern.callback.wushe_permission, unwrap(pattern.callback)
    sent_only = re.search(r"^@(require_POST|sent_from)", getsource(view), re.MULTILINE)
    reads = named.partition(".")[2].startswith("view_")
    own = [function.__code__ for function in reached(view) if function.__module__ == view.__module__]
    has_form = any({"POST", "typed"} & set(names_in(code, "LOAD_ATTR", "LOAD_METHOD", "LOAD_GLOBAL")) for code in own)
    return "<" in str(pattern.pattern) and not sent_only and not reads and (has_form or named != "signed-in")


def test_the_page_of_a_step_is_refused_to_whom_the_step_would_refuse():
    guards = {require_here, step_scope, require, require_actor}
    desk = [(name, pattern) for name, pattern in view_patterns(get_resolver()) if name.startswith("desk:")]
    open_to_all = {name for name, pattern in desk if shows_a_step(pattern) and not guards & reached(pattern.callback)}
    assert open_to_all == set(ASKED_OTHERWISE)


def test_the_enter_key_decides_nothing_where_buttons_decide():
    unsafe = [
        short(path)
        for path in templates()
        if path.suffix == ".html"
        for form in re.findall(r"<form\b.*?</form>", path.read_text(), re.DOTALL)
        if re.search(r"""<button [^>]*name="outcome" value="\w""", form) and "common/parts/undecided.html" not in form.split("<button")[0]
    ]
    assert unsafe == []
