"""Django's own commands, for developers. Everything else: `wushe --help`."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wushe.config.settings")
    execute_from_command_line(sys.argv)
