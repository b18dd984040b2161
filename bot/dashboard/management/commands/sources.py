"""`manage sources`: ask for every source that the fiches cite, so that the desk shows those that are lost."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from bot.content.fiches import load_fiches
from bot.dashboard.entretien import look


class Command(BaseCommand):
    """One request a source; run it once a week or so."""

    help = "Ask for every source that the fiches cite; the desk then lists those that did not answer."

    def add_arguments(self, parser: CommandParser) -> None:
        """The folder of the fiches."""
        parser.add_argument("knowledge", type=Path, help="folder of the fiches, e.g. knowledge")

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002
        """Ask, and print how many were asked for and how many are lost."""
        passages = [passage for fiche in load_fiches(options["knowledge"]) for passage in fiche.passages]
        asked, wrong = look(passages, timezone.now())
        self.stdout.write(f"{asked} sources asked for, {wrong} lost")
