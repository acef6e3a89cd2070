"""A whole installation of its own: server, workers and database, in a folder that the test throws away."""

import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings

from tests.database import digest
from wushe.config.embedded import Server

PATIENCE = 180
TOKEN = "t" * 32


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter: pytest closes its own to others, and the server runs as another user when we are root."""
    folder = Path(tempfile.mkdtemp(prefix="wushe-test-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def copied() -> Iterator["Installation"]:
    """A migrated installation of one's own: a copy of one that is made once for all processes of a run."""
    kept = settings.VAR / "test-installation"
    kept.parent.mkdir(parents=True, exist_ok=True)
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (kept / digest()).exists():
            shutil.rmtree(kept, ignore_errors=True)
            with open_folder() as var:
                migrated = Installation(var).command("migrate")
                assert migrated.returncode == 0, migrated.stderr
                # the server's files belong to another user when we are root
                subprocess.run(["cp", "-a", str(var), str(kept)], check=True)
            (kept / digest()).touch()
    with open_folder() as var:
        subprocess.run(["cp", "-a", f"{kept}/.", str(var)], check=True)
        yield Installation(var)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().splitlines()[0])


@dataclass(frozen=True)
class Scene:
    """A step ready to be sent to the server: who is signed in, and what they fill in where."""

    session: str
    path: str
    fields: dict[str, str]


@dataclass
class Installation:
    var: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def database(self) -> Server:
        return Server(self.var / "postgres")

    @property
    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("WUSHE_", "DJANGO_", "DATABASE_", "PYTEST_"))}
        return clean | {"WUSHE_VAR": str(self.var), "PORT": str(self.port), "PYTHONPATH": os.pathsep.join(sys.path)}

    @property
    def log(self) -> str:
        return (self.var / "serve.log").read_text()

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        line = [sys.executable, "-m", "wushe.cli", *words]
        return subprocess.run(line, env=self.environment, capture_output=True, text=True, check=False, timeout=PATIENCE)

    def play(self, step: str) -> Scene:
        """Play the story up to a step, in a process of its own: this one's Django is bound to the database of the tests."""
        environment = {**self.environment, "DATABASE_URL": self.database.url, "DJANGO_SETTINGS_MODULE": "wushe.config.settings"}
        code = f"import django; django.setup(); from tests.faults.scene import play; print(play({step!r}))"
        line = [sys.executable, "-c", code]
        played = subprocess.run(line, env=environment, capture_output=True, text=True, check=False, timeout=PATIENCE)
        assert played.returncode == 0, played.stderr
        return Scene(**json.loads(played.stdout))

    def start(self) -> None:
        with (self.var / "serve.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "wushe.cli", "serve"], env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self.wait_until(self.is_ready)

    def end(self, how: signal.Signals) -> int:
        """Send the signal to the main process alone, as a service manager or an accident would."""
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def get(self, path: str) -> int:
        """The status of a page, 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except OSError:
            return 0
        finally:
            connection.close()

    def send(self, scene: Scene) -> http.client.HTTPConnection:
        """A form on its way; the connection gives the answer when there is one."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"sessionid={scene.session}; csrftoken={TOKEN}"}
        connection.request("POST", scene.path, urlencode({**scene.fields, "csrfmiddlewaretoken": TOKEN}), headers)
        return connection

    def post(self, scene: Scene) -> int:
        """The status of the answer to a form."""
        with closing(self.send(scene)) as connection:
            return connection.getresponse().status

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.log
        return self.get("/readyz") == 200

    def wait_until(self, condition) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, self.log
            time.sleep(0.1)
