"""Settings: the only module that reads the environment (and .env)."""

import os
from functools import lru_cache
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import SettingError

_EXTRAS = (
    ("DATABASE_URL", "database_url", "postgres", "psycopg", "postgresql"),
    ("CHROMA_URL", "chroma_url", "", "chromadb", "chroma"),
    ("OIDC_ISSUER", "oidc_issuer", "", "jwt", "openid"),
    ("LLM_MODEL", "llm_model", "", "langchain", "modele"),
    ("RERANK_MODEL", "rerank_model", "", "sentence_transformers", "modeles"),
)
"""Settings that need more than the default install: how such a value begins, the module it needs, the extra of it."""

ROOT = Path(__file__).resolve().parent.parent


def _content(name: str) -> Path:
    """The folder `name` beside the package in a checkout, inside it once installed."""
    packaged = Path(str(resources.files("bot"))) / "_content" / name
    return packaged if packaged.is_dir() else ROOT / name


class Settings(BaseSettings):
    """Every setting, its default, and one sentence on it (the README's table comes from here)."""

    model_config = SettingsConfigDict(env_file=".env", env_file_encoding="utf-8", extra="ignore", frozen=True)

    telegram_token: SecretStr = Field(default=SecretStr(""), description="the bot's token, from @BotFather")
    telegram_base_url: str = Field(
        default="https://api.telegram.org", description="root of the Bot API server (any compatible one)"
    )
    database_url: str = Field(
        default="", description="postgresql://user:password@host/name; empty: SQLite under DATA_DIR"
    )
    data_dir: Path = Field(default=Path("data"), description="folder of the database and the index")
    knowledge_dir: Path = Field(default_factory=lambda: _content("knowledge"), description="folder of the fiches")
    prompts_dir: Path = Field(default_factory=lambda: _content("prompts"), description="folder of the wording")
    chroma_url: str = Field(
        default="",
        description="http://host:port of a Chroma server, or file:///folder for Chroma embedded; empty: a file of the index",
    )
    embedding_model: str = Field(
        default="lsa", description="`lsa` (built in, offline) or any sentence-transformers model name or path"
    )
    rerank_model: str = Field(
        default="",
        description="sentence-transformers cross-encoder (name or path) that chooses the passage; empty: none",
    )
    model_downloads: bool = Field(
        default=False, description="true: RERANK_MODEL may be fetched by its name; else local files only"
    )
    llm_model: str = Field(
        default="", description="provider:model that listens and chooses, never words (LangChain); empty: none"
    )
    llm_base_url: str = Field(
        default="", description="address of an OpenAI-compatible server (Mistral, Albert API, vLLM, Ollama…)"
    )
    llm_api_key: SecretStr = Field(default=SecretStr(""), description="its key; empty: the provider's own variable")
    llm_name: str = Field(default="", description="how people are told of it; empty: its server's name")
    llm_tokens_a_day: int = Field(default=2_000_000, ge=0, description="tokens a day after which it is no longer asked")
    webhook_url: str = Field(default="", description="public HTTPS address for `run --webhook`")
    webhook_secret: SecretStr = Field(default=SecretStr(""), description="secret token Telegram sends back")
    secret_key: SecretStr = Field(
        default=SecretStr(""), description="signs the counsellors' sessions, 32 characters or more; required by `run`"
    )
    secret_key_former: SecretStr = Field(
        default=SecretStr(""), description="the former SECRET_KEY while a rotation lasts: sessions and links go on"
    )
    webhook_secret_former: SecretStr = Field(
        default=SecretStr(""), description="the former WEBHOOK_SECRET while a rotation lasts"
    )
    public_url: str = Field(default="", description="address of the counsellors' pages, for links in e-mails")
    allowed_hosts: str = Field(default="127.0.0.1,localhost", description="host names the pages answer to")
    secure_cookies: bool = Field(default=False, description="true behind HTTPS")
    oidc_issuer: str = Field(
        default="", description="issuer of an OpenID Connect provider (ProConnect…), beside passwords; empty: none"
    )
    oidc_client_id: str = Field(default="", description="our identifier there")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="our secret there")
    oidc_name: str = Field(default="ProConnect", description="its name on the sign-in page")
    oidc_scopes: str = Field(default="openid email", description="what is asked of it")
    email_url: str = Field(default="console:", description="smtp://user:password@host:port, or console:")
    email_from: str = Field(default="immersion-bot@localhost", description="sender of the e-mails")
    hsts_seconds: int = Field(
        default=31_536_000, ge=0, description="for how long browsers come back by HTTPS only, said over HTTPS; 0: never"
    )
    maintainers: str = Field(
        default="", description="e-mails, with commas, of whoever is told a month ahead which data to look at again"
    )
    retention_brouillon_jours: int = Field(default=30, ge=1, description="days a draft is kept")
    retention_close_jours: int = Field(default=730, ge=1, description="days a closed demande is kept")
    recherche_entreprises_url: str = Field(
        default="", description="public company-search API for SIRET look-ups; empty: off"
    )
    log_format: Literal["text", "json"] = Field(default="text", description="plain lines, or one JSON object a line")
    metrics_token: SecretStr = Field(
        default=SecretStr(""), description="bearer token that opens /metrics to other machines; empty: loopback only"
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="what is logged")

    @property
    def cache_dir(self) -> Path:
        """Where what can be made again is kept for the next time: the system's own folder for that."""
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "immersion-bot"

    @property
    def database(self) -> str:
        """DATABASE_URL, or the SQLite file under DATA_DIR."""
        return self.database_url or f"sqlite:///{self.data_dir.resolve() / 'immersion-bot.sqlite3'}"


def load_settings(**overrides: Any) -> Settings:
    """The settings; raises SettingError naming the first bad one and what to put, or to install."""
    try:
        return _installed(Settings(**overrides))
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0]).upper() if error.errors()[0]["loc"] else "?"
        raise SettingError(f"{name}: {wanted(error)} (README.md has a table of the settings)") from None


_WANTED = {
    "int_parsing": "put a whole number",
    "int_from_float": "put a whole number",
    "bool_parsing": "put true or false",
    "literal_error": "put {expected}",
    "greater_than_equal": "put {ge} or more",
    "less_than_equal": "put {le} or less",
    "path_type": "put a path",
}
"""By pydantic's kind of fault, what would be right."""


def wanted(error: ValidationError) -> str:
    """What would be right where a setting or an option is not, in one clause."""
    first = error.errors()[0]
    told = str(first["msg"]).removeprefix("Value error, ").rstrip(".")
    if "%Y-%m-%d" in told:
        return "put a day like 2026-03-02"
    _, choice, allowed = told.partition(" is not one of ")
    known = f"put one of {allowed}" if choice else told
    return _WANTED.get(first["type"], known).format(**first.get("ctx", {}))


def _installed(given: Settings) -> Settings:
    """The settings, with the packages that they need; raises SettingError where an extra is missing."""
    for name, field, prefix, module, extra in _EXTRAS:
        value = str(getattr(given, field))
        if value and value.startswith(prefix) and find_spec(module) is None:
            raise SettingError(f"{name} needs more packages: pip install '.[{extra}]', or leave it empty")
    return given


@lru_cache(maxsize=1)
def settings() -> Settings:
    """The process's settings, read once."""
    return load_settings()
