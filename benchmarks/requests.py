"""Measures pages of the real server over the database of `benchmarks.seed`. Prints the machine and one table."""

import json
import os
import platform
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.seed import NATIONWIDE, database, is_seeded

SECONDS = int(os.environ.get("SECONDS", "8"))
WARM_UP = 2
SCRIPT = Path(__file__).with_name("wrk.lua")
TICK = os.sysconf("SC_CLK_TCK")
LOOKED_UP = 500
COUNTY_WORKER, TOWN_WORKER = "xianzhan", "shegong"


@dataclass(frozen=True)
class Page:
    """What is asked for, by whom, and the CPU milliseconds per request of the best peer on the machine of the README's table."""

    name: str
    user: str
    paths: list[str]
    peer: float | None = None
    form: dict[str, str] | None = None


def pages():
    from django.urls import reverse  # noqa: PLC0415 -- after the settings

    from wushe.needs.models import Need  # noqa: PLC0415 -- after the settings
    from wushe.projects.models import Project  # noqa: PLC0415 -- after the settings
    from wushe.regions.models import Region  # noqa: PLC0415 -- after the settings

    needs, projects = reverse("desk:needs:list"), reverse("desk:projects:list")
    county = Project.objects.filter(agreement__isnull=False).select_related("region__county").latest("pk").region.county
    rare = Region.objects.filter(county=county, level=5, town__name__contains="首善").latest("code").name
    seldom = Region.objects.filter(level=5, needs__isnull=False).exclude(county=county).order_by("-code").first().name
    own = Need.objects.filter(region__county=county)
    numbers = list(own.order_by("number").values_list("number", flat=True)[: LOOKED_UP * 50 : 50])
    finished = list(Project.objects.filter(state="closed").values_list("number", "ocid"))
    town = own.filter(region__town__name__contains="首善").first().region.town

    def listing(**query):
        return [f"{needs}?{urllib.parse.urlencode(query)}" if query else needs]

    for form, peers in ({"format": "json"}, True), ({}, False):
        kind = "JSON" if form else "HTML"
        yield Page(f"needs, first page, whole country, {kind}", NATIONWIDE, listing(**form), peer=10.1 if peers else None)
        counted = form | {"place": county.code} | ({"total": "1"} if form else {})
        yield Page(f"needs under one county, with total, {kind}", NATIONWIDE, listing(**counted), peer=35.1 if peers else None)
        yield Page(f"needs, first page, worker of the county, {kind}", COUNTY_WORKER, listing(**form))
        for text in (seldom[:3], rare[:3], "残疾人", seldom[:2], rare[:2], "老人"):
            found = Need.objects.filter(wish__contains=text).count()
            name = f"search of {len(text)} characters, {found} found, {kind}"
            yield Page(name, NATIONWIDE, listing(**form, q=text), peer=4.6 if peers else None)
        looked_up = [path for number in numbers for path in listing(**form, q=number)]
        yield Page(f"lookup by number in the list, {kind}", NATIONWIDE, looked_up, peer=4.2 if peers else None)
    yield Page("page of a need", COUNTY_WORKER, [reverse("desk:needs:detail", args=[number]) for number in numbers])
    yield Page("CSV of a town's needs", COUNTY_WORKER, listing(place=town.code, format="csv"))
    yield Page("record a need", TOWN_WORKER, [reverse("field:needs:record_need")], peer=21.3, form=need_form(town))
    yield Page("projects, first page, worker of the county", COUNTY_WORKER, [projects])
    yield Page("page of a finished project", COUNTY_WORKER, [reverse("desk:projects:detail", args=[number]) for number, _ in finished])
    desk = {"to-dos": "inbox", "needs board": "needs:board", "targets board": "targets:board", "organisations": "organisations:list"}
    for name, page in desk.items():
        yield Page(f"{name}, worker of the county", COUNTY_WORKER, [reverse(f"desk:{page}")])
    yield Page("start page of the portal", COUNTY_WORKER, [reverse("portal:home")])
    yield Page("OCDS record of a project, JSON", COUNTY_WORKER, [reverse("open:record", args=[ocid]) for _, ocid in finished])
    yield Page("OCDS releases, a hundred, JSON", COUNTY_WORKER, [reverse("open:releases")])


def need_form(town):
    """A need with contact, address and consent; the submission that makes each one new is added at sending."""
    from wushe.needs.models import Need  # noqa: PLC0415 -- after the settings
    from wushe.regions.queries import counted_communities  # noqa: PLC0415 -- after the settings

    model = Need.objects.filter(region__town=town).earliest("pk")
    return {
        "place": counted_communities(town).first().code, "wish": model.wish, "field": model.field, "group": model.group,
        "urgency": model.urgency, "source": model.source, "person": "测试居民", "phone": "13400001234", "address": "测试路1号", "consent": "on",
    }  # fmt: skip


