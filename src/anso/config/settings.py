"""All settings, read once from the environment. What another alliance changes stands in
``ALLIANCE``.
"""

from __future__ import annotations

from environs import Env

from anso.config.env import (
    clone_root,
    embedded_database_url,
    file_storage,
    generated_secret,
    parse_database_url,
    var_folder,
)
from anso.config.sign_in import institute_sign_in, sign_in_hosts

env = Env()
BASE_DIR = clone_root()
VAR_DIR = var_folder()

# --- who we are
ALLIANCE = {
    "NAME": env.str("ANSO_NAME", "Alliance of International Science Organizations"),
    "SHORT_NAME": env.str("ANSO_SHORT_NAME", "ANSO"),
    "MAIL": env.str("ANSO_MAIL", "secretariat@anso.example"),
    "CONTACT": env.str("ANSO_MAIL", "secretariat@anso.example"),
    "ZONE": env.str("ANSO_ZONE", "Asia/Shanghai"),
    "STYLESHEET": env.str("ANSO_STYLESHEET", ""),
    # How the alliance calls places whose names are in dispute: code to words by language.
    "PLACES": env.json("ANSO_PLACES", {}),
}
DEMONSTRATION = env.bool("ANSO_DEMONSTRATION", False)
SITE_URL = env.str("ANSO_SITE_URL", "http://127.0.0.1:8000")

# --- security
DEBUG = env.bool("ANSO_DEBUG", False)
SECURE = env.bool("ANSO_SECURE", SITE_URL.startswith("https://"))
SECRET_KEY = env.str("ANSO_SECRET_KEY", "") or generated_secret(VAR_DIR / "secret-key")
ALLOWED_HOSTS = env.list("ANSO_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
# Not "Strict": whoever follows a link in our mails would arrive signed out.
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "anso.site.views.errors.csrf_failure"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SECURE_HSTS_SECONDS = 63072000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "manifest-src": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# --- parts
INSTALLED_APPS = [
    "anso.accounts",  # first, so that its pages replace those of the sign-in library
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.socialaccount.providers.orcid",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "anso.ui",
    "anso.audit",
    "anso.files",
    "anso.notifications",
    "anso.questionnaires",
    "anso.bulk",
    "anso.directory",
    "anso.governance",
    "anso.programmes",
    "anso.calls",
    "anso.applications",
    "anso.review",
    "anso.interviews",
    "anso.hosting",
    "anso.decisions",
    "anso.awards",
    "anso.matching",
    "anso.site",
    "anso.demonstration",
]
MIDDLEWARE = [
    # First, before anything takes time: deadlines are decided by the instant that it notes.
    "anso.applications.middleware.ArrivalMiddleware",
    "anso.database.recent.RecentConnectionMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "anso.site.middleware.SecurityPolicyMiddleware",
    # Before compressing and before sessions: its files are compressed already, and belong to
    # nobody.
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "anso.accounts.middleware.PrivatePagesMiddleware",
    "anso.accounts.middleware.SecondFactorMiddleware",
    # The account's zone inside the browser's, which it replaces.
    "anso.site.middleware.BrowserZoneMiddleware",
    "anso.accounts.middleware.ReadersZoneMiddleware",
    # Inside language and zone, in which the page of a refusal is written.
    "anso.site.middleware.RefusalMiddleware",
    "anso.site.middleware.NoNullMiddleware",
]
ROOT_URLCONF = "anso.config.urls"
WSGI_APPLICATION = "anso.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "anso.ui.loading.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "anso.ui.context.alliance",
                "anso.site.context.surroundings",
                "anso.accounts.context.demonstration",
            ],
            "builtins": ["anso.ui.templatetags.ui", "anso.ui.templatetags.components"],
        },
    }
]

