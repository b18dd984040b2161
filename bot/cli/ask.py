"""`ask`: one question, one sourced answer."""

import time
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from bot.answers.late import OPENING_SECONDS
from bot.answers.service import open_answerer
from bot.app import clock_of, open_chooser, open_model
from bot.cli.bar import bar
from bot.cli.lines import answer_lines
from bot.config import Settings, settings
from bot.content.wording import load_wording
from bot.conversation.saying.telling import told
from bot.domain.answer import (
    Answer,
    Clarify,
    Emergency,
    Outcome,
    Question,
    Refusal,
    Smalltalk,
    Suggestion,
)
from bot.domain.fiche import Citation
from bot.errors import IndexUnusable, InputError
from bot.form.wording import Wording
from bot.ports import Answerer

if TYPE_CHECKING:
    from bot.llm.assembly import Model

app = typer.Typer(add_completion=False)

_HISTORY = 20


def question_from(record: Mapping[str, Any], today: date) -> Question:
    """The question in a JSON object; raises InputError naming the key that is wrong."""
    if "question" not in record:
        raise InputError("question: this key is missing")
    text, history = record["question"], record.get("history")
    if not isinstance(text, str):
        raise InputError("question: a text is expected")
    if history is not None and (not isinstance(history, list) or not all(isinstance(one, str) for one in history)):
        raise InputError("history: a list of texts is expected, oldest first")
    return Question(text, today, tuple(history or ())[-_HISTORY:])


def _titles(suggestions: tuple[Suggestion, ...]) -> list[str]:
    return [one.titre for one in suggestions]


def _title(one: Citation) -> str:
    named = f"{one.titre}, {one.article}" if one.article else one.titre
    return f"{named} ({one.mention})" if one.mention else named


def _sources(citations: tuple[Citation, ...]) -> list[dict[str, str]]:
    return [
        {
            "title": _title(one),
            "url": one.url,
            "checked": one.verifiee_le.isoformat(),
        }
        for one in dict.fromkeys(citations)
    ]


def _shape(status: str, answer: str, **more: Any) -> dict[str, Any]:
    known = {"detail": "", "computed": None, "fiches": [], "sources": [], "reason": None, "suggestions": [], **more}
    return {"status": status, "answer": answer, **known}


def as_json(outcome: Outcome, words: Wording) -> dict[str, Any]:
    """The contract's object for one outcome, without `ms`."""
    match outcome:
        case Answer():
            return _shape(
                "answered",
                told(words, outcome, briefly=True),
                detail=outcome.detail,
                computed=outcome.computed or None,
                fiches=list(outcome.passages),
                sources=_sources(outcome.citations),
                suggestions=_titles(outcome.suggestions),
            )
        case Clarify():
            asked = words.say("reponse.preciser" if outcome.suggestions else "reponse.pas_compris")
            return _shape("clarify", asked, suggestions=_titles(outcome.suggestions))
        case Refusal():
            keys = (f"refus.{outcome.reason}_{outcome.language}", f"refus.{outcome.reason}")
            return _shape(
                "abstained",
                outcome.text or words.first(*keys),
                reason=outcome.reason.value,
                fiches=list(outcome.passages),
                sources=_sources(outcome.citations),
                suggestions=_titles(outcome.suggestions),
            )
        case Emergency():
            return _shape("emergency", outcome.text, fiches=list(outcome.passages), sources=_sources(outcome.citations))
        case Smalltalk():
            return _shape("smalltalk", words.first(f"politesse.{outcome.code}", "politesse.autre"))


def handler(answerer: Answerer, words: Wording, today: date) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The function that answers one line of `ask --jsonl`."""

    def handle(record: dict[str, Any]) -> dict[str, Any]:
        question = question_from(record, today)
        start = time.perf_counter()
        try:
            shape = as_json(answerer.answer(question), words)
        except IndexUnusable as error:
            shape = _shape("error", words.say("reponse.indisponible"), error=str(error))
        return {**shape, "ms": round((time.perf_counter() - start) * 1000, 1)}

    return handle


def listening(known: Settings, today: datetime | None, prompts: Path | None, replies: Path | None) -> "Model | None":
    """The model of this command: over two files where they are given, else the one that is set, once it is open."""
    model = open_model(known, clock_of(today.date() if today else None), prompts=prompts, replies=replies)
    if model is not None:
        model.settle(OPENING_SECONDS)
    return model


def shown(shape: Mapping[str, Any]) -> str:
    """One answer as a person reads it: the text, its sources, related questions."""
    sources = "\n".join(
        f"Source : {one['title']}, vérifié le {one['checked']}\n{one['url']}" for one in shape["sources"]
    )
    related = "\n".join(f"- {title}" for title in shape["suggestions"])
    return "\n\n".join(part for part in (shape["answer"], shape["detail"], sources, related) if part)


@app.command(help="Answer one question with its sources; --jsonl reads one {id, question, history?} a line.")
def ask(
    question: Annotated[str | None, typer.Argument(help="the question, in French")] = None,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="read JSON lines on standard input")] = False,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the date that counts as today")] = None,
    prompts: Annotated[Path | None, typer.Option(help="write a model's requests here instead of calling it")] = None,
    replies: Annotated[Path | None, typer.Option(help="read a model's replies here, by request hash")] = None,
) -> None:
    """Answer and exit."""
    if not jsonl and not (question or "").strip():
        raise InputError('a question is expected, for example: immersion-bot ask "c\'est payé ?"')
    known = settings()
    model = listening(known, today, prompts, replies)
    answerer = open_answerer(
        known.knowledge_dir,
        known.data_dir,
        encoder=known.embedding_model,
        chroma_url=known.chroma_url,
        cache=known.cache_dir,
        progress=bar(),
        chooser=open_chooser(known, model),
    )
    day = today.date() if today else datetime.now(ZoneInfo("Europe/Paris")).date()
    handle = handler(answerer, load_wording(known.prompts_dir), day)
    if jsonl:
        raise typer.Exit(answer_lines(handle))
    print(shown(handle({"question": question})))
