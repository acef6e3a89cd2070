"""Settings for tests: the real ones, with quick password hashing."""

from wushe.config.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES["default"]["CONN_MAX_AGE"] = 0
MEDIA_ROOT = VAR / "test-files"
WHITENOISE_AUTOREFRESH = True  # tests collect no static files
