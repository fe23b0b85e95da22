"""Django's settings. What differs between machines comes from `environment`."""

import os

from django.utils.translation import gettext_lazy as _

from rapport.config.content_policy import CONTENT_POLICY
from rapport.config.crowding import threads
from rapport.config.environment import allowed_hosts, hours, networks, secret
from rapport.config.logs import logging_settings
from rapport.config.mail import mail_settings
from rapport.core.database_settings import database_settings
from rapport.core.home import PACKAGE, home_folder

HOME = home_folder()
HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
PUBLIC_URL = os.environ.get("RAPPORT_PUBLIC_URL", "")
IS_HTTPS = PUBLIC_URL.startswith("https://")
TRUSTED_PROXIES = networks("RAPPORT_TRUSTED_PROXIES")  # addresses or networks whose `X-Forwarded-For` is believed

DEBUG = os.environ.get("RAPPORT_DEBUG", "") == "1"
SECRET_KEY = secret("secret_key", home=HOME)
ALLOWED_HOSTS = allowed_hosts(PUBLIC_URL)
ROOT_URLCONF = "rapport.config.urls"
WSGI_APPLICATION = "rapport.config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Lower layers first, as in the design: a later app may refer to an earlier one, never the other way.
RAPPORT_APPS = [
    "rapport.core",
    "rapport.identity",
    "rapport.governance",
    "rapport.oversight",
    "rapport.directory",
    "rapport.catalog",
    "rapport.activities",
    "rapport.pipeline",
    "rapport.leads",
    "rapport.orders",
    "rapport.support",
    "rapport.intelligence",
    "rapport.quality",
    "rapport.insights",
    "rapport.integrations",
    "rapport.api",
    "rapport.web",
]
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "servestatic.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_cotton.apps.SimpleAppConfig",
    "django_htmx",
    "procrastinate.contrib.django",
    "template_partials.apps.SimpleAppConfig",
    *RAPPORT_APPS,
]
MIDDLEWARE = [
    "rapport.config.watching.watched",
    "django.middleware.security.SecurityMiddleware",
    "rapport.config.headers.protecting",
    "rapport.config.crowding.admitted",
    "rapport.web.middleware.without_nul",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "rapport.web.signon.sessions.lasting",
    "rapport.web.signon.requirement.requiring",
    "rapport.web.signon.kept_answers.keeping",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "rapport.web.middleware.at_home",
    "rapport.web.middleware.acting",
    "allauth.account.middleware.AccountMiddleware",
    "rapport.web.ui.middleware.answering",
]

# Database. Requests are not wrapped in a transaction: each verb has its own (see `core.verbs`).
DATABASES = {"default": {**database_settings(home=HOME), "ATOMIC_REQUESTS": False}}
DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 12, "timeout": 5, "reconnect_timeout": 5}
DATABASES["default"]["OPTIONS"]["prepare_threshold"] = 5  # Django says never, and then `core.prepared` plans each time
if os.environ.get("RAPPORT_PROCESS") == "web":  # nobody waits longer for a page; background work may take its time
    # Pages join by keys: which table comes first hardly matters, and weighing the order of eight took 2 ms.
    DATABASES["default"]["OPTIONS"].setdefault("options", "-c statement_timeout=30s -c join_collapse_limit=6")

# Pages
_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],  # first, so that our pages stand in for those of libraries
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("rapport.web.ui.trimming.Loader", _LOADERS)],
                )
            ],
            "libraries": {"importing": "rapport.web.importing.tags", "predictions": "rapport.web.predictions.tags"},
            "builtins": [
                "django_cotton.templatetags.cotton",
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "rapport.web.ui.tags",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "rapport.web.ui.shell.shell",
            ],
        },
    },
]
FORM_RENDERER = "rapport.web.ui.forms.FormRenderer"
CSRF_FAILURE_VIEW = "rapport.web.signon.kept_answers.csrf_failed"
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
MEDIA_ROOT = HOME / "files"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "servestatic.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Mail
_MAIL = mail_settings(home=HOME)
MAIL_IS_SENT = bool(_MAIL.host)  # otherwise mails lie in the outbox folder, and pages say whom to ask
EMAIL_BACKEND, EMAIL_FILE_PATH, EMAIL_TIMEOUT = _MAIL.backend, _MAIL.folder, 20
EMAIL_HOST, EMAIL_PORT, EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _MAIL.host, _MAIL.port, _MAIL.user, _MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _MAIL.use_tls, _MAIL.use_ssl
DEFAULT_FROM_EMAIL = os.environ.get("RAPPORT_MAIL_FROM", "Rapport <rapport@localhost>")

