"""`manage inviter`: the first responsable of a body, before anybody can invite."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse
from django.utils import timezone

from bot.dashboard import accounts
from bot.domain.demande import Role
from bot.storage.heartbeat import pages_address

HERE = "http://127.0.0.1:8000"
"""Where `run` listens unless it is told otherwise, for whoever invites before the first start."""


class Command(BaseCommand):
    """Prints a link that creates the account; sends nothing."""

    help = "Print an invitation link: the first responsable of a body needs one before anybody can invite."

    def add_arguments(self, parser: CommandParser) -> None:
        """Address, body, role."""
        parser.add_argument("email", help="address of the person")
        parser.add_argument("organisme", help="slug of the body in knowledge/organismes.yaml, e.g. mission-locale")
        parser.add_argument(
            "--role", default=Role.RESPONSABLE.value, help="lecture, conseiller, valideur or responsable"
        )

        parser.add_argument(
            "--adresse",
            default="",
            help=f"root of the pages; default: PUBLIC_URL, else where `run` last listened, else {HERE}",
        )

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Make the invitation and print its link."""
        role = options["role"]
        if role not in {"lecture", "conseiller", "valideur", "responsable"}:
            raise CommandError(f"{role}: no such role; use lecture, conseiller, valideur or responsable")
        _, token = accounts.invite(
            options["email"], options["organisme"], role, by="l'exploitant du service", now=timezone.now()
        )
        known = options["adresse"] or getattr(settings, "PUBLIC_URL", "") or pages_address()
        base = str(known or HERE).rstrip("/")
        self.stdout.write(f"{base}{reverse('invitation', args=[token])}")
