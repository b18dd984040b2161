"""`demo`: everything on this machine, without a token."""

import asyncio
import secrets
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from starlette.routing import Mount

from bot.app import Program, open_database, program
from bot.channels.telegram.api import BotApi
from bot.cli.listening import address, listen, log_to_stderr
from bot.cli.play import Play
from bot.cli.serving import Service, stop_on_signals
from bot.config import Settings, load_settings, settings
from bot.domain.demande import Role
from bot.sandbox.server import sandbox
from bot.sandbox.world import World

app = typer.Typer(add_completion=False)

PREFIX = "/bac-a-sable"
BODIES = ("mission-locale", "france-travail", "cap-emploi", "conseil-departemental", "operateur-cep")
_ANYWHERE = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not bound to


@dataclass(frozen=True, slots=True)
class Account:
    """A counsellor's login, made for this demo."""

    username: str
    password: str
    organisme: str


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
    """One counsellor a body, each with a new password."""
    from bot.dashboard.accounts import create_member

    made = []
    for slug in (slug for slug in BODIES if slug in whole.house.organismes):
        one = Account(f"conseil-{slug}", secrets.token_urlsafe(12), slug)
        email = f"{one.username}@exemple.fr"
        user = create_member(one.username, email, one.password, slug, Role.VALIDEUR, at=whole.clock.now())
        user.set_password(one.password)
        user.save()
        made.append(one)
    return made


def welcome(whole: Program, base: str, made: list[Account]) -> str:
    """What to open, and with which password."""
    names = [(whole.house.organismes[one.organisme].nom, one) for one in made]
    width = max((len(name) for name, _ in names), default=0)
    rows = "\n".join(f"  {name:<{width}}  {one.username}  {one.password}" for name, one in names)
    return (
        f"ready {base}/\n\n"
        f"Chat page (you are the person):         {base}{PREFIX}/\n"
        f"Another person:                         {base}{PREFIX}/?personne=2\n"
        f"Counsellors' pages:                     {base}/connexion/\n\n"
        f"Counsellors' logins, one a body:\n{rows}\n\n"
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
    "adapter, the counsellors' pages, an embedded database (in DATA_DIR if it is set, else in a folder that goes away). "
    "Prints the addresses and counsellors' logins. --play plays one conversation here, from /start to a stored and "
    "routed request, prints it, and exits 0."
)
def demo(
    play: Annotated[bool, typer.Option("--play", help="play one conversation in this terminal and exit")] = False,
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
        open_database(given)
        whole = program(given, today.date() if today else None)
        made = accounts(whole)
        world = World()
        api = BotApi(given.telegram_token.get_secret_value(), given.telegram_base_url)
        service = Service(whole, api=api, bound=bound, routes=[Mount(PREFIX, sandbox(world))], closing=world.close)
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
        logins = {one.organisme: (one.username, one.password) for one in made}
        outcome.append(await asyncio.to_thread(Play(service.whole, world, base, logins).run))
        stop.set()

    await service.run(ready, stop)
    return outcome[0] if outcome else ""