# History and background work
HISTORY_KEY = secret("history_key", home=HOME).encode()
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_PERIODIC_DEFAULTS = {
    "max_delay": 24 * 60 * 60
}  # what a machine missed that was off at night, it makes up

# Backups
BACKUP_FOLDER = os.environ.get("RAPPORT_BACKUP_FOLDER", str(HOME / "backups"))
BACKUPS_KEPT = int(os.environ.get("RAPPORT_BACKUPS_KEPT", "7"))  # of the nightly ones; 0: none are made
BACKUP_PASSPHRASE_FILE = os.environ.get("RAPPORT_BACKUP_PASSPHRASE_FILE", "")

# Languages and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("pt", _("Portuguese"))]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_TZ = True
TIME_ZONE = os.environ.get("RAPPORT_TIME_ZONE", "UTC")
BASE_CURRENCY = os.environ.get("RAPPORT_CURRENCY", "EUR")  # until an administrator chooses another one

# Sign-on
AUTH_USER_MODEL = "identity.User"
AUTHENTICATION_BACKENDS = ["rapport.identity.backend.Backend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "rapport.identity.passwords.NotJustAGuess"},
]
# Every page asks for a user, unless its view says `@login_not_required`.
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 3600  # seconds that a reset link works
SILENCED_SYSTEM_CHECKS = ["auth.E003"]  # e-mail addresses are unique whatever their case: see `User.Meta`
SESSION_ENGINE = "rapport.identity.session_store"
SESSION_COOKIE_AGE = hours("RAPPORT_SESSION_HOURS", 14 * 24)  # a session ends then, however busy it was
SESSION_IDLE_SECONDS = hours("RAPPORT_SESSION_IDLE_HOURS", 72)
ACCOUNT_ADAPTER = "rapport.web.signon.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses are given by administrators
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False  # `identity.guessing` counts in the database, for all processes
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds for which a log-in or confirmation is fresh
MFA_ADAPTER = "rapport.web.signon.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds; each code works once nevertheless
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_HTTPS
MFA_FORMS = {
    "authenticate": "rapport.web.signon.factor_forms.SecondStepForm",
    "reauthenticate": "rapport.web.signon.factor_forms.ConfirmCodeForm",
    "activate_totp": "rapport.web.signon.factor_forms.AppForm",
    "add_webauthn": "rapport.web.signon.factor_forms.NewPasskeyForm",
    "authenticate_webauthn": "rapport.web.signon.factor_forms.PasskeySecondStepForm",
    "edit_webauthn": "rapport.web.signon.factor_forms.RenamePasskeyForm",
    "login_webauthn": "rapport.web.signon.factor_forms.PasskeyLogInForm",
    "reauthenticate_webauthn": "rapport.web.signon.factor_forms.ConfirmPasskeyForm",
}

# API
API_REQUESTS_PER_MINUTE = int(os.environ.get("RAPPORT_API_REQUESTS_PER_MINUTE") or 1_200)  # of one token

# Safety in the browser
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = os.environ.get("RAPPORT_HSTS_SUBDOMAINS", "1") != "0"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
COOKIE_PREFIX = "__Host-" if IS_HTTPS else ""  # browsers then keep such cookies to this host and to TLS
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid", f"{COOKIE_PREFIX}csrftoken"
LANGUAGE_COOKIE_NAME, LANGUAGE_COOKIE_SECURE = f"{COOKIE_PREFIX}django_language", IS_HTTPS
MESSAGE_STORAGE = "rapport.web.ui.kept_messages.ToastStorage"
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL] if PUBLIC_URL else []
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = CONTENT_POLICY

# Networks of one's own that webhooks and sign-on providers may be in (see `core.outbound_addresses`); normally none.
ALLOWED_PRIVATE_ADDRESSES = networks("RAPPORT_ALLOW_PRIVATE_ADDRESSES")

LOGGING = logging_settings(with_values=DEBUG)
WEB_THREADS = threads()  # of one web process: for those inside, those that wait, and to send others away
