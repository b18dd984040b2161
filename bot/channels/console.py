"""The same conversation in a terminal: one line in, one reply out; buttons are shown, and typed by their text."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.channels.marks import unmarked
from bot.domain.message import Kind, Reply, UserMessage
from bot.domain.session import Session
from bot.domain.turn import Dossier, EraseEverything, SendDemande, Turn
from bot.ports import Clock, Conversation

CHAT = 1


def render(reply: Reply) -> str:
    """A reply as plain lines: notice, text, then one line a row of buttons."""
    rows = ["  ".join(f"[{button.label}]" for button in row) for row in reply.buttons]
    notice = [f"({reply.notice})"] if reply.notice else []
    return "\n".join([*notice, unmarked(reply.text), *rows])


@dataclass(slots=True)
class Console:
    """Holds one person's session in memory; a demande sent here goes nowhere."""

    conversation: Conversation
    clock: Clock
    session: Session = field(default_factory=lambda: Session(chat=CHAT))
    dossier: Dossier = field(default_factory=Dossier)
    last: Reply | None = None
    count: int = 0

    def handle(self, line: str) -> str:
        """Answer one line; a line that is a button's label, between brackets or not, presses it."""
        self.count += 1
        turn = self.conversation.take_turn(self.session, self._message(line.strip(), self.clock.now()), self.dossier)
        self._keep(turn)
        return "\n\n".join(render(reply) for reply in turn.replies)

    def _message(self, line: str, now: datetime) -> UserMessage:
        data = self._pressed(line.strip("[] ").casefold())
        if data:
            return UserMessage(CHAT, now, kind=Kind.BUTTON, button=data, message_id=self.count)
        return UserMessage(CHAT, now, text=line, message_id=self.count)

    def _pressed(self, label: str) -> str:
        rows = self.last.buttons if self.last else ()
        found = (button.data for row in rows for button in row if button.label.casefold() == label and button.data)
        return next(found, "")

    def _keep(self, turn: Turn) -> None:
        self.session = turn.session
        self.last = turn.replies[-1] if turn.replies else self.last
        for effect in turn.effects:
            match effect:
                case SendDemande(demande):
                    self.dossier = replace(self.dossier, demandes=(*self.dossier.demandes, demande))
                case EraseEverything():
                    self.dossier = Dossier()
                case _:
                    pass

    def run(self, lines: Iterable[str], write: Callable[[str], object]) -> None:
        """Answer every line until the end of the input."""
        write(self.handle("/start"))
        for line in lines:
            write(self.handle(line))
