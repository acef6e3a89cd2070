"""Serves an allow-list of files out of node_modules under `vendor/`: no bundler, no copies in the repository."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

FILES = {
    "vendor/tabler.css": "@tabler/core/dist/css/tabler.min.css",
    "vendor/htmx.js": "htmx.org/dist/htmx.min.js",
    "vendor/echarts.js": "echarts/dist/echarts.min.js",
}


class _VendorStorage(FileSystemStorage):
    """Opens the allow-listed names at their places below node_modules."""

    def path(self, name: str) -> str:
        return str(Path(settings.NODE_MODULES) / FILES[name])


class VendorFinder(BaseFinder):
    """Finds the files of `FILES`."""

    def find(self, path: str, find_all: bool = False, **_: object) -> str | list[str] | None:  # type: ignore[override]  # noqa: FBT001, FBT002 -- Django's signature
        source = FILES.get(path)
        if source is None:
            return []
        found = str(Path(settings.NODE_MODULES) / source)
        return [found] if find_all else found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        del ignore_patterns
        storage = _VendorStorage(location=settings.NODE_MODULES)
        for name in FILES:
            yield name, storage
