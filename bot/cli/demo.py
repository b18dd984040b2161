"""`demo`: everything on this machine, without a token."""

import asyncio
import secrets
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from starlette.routing import Mount

from bot.app import Program, program
from bot.channels.telegram.api import BotApi
from bot.cli import samples
from bot.cli.listening import address, listen, log_to_stderr
from bot.cli.play import Play
from bot.cli.serving import Service, stop_on_signals
from bot.config import Settings, load_settings, settings
from bot.database import open_database
from bot.domain.demande import Role
from bot.sandbox import landing
from bot.sandbox.landing import Door, Front
from bot.sandbox.server import sandbox
from bot.sandbox.world import World

app = typer.Typer(add_completion=False)

PREFIX = "/bac-a-sable"
BODIES = {
    "mission-locale": "ml",
    "france-travail": "ft",
    "cap-emploi": "cap",
    "conseil-departemental": "departement",
    "operateur-cep": "cep",
}
"""The bodies that have a login here, and how it is called."""

FULL = "mission-locale"
"""The body of which every role can be taken: the examples are there."""

CAN = {
    Role.CONSEILLER: "traite les demandes, répond aux personnes",
    Role.VALIDEUR: "fait de même, et note les conventions signées",
    Role.RESPONSABLE: "tout cela, et l'équipe, la base, l'effacement",
    Role.LECTURE: "lit, sans rien changer",
}
_ROUNDS = 1_000
_ANYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to


@dataclass(frozen=True, slots=True)
class Account:
    """A counsellor's login, made for this demo."""

    username: str
    password: str
    organisme: str
    role: Role


def demo_settings(folder: Path, host: str, base: str) -> Settings:
    """Loopback only: no real token, no outside database, a key of its own."""
    return load_settings(
        telegram_token=f"4242:{secrets.token_urlsafe(24)}",
        telegram_base_url=f"{base}{PREFIX}",
        database_url="",
        data_dir=folder,
        secret_key=secrets.token_urlsafe(48),
        public_url=base,
        allowed_hosts="*" if host in _ANYWHERE else f"127.0.0.1,localhost,{host}",
        secure_cookies=False,
        email_url="console:",
    )


def accounts(whole: Program) -> list[Account]:
    """Every role of one body, whoever signs in the others; each with a new password."""
    from django.contrib.auth import get_user_model
    from django.contrib.auth.hashers import PBKDF2PasswordHasher
    from django.utils.crypto import get_random_string

    from bot.dashboard.accounts import create_member

    made, hasher = [], PBKDF2PasswordHasher()
    for slug, short in BODIES.items():
        if slug not in whole.house.organismes:
            continue
        for role in CAN if slug == FULL else (Role.VALIDEUR,):
            one = Account(f"{role.value}.{short}", secrets.token_urlsafe(12), slug, role)
            email = f"{one.username}@exemple.fr"
            # Hashed in few rounds: 96 random bits need no more, and each account would cost half a second of the start.
            kept = {"email": email, "password": hasher.encode(one.password, get_random_string(22), _ROUNDS)}
            get_user_model().objects.update_or_create(username=one.username, defaults=kept)
            create_member(one.username, email, one.password, slug, role, at=whole.clock.now())
            made.append(one)
    return made


def open_session(whole: Program, username: str) -> tuple[str, str]:
    """A session for this account, as the sign-in page opens one: its cookie's name and value."""
    from django.conf import settings as django_settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
    from django.contrib.sessions.backends.db import SessionStore

    user = get_user_model().objects.get(username=username)
    now = whole.clock.now().isoformat()
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["entree"] = session["vue"] = now
    session.create()
    return str(django_settings.SESSION_COOKIE_NAME), str(session.session_key)


