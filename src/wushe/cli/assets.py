"""Static files: collected, hashed and compressed when a source changed."""

import hashlib

from wushe.cli.installation import say, var


def collect_assets() -> None:
    """Fill STATIC_ROOT unless it was filled from the same sources."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            status = (storage.path(name), storage.size(name), storage.get_modified_time(name))
            digest.update(repr((name, *status)).encode())
    stamp = var() / "static.stamp"
    if stamp.exists() and settings.STATIC_ROOT.exists() and stamp.read_text() == digest.hexdigest():
        return
    say("整理静态文件", "collecting static files")
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(digest.hexdigest())
