"""The ear on examples it has not learnt: a sixth of `knowledge/paroles`, drawn once; one line a figure.

`python -m tests.benchmarks.ear_held_out`. These are the project's own examples, not an exam of strangers.
"""

import random
import sys
from pathlib import Path

from bot.answers.service import open_answerer
from bot.config import ROOT, settings
from bot.content.paroles import load_examples
from bot.conversation.deciding import alarm, meant, policy
from bot.conversation.hearing import ear
from bot.conversation.hearing.heard import Act, Heard, reads_as
from bot.ear.listener import LearntListener
from bot.ear.training import learn
from bot.form.demande_flow import demande_flow

SEED, SHARE = 11, 6
KNOWLEDGE = ROOT / "knowledge"


def main(data: Path | None = None) -> None:
    """Learn on five sixths, listen to the rest, print."""
    examples = list(load_examples(KNOWLEDGE))
    drawn = set(random.Random(SEED).sample(range(len(examples)), len(examples) // SHARE))
    listener = LearntListener(learn([one for at, one in enumerate(examples) if at not in drawn]))
    kept = [examples[at] for at in sorted(drawn)]
    weights = dict(zip(kept, listener.listen_all([one.text for one in kept]), strict=True))
    _danger(kept, listener, data or settings().data_dir)
    _gate(kept, weights)
    _choices(kept, weights)


def _danger(kept, listener, data):
    answerer = open_answerer(KNOWLEDGE, data)
    heard = {True: [], False: []}
    for one in kept:
        told, found = ear.danger(one.text, listener), answerer.danger(one.text)
        weight = told.weight + (alarm.SEARCHED * found.confidence if found else 0.0)
        heard["danger" in one.acts].append(weight >= ear.DANGER)
    _say("danger heard", heard[True])
    _say("false alarms", heard[False])


def _gate(kept, weights):
    steps = [one.name for one in demande_flow().steps if one.asking in policy.OWN_WORDS]
    answers = [reads_as(weights[one], one.step) for one in kept if one.step in steps and Act.ANSWER in one.acts]
    others = [one for one in kept if one.acts and Act.ANSWER not in one.acts]
    _say("answers kept at an open question", [weight >= policy.READS_AS for weight in answers])
    _say("other acts kept there", [reads_as(weights[one], step) >= policy.READS_AS for one in others for step in steps])


def _choices(kept, weights):
    flow, right = demande_flow(), []
    told = [one for one in kept if any(act.startswith("choix/") for act in one.acts)]
    for one in told:
        value, weight, ahead = meant.likeliest(Heard(one.text, weights[one]), flow.step(one.step))
        if weight >= meant.SURE and ahead >= meant.AHEAD:
            right.append(f"choix/{one.step}/{value}" in one.acts)
    _line(f"closed questions noted by the ear alone: {len(right)} of {len(told)}")
    _say("rightly", right)


def _say(what, found):
    _line(f"{what}: {sum(found)} of {len(found)}, {100 * sum(found) / max(1, len(found)):.1f} %")


def _line(text):
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