def front(whole: Program, made: list[Account], count: int) -> Front:
    """The front page: whoever may be taken, and the invented persons where there are any."""
    names = whole.house.organismes
    doors = [Door(one.username, names[one.organisme].nom, one.role.value, CAN[one.role]) for one in made]
    shown = samples.persons() if count else ()
    return Front(f"{PREFIX}/", doors, shown, count, lambda name: open_session(whole, name))


def welcome(whole: Program, base: str, made: list[Account]) -> str:
    """What to open, and with which password."""
    names = [(whole.house.organismes[one.organisme].nom, one) for one in made]
    width = max((len(name) for name, _ in names), default=0)
    rows = "\n".join(f"  {name:<{width}}  {one.username}  {one.password}" for name, one in names)
    return (
        f"ready {base}/\n\n"
        f"Everything, one press away:             {base}/\n"
        f"Chat page (you are the person):         {base}{PREFIX}/\n"
        f"Another person:                         {base}{PREFIX}/?personne=2\n"
        f"Counsellors' pages:                     {base}/connexion/\n\n"
        f"Counsellors' logins, if you would rather type one:\n{rows}\n\n"
        "Nothing leaves this machine. Ctrl-C stops."
    )


def _folder(stack: ExitStack) -> Path:
    """DATA_DIR where it was given, else a folder that goes away."""
    given = settings()
    if "data_dir" in given.model_fields_set:
        return given.data_dir
    return Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="immersion-bot-demo-")))


@app.command(
    help="Everything on this machine, without a Telegram account: a local Bot API with a chat page, the real Telegram "
    "adapter, the counsellors' pages, an embedded database (in DATA_DIR if it is set, else in a folder that goes away), "
    "and a front page that signs in as any role in one press. An empty desk gets invented requests in every status, "
    "unless --vide. Prints the addresses and counsellors' logins. --play plays one conversation here, from /start to a "
    "stored and routed request, prints it, and exits 0."
)
def demo(
    play: Annotated[bool, typer.Option("--play", help="play one conversation in this terminal and exit")] = False,
    vide: Annotated[bool, typer.Option("--vide", help="start with an empty desk: no invented requests")] = False,
    host: Annotated[str, typer.Option(help="address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="port to listen on; 0: any free one")] = 8000,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the date to go by")] = None,
) -> None:
    """Serve until Ctrl-C, or play."""
    log_to_stderr("ERROR" if play else settings().log_level)
    with ExitStack() as stack:
        bound = listen(host, 0 if play else port)
        base = address(bound)
        given = demo_settings(_folder(stack), host, base)
        day = today.date() if today else None
        whole = program(given, day, database=partial(open_database, given, kept=given.cache_dir))
        from bot.sandbox.kept import Kept  # its tables are there once the database is open

        made = accounts(whole)
        kept = Kept()
        world = kept.open(given.data_dir / "bac-a-sable.json")
        count = 0 if play or vide else samples.furnish(whole) or samples.known()
        for number, name in samples.persons() if count else ():
            world.chat(number).name = name
        entrance = landing.routes(front(whole, made, count))
        api = BotApi(given.telegram_token.get_secret_value(), given.telegram_base_url)
        service = Service(
            whole, api=api, bound=bound, routes=[*entrance, Mount(PREFIX, sandbox(world))], closing=world.close
        )
        with kept.following(world):
            failed = asyncio.run(_serve(service, world, base, made, play=play))
    if failed:
        print(failed, file=sys.stderr)
        raise typer.Exit(1)


async def _serve(service: Service, world: World, base: str, made: list[Account], *, play: bool) -> str:
    stop = stop_on_signals()
    outcome: list[str] = []

    async def ready() -> None:
        if not play:
            print(welcome(service.whole, base, made), flush=True)
            return
        logins = {one.organisme: (one.username, one.password) for one in made if one.role is Role.VALIDEUR}
        outcome.append(await asyncio.to_thread(Play(service.whole, world, base, logins).run))
        stop.set()

    await service.run(ready, stop)
    return outcome[0] if outcome else ""
