"""`doctor`: everything that must be right on this machine, one line each, with what to do."""

import os
import smtplib
import socket
import sqlite3
import ssl
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import typer

from bot.app import listens
from bot.config import Settings, settings
from bot.database import check_folder, open_database

app = typer.Typer(add_completion=False)

_PATIENCE = 8.0
_DRIFT = 60
_CERTIFICATE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: its name, whether it is well, what was seen, and what to do where it is not."""

    name: str
    well: bool
    seen: str
    todo: str = ""


Check = Callable[[Settings], Finding]


def findings(given: Settings, checks: "tuple[Check, ...] | None" = None) -> Iterator[Finding]:
    """Every check, in order; one that breaks is itself a finding."""
    for check in checks or CHECKS:
        try:
            yield check(given)
        except Exception as error:
            name = check.__name__.strip("_")
            yield Finding(name, well=False, seen=str(error) or type(error).__name__, todo="see above")


def _settings(given: Settings) -> Finding:
    missing = [name for name in ("telegram_token", "secret_key") if not getattr(given, name).get_secret_value()]
    if missing:
        names = ", ".join(name.upper() for name in missing)
        return Finding("settings", well=False, seen=f"missing: {names}", todo="put them in the environment or .env")
    if not given.public_url.startswith("https://"):
        todo = "put the pages' https:// address in PUBLIC_URL: links in e-mails need it"
        return Finding("settings", well=False, seen=f"PUBLIC_URL is {given.public_url or 'empty'}", todo=todo)
    if not given.secure_cookies:
        return Finding("settings", well=False, seen="SECURE_COOKIES is false", todo="set it to true behind HTTPS")
    return Finding("settings", well=True, seen="complete")


def _disk(given: Settings) -> Finding:
    check_folder(given)
    return Finding("disk", well=True, seen=f"{given.data_dir.resolve()} can be written and has room")


def _database(given: Settings) -> Finding:
    open_database(given)
    from bot.storage.heartbeat import queues

    waiting = queues(datetime.now(UTC))
    if not given.database_url:
        file = given.database.removeprefix("sqlite:///")
        with sqlite3.connect(file) as one:
            state = one.execute("PRAGMA quick_check").fetchone()[0]
        if state != "ok":
            return Finding("database", well=False, seen=str(state), todo="stop the program and restore a backup")
    seen = f"{waiting['a_traiter']} to handle, {waiting['a_envoyer']} to send, {waiting['mis_de_cote']} set aside"
    return Finding("database", well=True, seen=seen)


def _telegram(given: Settings) -> Finding:
    token, root = given.telegram_token.get_secret_value(), given.telegram_base_url.rstrip("/")
    try:
        answer = httpx.get(f"{root}/bot{token}/getMe", timeout=_PATIENCE)
    except httpx.HTTPError as error:
        todo = "check the network, the proxy and TELEGRAM_BASE_URL"
        return Finding("telegram", well=False, seen=f"out of reach ({type(error).__name__})", todo=todo)
    if answer.status_code in (401, 404):
        return Finding("telegram", well=False, seen="the token is refused", todo="ask @BotFather for TELEGRAM_TOKEN")
    well = answer.status_code == 200
    return Finding("telegram", well=well, seen=f"answers {answer.status_code}", todo="" if well else "try again later")


def _clock(given: Settings) -> Finding:
    try:
        answer = httpx.head(given.telegram_base_url, timeout=_PATIENCE)
        drift = abs(time.time() - parsedate_to_datetime(answer.headers["date"]).timestamp())
    except (httpx.HTTPError, KeyError, ValueError):
        return Finding("clock", well=True, seen="nothing to compare with")
    todo = "" if drift < _DRIFT else "run a time service (NTP): codes and delays depend on it"
    return Finding("clock", well=drift < _DRIFT, seen=f"{drift:.0f} s from the server's", todo=todo)


def _index(given: Settings) -> Finding:
    from bot.answers.knowledge import read_knowledge
    from bot.answers.publishing import Publisher

    publisher = Publisher(given.knowledge_dir, given.data_dir, encoder=given.embedding_model)
    if publisher.up_to_date(read_knowledge(given.knowledge_dir)):
        return Finding("index", well=True, seen="up to date")
    return Finding("index", well=False, seen="missing or out of date", todo="run `immersion-bot knowledge index`")


def _chroma(given: Settings) -> Finding:
    if not given.chroma_url:
        return Finding("chroma", well=True, seen="not used: the vectors are a file of the index")
    well = listens(given.chroma_url)
    todo = "" if well else "start the Chroma server, or empty CHROMA_URL; questions are answered by words meanwhile"
    return Finding("chroma", well=well, seen="answers" if well else "does not answer", todo=todo)


def _mail(given: Settings) -> Finding:
    parts = urlsplit(given.email_url)
    if parts.scheme == "console":
        todo = "put smtp:// in EMAIL_URL: invitations and forgotten passwords go nowhere"
        return Finding("mail", well=False, seen="printed on the console", todo=todo)
    try:
        if parts.scheme == "smtps":
            with smtplib.SMTP_SSL(parts.hostname or "", parts.port or 465, timeout=_PATIENCE) as server:
                server.noop()
        else:
            with smtplib.SMTP(parts.hostname or "", parts.port or 587, timeout=_PATIENCE) as server:
                server.noop()
    except (OSError, smtplib.SMTPException) as error:
        todo = "check EMAIL_URL and the mail server"
        return Finding("mail", well=False, seen=f"does not answer ({type(error).__name__})", todo=todo)
    return Finding("mail", well=True, seen="answers")


def _certificate(given: Settings) -> Finding:
    parts = urlsplit(given.public_url)
    if parts.scheme != "https":
        return Finding("certificate", well=True, seen="no https address to look at")
    port = parts.port or 443
    try:
        with (
            socket.create_connection((parts.hostname or "", port), timeout=_PATIENCE) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname) as secure,
        ):
            ends = ssl.cert_time_to_seconds(str((secure.getpeercert() or {})["notAfter"]))
    except (OSError, KeyError, ValueError) as error:
        todo = "renew the certificate of the proxy, or check PUBLIC_URL"
        return Finding("certificate", well=False, seen=f"refused ({type(error).__name__})", todo=todo)
    days = int((ends - time.time()) / 86_400)
    todo = "" if days >= _CERTIFICATE_DAYS else "renew it"
    return Finding("certificate", well=days >= _CERTIFICATE_DAYS, seen=f"{days} days left", todo=todo)


def _owner(given: Settings) -> Finding:
    file = Path(given.database.removeprefix("sqlite:///"))
    if given.database_url or not file.exists():
        return Finding("owner", well=True, seen="not a file")
    readable = file.stat().st_mode & 0o077
    todo = f"chmod 600 {file}" if readable else ""
    user = "" if not hasattr(os, "getuid") or os.getuid() else ", run as root"
    return Finding("owner", well=not readable, seen=f"mode {file.stat().st_mode & 0o777:o}{user}", todo=todo)


CHECKS: tuple[Check, ...] = (
    _settings, _disk, _database, _owner, _telegram, _clock, _index, _chroma, _mail, _certificate,
)  # fmt: skip


@app.command(
    help="Look at settings, disk, database, token, clock, index, Chroma, mail and certificate, and print what to do. "
    "Exits 1 where something is not well. Sends nothing to anybody."
)
def doctor() -> None:
    """One line a check."""
    bad = 0
    for found in findings(settings()):
        bad += not found.well
        print(f"{'ok ' if found.well else 'BAD'} {found.name:<12} {found.seen}")
        if found.todo:
            print(f"    {'':<12} -> {found.todo}")
    if bad:
        raise typer.Exit(1)
