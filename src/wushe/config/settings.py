"""Settings. Everything that differs between installations comes from the environment; numbers of policies live in packs."""

import logging
import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from wushe.config.embedded import Server

ROOT = Path(os.environ.get("WUSHE_ROOT", Path(__file__).resolve().parents[3]))
PACKAGE = Path(__file__).resolve().parents[1]
VAR = Path(os.environ.get("WUSHE_VAR", ROOT / "var")).resolve()

DEMO = os.environ.get("WUSHE_DEMO", "0") == "1"
DEBUG = os.environ.get("WUSHE_DEBUG", "0") == "1"
ENVIRONMENT = os.environ.get("WUSHE_ENV", "development")
PRODUCTION = ENVIRONMENT == "production"

DEFAULT_SECRET = "development-only-secret-that-production-refuses"
SECRET_KEY = os.environ.get("WUSHE_SECRET_KEY", DEFAULT_SECRET)
FIELD_KEY = os.environ.get("WUSHE_FIELD_KEY", DEFAULT_SECRET)


def _whole(name: str, default: str) -> int:
    """A whole number of the environment."""
    text = os.environ.get(name, default).strip()
    if not (text.isascii() and text.isdecimal()):
        raise ImproperlyConfigured(f"{name} is {text!r}; it must be a whole number.")
    return int(text)


def _listed(name: str, default: str) -> list[str]:
    """The parts of a comma-separated value."""
    return [part for text in os.environ.get(name, default).split(",") if (part := text.strip())]


def refuse_unsafe_production() -> None:
    """Stop before anything is served with a secret that everybody knows, or with pages made for developers."""
    if ENVIRONMENT not in {"development", "production"}:
        raise ImproperlyConfigured(f"WUSHE_ENV is {ENVIRONMENT!r}; it must be development or production.")
    if not PRODUCTION:
        return
    wrong = [name for name, on in (("WUSHE_DEBUG", DEBUG), ("WUSHE_DEMO", DEMO)) if on]
    wrong += [
        name for name, key in (("WUSHE_SECRET_KEY", SECRET_KEY), ("WUSHE_FIELD_KEY", FIELD_KEY)) if key == DEFAULT_SECRET or len(key) < 32
    ]
    if wrong or SECRET_KEY == FIELD_KEY:
        raise ImproperlyConfigured(
            f"Production refuses to start ({', '.join(wrong) or 'one key for two purposes'}): set WUSHE_SECRET_KEY and WUSHE_FIELD_KEY "
            "to two different random values of at least 32 characters, and leave WUSHE_DEBUG and WUSHE_DEMO unset."
        )


refuse_unsafe_production()

ALLOWED_HOSTS = _listed("WUSHE_HOSTS", "127.0.0.1,localhost,[::1]")
# how many proxies stand before the server, each adding to X-Forwarded-For
PROXIES = _whole("WUSHE_PROXIES", "0")
# without a proxy anybody could claim to come by HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
CSRF_TRUSTED_ORIGINS = _listed("WUSHE_ORIGINS", "")

INSTALLED_APPS = [
    "wushe.kernel",
    "wushe.audit",
    "wushe.regions",
    "wushe.accounts",
    "wushe.inbox",
    "wushe.policies",
    "wushe.files",
    "wushe.imports",
    "wushe.ledger",
    "wushe.surveys",
    "wushe.organisations",
    "wushe.stations",
    "wushe.workforce",
    "wushe.needs",
    "wushe.projects",
    "wushe.services",
    "wushe.oversight",
    "wushe.indicators",
    "wushe.reports",
    "wushe.web.common",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_htmx",
    "wushe.config",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "wushe.web.common.middleware.ReadableAddressMiddleware",
    "wushe.web.common.middleware.BodyLimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "wushe.web.common.middleware.PersonMiddleware",
    "wushe.web.common.kept.SignInMiddleware",
    "wushe.web.common.middleware.OwnPasswordMiddleware",
    "wushe.web.common.middleware.ClockMiddleware",
    "wushe.web.common.middleware.LanguageMiddleware",
    "wushe.web.desk.looking.PlaceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "wushe.web.common.kept.KeptFormMiddleware",
    "wushe.web.common.once.OneActMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wushe.web.common.middleware.ContentPolicyMiddleware",
    "wushe.web.common.middleware.PrivateAnswersMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "wushe.web.common.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "wushe.config.urls"
WSGI_APPLICATION = "wushe.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "portal:sign-in"
LOGIN_REDIRECT_URL = "desk:inbox"
CSRF_FAILURE_VIEW = "wushe.web.common.kept.out_of_date"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": sorted(PACKAGE.glob("web/**/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "wushe.web.desk.navigation.rail",
            ],
            # its csrf_token also says for whom a page was made
            "builtins": ["wushe.web.common.templatetags.tokens"],
        },
    }
]


