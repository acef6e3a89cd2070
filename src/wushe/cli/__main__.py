"""`python -m wushe.cli` is `wushe`."""

from wushe.cli import app

app()