def cookies_of(username):
    """A signed-in session as a browser holds it, and the token that forms carry."""
    from django.test import Client  # noqa: PLC0415 -- after the settings
    from django.utils.crypto import get_random_string  # noqa: PLC0415 -- after the settings

    from wushe.accounts.models import User  # noqa: PLC0415 -- after the settings

    client = Client()
    client.force_login(User.objects.get(username=username))
    return client.cookies["sessionid"].value, get_random_string(32)


def queries_of(page):
    """How many queries one request makes; None for those that write."""
    from django.db import connection  # noqa: PLC0415 -- after the settings
    from django.test import Client  # noqa: PLC0415 -- after the settings
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 -- after the settings

    from wushe.accounts.models import User  # noqa: PLC0415 -- after the settings

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=page.user))
    form = page.form and page.form | {"submission": "00000000-0000-4000-8000-" + os.urandom(6).hex()}
    for _ in range(2):  # the first request of a process also reads the packs
        with CaptureQueriesContext(connection) as captured:
            response = client.post(page.paths[0], form) if form else client.get(page.paths[0])
            size = len(b"".join(response)) if response.streaming else len(response.content)
    if response.status_code not in {200, 302}:
        raise SystemExit(f"{page.name}: {page.paths[0]} answers {response.status_code}")
    return len(captured), size


@contextmanager
def served():
    """The real server, as `wushe serve` starts it; its process and address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    process = subprocess.Popen([sys.executable, "-m", "wushe.cli", "serve", "--port", str(port)], stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/healthz").close()
                break
            except OSError:
                time.sleep(0.2)
        yield process.pid, address
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(30)


def tree(root):
    """A process and everything below it."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    found = {root}
    while grown := {pid for pid, parent in parents.items() if parent in found} - found:
        found |= grown
    return found


def cpu(root):
    """Seconds of CPU that a process tree has used, children that have ended included."""
    total = 0
    for pid in tree(root):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(field) for field in fields[11:15])
    return total / TICK


def memory(root):
    """Megabytes of a process tree, what is shared counted once."""
    total = 0
    for pid in tree(root):
        try:
            total += int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE)[1])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total / 1024


def load(page, address, folder, seconds):
    """What wrk measures with one thread and four connections."""
    session, token = cookies_of(page.user)
    paths, body = folder / "paths", folder / "body"
    paths.write_text("\n".join(page.paths) + "\n")
    arguments = [str(paths)]
    if page.form:
        body.write_text(urllib.parse.urlencode(page.form | {"csrfmiddlewaretoken": token}))
        arguments.append(str(body))
    cookie = f"Cookie: sessionid={session}; csrftoken={token}"
    command = ["wrk", "-t1", "-c4", f"-d{seconds}s", "--timeout", "20s", "-H", cookie, "-s", str(SCRIPT), address, "--", *arguments]
    shown = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return json.loads(shown.strip().splitlines()[-1])


def row_of(page, address, folder, server, postgres):
    queries, size = queries_of(page)
    load(page, address, folder, WARM_UP)
    time.sleep(1)
    before = cpu(server), cpu(postgres)
    got = load(page, address, folder, SECONDS)
    after = cpu(server), cpu(postgres)
    own, database_ms = ((late - early) * 1000 / max(got["requests"], 1) for early, late in zip(before, after, strict=True))
    peer = f"{page.peer:.1f}" if page.peer else ""
    rate = got["requests"] / got["seconds"]
    return (
        f"| {page.name} | {rate:,.0f} | {got['p50']:.1f} | {got['p99']:.1f} | {own:.1f} | {database_ms:.1f} | **{own + database_ms:.1f}** "
        f"| {peer} | {queries} | {size / 1024:.0f} | {memory(server):.0f} | {memory(postgres):.0f} | {got['failed'] or ''} |"
    )


def condition():
    """What else the machine does: its load, and what a fixed piece of work costs now."""
    started = time.process_time()
    sum(range(3_000_000))
    return f"load {os.getloadavg()[0]:.1f}, three million additions take {(time.process_time() - started) * 1000:.0f} ms of CPU"


def measure(only):
    with database() as embedded, tempfile.TemporaryDirectory() as folder:
        if not is_seeded():
            raise SystemExit("The database is empty: run `python -m benchmarks.seed` first.")
        wanted = [page for page in pages() if only in page.name]
        postgres = int((embedded.data / "postmaster.pid").read_text().splitlines()[0])
        with served() as (server, address):
            print(
                "| page | requests/s | p50 ms | p99 ms | CPU server | CPU database | CPU both | peer | queries | KB | MB server | MB database | failed |"
            )
            print("|---|" + "--:|" * 12)
            for page in wanted:
                print(row_of(page, address, Path(folder), server, postgres), flush=True)
        print(f"\nat the end: {condition()}")


if __name__ == "__main__":
    if not shutil.which("wrk"):
        raise SystemExit("wrk is not installed.")
    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, {condition()}\n")
    measure(sys.argv[1] if len(sys.argv) > 1 else "")