# --- data
DATABASES = {"default": parse_database_url(env.str("DATABASE_URL", "") or embedded_database_url())}
DATABASES["default"] |= {
    "CONN_MAX_AGE": env.int("ANSO_CONN_MAX_AGE", 60),
    # A connection that the server closed in the meantime is noticed before a request uses it.
    "CONN_HEALTH_CHECKS": True,
    # Actions are atomic by themselves. Around a whole request, rows would stay locked while its
    # page is drawn.
    "ATOMIC_REQUESTS": False,
}
DATABASES["default"].setdefault("TEST", {})["NAME"] = env.str("ANSO_TEST_DB", "test_anso")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STORAGES = {
    "default": file_storage(VAR_DIR / "files"),
    "staticfiles": {"BACKEND": "anso.ui.loading.StaticFiles"},
}
UPLOAD_MAX_BYTES = env.int("ANSO_UPLOAD_MAX_BYTES", 10 * 1024 * 1024)
UPLOAD_FOLDER = str(VAR_DIR / "uploads")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
# Counts for the limits on sign-in; on disk, so that all processes of this machine count together.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": str(VAR_DIR / "cache"),
    }
}
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "anso.ui.bundles.BundleFinder",
]
BUNDLE_FOLDER = VAR_DIR / "bundles"
SESSION_ENGINE = "anso.accounts.adapters"

# --- language and time
LANGUAGE_CODE = "en"
# Offered are the languages whose words are complete; docs/operations.md says how one is added.
LANGUAGES = [("en", "English"), ("ar", "العربية")]
LOCALE_PATHS = [BASE_DIR / "src" / "anso" / "locale"]
USE_I18N = USE_TZ = True
TIME_ZONE = "UTC"

# --- sign-in
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["anso.accounts.adapters.AccountBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/todo/"
ACCOUNT_ADAPTER = "anso.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG or DEMONSTRATION or not SECURE
MFA_TOTP_ISSUER = ALLIANCE["SHORT_NAME"]
MFA_RECOVERY_CODE_COUNT = 10
MFA_ADAPTER = "anso.accounts.adapters.SecondFactorAdapter"
MFA_FORMS = {"add_webauthn": "anso.accounts.forms.AddPasskeyForm"}
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True  # the page says the same to all; the mail tells the truth
# Codes to sign in that are asked for, and typed, from one place.
ACCOUNT_RATE_LIMITS = {"entry": "30/m/ip"}
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 60 * 10
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("ANSO_PROXIES", 1 if SECURE else 0)
SOCIALACCOUNT_ADAPTER = "anso.accounts.adapters.InstituteAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = institute_sign_in(env)
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += sign_in_hosts(env)

# --- mail: everything goes through the outbox; this is where the outbox hands over
# A demonstration writes to nobody: its mail is read in its own mailbox.
MAIL_SYSTEM = (
    "django.core.mail.backends.dummy.EmailBackend"
    if DEMONSTRATION
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_BACKEND = env.str("ANSO_EMAIL_BACKEND", MAIL_SYSTEM)
EMAIL_HOST = env.str("ANSO_SMTP_HOST", "localhost")
EMAIL_PORT = env.int("ANSO_SMTP_PORT", 25)
EMAIL_HOST_USER = env.str("ANSO_SMTP_USER", "")
EMAIL_HOST_PASSWORD = env.str("ANSO_SMTP_PASSWORD", "")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = f"{ALLIANCE['SHORT_NAME']} <{ALLIANCE['MAIL']}>"
RETURN_ADDRESS = (
    env.str("ANSO_RETURN_ADDRESS", "") or ALLIANCE["MAIL"]
)  # where mail systems report what they could not deliver

# --- plug points
# Where a package low in the stack asks one above it (docs/decisions/0003-plug-points.md).
RECORD_READER = "anso.governance.rules.may_read_record"
VIRUS_SCANNER = env.str("ANSO_CLAMD_SOCKET", "")
# Workers give a sign of life every five seconds; config.jobs takes up what a silent one left.
PROCRASTINATE_IMPORT_PATHS = ["anso.config.jobs"]
PROCRASTINATE_WORKER_DEFAULTS = {
    "update_heartbeat_interval": 5.0,
    "stalled_worker_timeout": 15.0,
    "fetch_job_polling_interval": 2.0,
}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env.str("ANSO_LOG_LEVEL", "WARNING")},
}
MESSAGE_TAGS = {10: "plain", 20: "act", 25: "good", 30: "attn", 40: "stop"}

# The address is unique without regard to case, by a constraint on lower(email) that this check
# cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
