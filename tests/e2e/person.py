"""Somebody at their phone: writes, taps what is shown, waits for the answer."""

import json
from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.cli.play import ANSWERS, period, put_away, step_on_screen
from bot.domain.typographie import typed
from bot.sandbox import people
from bot.sandbox.world import World
from tests.e2e.process import FLOW, WORDS
from tests.sandbox.live import wait_for

PARIS = ZoneInfo("Europe/Paris")


def typed_out(message):
    """What the person reads, with the spaces and apostrophes of a keyboard: tests quote what the files say."""
    return replace(
        message, text=typed(message.text), markup=json.loads(typed(json.dumps(message.markup, ensure_ascii=False)))
    )


@dataclass
class Person:
    """One chat of the sandbox."""

    world: World
    chat: int
    seen: int = 0
    answers: dict = field(default_factory=dict)

    def fresh(self):
        """What the bot has said or changed since the last look."""
        messages = list(self.world.chat(self.chat).messages.values())
        fresh = [one for one in messages if one.rev > self.seen and not one.mine and not one.deleted]
        return [typed_out(one) for one in fresh if not put_away(one)]

    def reply(self):
        """The next answer; the whole of it is looked at."""
        fresh = wait_for(self.fresh, 60)
        self.seen = max(one.rev for one in fresh)
        self.last = fresh[-1]
        return self.last

    def says(self, text, **extra):
        people.write(self.world, self.chat, text, **extra)
        return self.reply()

    def sends(self, kind, **extra):
        people.send(self.world, self.chat, kind, **extra)
        return self.reply()

    def button(self, label, under=None):
        rows = ((under or self.last).markup or {}).get("inline_keyboard", [])
        found = [one for row in rows for one in row if one["text"].startswith(label)]
        assert found, f"no button {label!r} in {rows}"
        return found[0]

    def labels(self, under=None):
        rows = ((under or self.last).markup or {}).get("inline_keyboard", [])
        return [one["text"] for row in rows for one in row]

    def taps(self, label, under=None):
        under = under or self.last
        people.press(self.world, self.chat, under.id, self.button(label, under)["callback_data"])
        return self.reply()

    @property
    def step(self):
        """The step that the last message asks."""
        return step_on_screen(WORDS, FLOW, self.last.text)

    @property
    def at_recap(self):
        return "recap:envoyer:" in json.dumps(self.last.markup or {})

    def fills(self, until="", taps=False, before=None, **answers):
        """Answer what is asked, up to the step `until`, or to the summary; `before` is told each step first."""
        known = ANSWERS | {"periode": period(WORDS, datetime.now(PARIS).date())} | answers
        for _ in range(45):
            if self.at_recap or (until and self.step == until):
                return self.last
            step = self.step
            if before:
                before(step)
            if taps and (label := self._choice(known.get(step, ""))):
                self.taps(label)
            elif step in known:
                self.says(known[step])
            elif WORDS.say("boutons.passer") in self.labels():
                self.taps(WORDS.say("boutons.passer"))
            else:
                self.says("non")
        raise AssertionError(f"the summary never came: {self.last.text}")

    def _choice(self, answer):
        """The button that says this answer, if one does."""
        wanted = answer.casefold().removeprefix("la ").removeprefix("je ")
        return next((one for one in self.labels() if wanted and wanted in one.casefold()), "")

    def notices(self):
        return [text for _, text in self.world.chat(self.chat).notices]