# many short questions on disks without moving parts: no compiler, no helpers for one answer, jumping costs little more than reading on
CONNECTION = {"statement_timeout": 30000, "lock_timeout": 5000, "jit": "off", "max_parallel_workers_per_gather": 0, "random_page_cost": 1.1}


def database_from(url: str) -> dict[str, object]:
    """Django's database settings for `postgresql://user:password@host:port/name?host=/socket`; what else stands behind `?` goes to libpq."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        message = f"DATABASE_URL must start with postgresql://, not {parts.scheme}://"
        raise ImproperlyConfigured(message)
    try:
        port = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL: {error}") from error
    asked = dict(parse_qsl(parts.query))
    host = asked.pop("host", parts.hostname or "")
    # ours last: they hold whatever the address says
    options = " ".join([*filter(None, [asked.pop("options", "")]), *(f"-c {name}={value}" for name, value in CONNECTION.items())])
    return {
        "ENGINE": "wushe.kernel.postgres",
        "NAME": parts.path.lstrip("/") or "wushe",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**asked, "prepare_threshold": 0, "options": options},
    }


# rows of a table that is brought along are worked at by so many at a time; a table of more waits for the process beside the server
IMPORT_CHUNK = 2_000

EMBEDDED_HOME = VAR / "postgres"
DATABASES = {"default": database_from(os.environ.get("DATABASE_URL") or Server(EMBEDDED_HOME).url)}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = sorted(PACKAGE.glob("**/locale"))
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
FORMAT_MODULE_PATH = ["wushe.config.formats"]

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "wushe.config.vendor.VendorFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "wushe.config.storage.HashedStorage"},
}
NODE_MODULES = ROOT / "node_modules"
MEDIA_ROOT = VAR / "files"
FILE_MAX_BYTES = _whole("WUSHE_FILE_MAX_MB", "20") * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
# all that one form may send, files included: of whoever is signed in, and of everyone
BODY_MAX_BYTES = _whole("WUSHE_BODY_MAX_MB", "200") * 1024 * 1024
PUBLIC_BODY_MAX_BYTES = _whole("WUSHE_PUBLIC_BODY_MAX_MB", "50") * 1024 * 1024
# so many needs, and so many applications, are taken from one address in a row without an account; then it waits
PUBLIC_POSTS = _whole("WUSHE_PUBLIC_POSTS", "60")
OCID_PREFIX = os.environ.get("WUSHE_OCID_PREFIX", "ocds-wushe0")
POLICIES = ROOT / "policies"
DEMO_DATA = ROOT / "demo"
DEMO_PASSWORD = os.environ.get("WUSHE_DEMO_PASSWORD", "demonstration") if DEMO else ""

SESSION_ENGINE = "wushe.web.common.sessions"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "style-src": ["'self'", "'unsafe-inline'"],
        "script-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }
}

LOG_LEVEL = os.environ.get("WUSHE_LOG", "WARNING").upper()
if LOG_LEVEL not in logging.getLevelNamesMapping():
    raise ImproperlyConfigured(f"WUSHE_LOG is {LOG_LEVEL!r}; it must be DEBUG, INFO, WARNING, ERROR or CRITICAL.")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "wushe.config.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
