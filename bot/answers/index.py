"""An index: built aside from the knowledge, opened from its folder, self-contained."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answers.corpus import COMPLAINT, TALK, Corpus, Owner, build_corpus
from bot.answers.ear import Ear, Sentences
from bot.answers.encoder import LSA, Encoder, LsaEncoder
from bot.answers.encoder import load_model as load_encoder
from bot.answers.fitting import fit_measures, left_out_columns, left_out_lessons
from bot.answers.folder import FORMAT, IndexFolder, Manifest, content_hash, read_manifest
from bot.answers.followup import Thread, asked_in_turn, fit_thread
from bot.answers.kept_vectors import KeptVectors, file_of
from bot.answers.knowledge import Knowledge, parse_knowledge
from bot.answers.lexicon import Lexicon
from bot.answers.model import Model, load_model, save_model
from bot.answers.one_core import one_core
from bot.answers.progress import Progress, Stage, silent
from bot.answers.ranking import BOUNDS, Lesson, fit_weights
from bot.answers.retriever import Asked, Rehearsal, Retriever
from bot.answers.terms import Floats
from bot.answers.vectors import ExactVectors, Vectors
from bot.content.questions import ExamRow
from bot.errors import BotError, IndexUnusable

_EXAM_WEIGHT = 5.0
_VECTORS = "vectors.npy"


@dataclass(frozen=True)
class Index:
    """An opened index."""

    folder: Path
    manifest: Manifest
    knowledge: Knowledge
    corpus: Corpus
    retriever: Retriever
    thread: Thread
    ear: Ear


def _corpus(knowledge: Knowledge) -> Corpus:
    return build_corpus(knowledge.fiches, knowledge.negatifs, knowledge.bavardage, knowledge.plaintes)


def _encoder(name: str, lexicon: Lexicon, corpus: Corpus, root: Path) -> Encoder:
    if name != LSA:
        return KeptVectors(load_encoder(name), file_of(root, name))
    return LsaEncoder.fit(lexicon, [*corpus.phrasings, *(owner.text for owner in corpus.owners if owner.text)])


def build(
    home: IndexFolder,
    knowledge: Knowledge,
    exam: Sequence[ExamRow],
    *,
    encoder: str = LSA,
    chroma_url: str = "",
    progress: Progress = silent,
    sentences: Callable[[], Sentences] | None = None,
) -> Path:
    """Build in a new folder, not in use yet; `exam` holds tuning rows only. Nothing is left behind on failure.

    `sentences` gives what teaches the ear for danger where it is read elsewhere meanwhile; it is read here otherwise.
    """
    folder = home.fresh()
    try:
        with one_core() if encoder == LSA else nullcontext():
            corpus = _corpus(knowledge)
            lexicon = Lexicon.taught(knowledge.lexique, corpus.phrasings)
            fitted, dense = fit_measures(
                corpus, lexicon, partial(_encoder, encoder, lexicon, corpus, home.root), progress
            )
            np.save(folder / _VECTORS, fitted.vectors)
            # Weights are learnt over exact nearness, wherever the vectors are asked for afterwards.
            vectors = ExactVectors(fitted.vectors, corpus, dense)
            known = [(row, right) for row in exam if (right := _right(corpus, row)).any()]
            # The exam's questions are measured by all but the classifier, which learns meanwhile.
            rehearsal = Rehearsal(Retriever(fitted.measures, np.empty(0), vectors), _asked(lexicon, known))
            progress(Stage.MEASURED)
            columns = left_out_columns(fitted)
            Ear.taught(sentences() if sentences else danger_told(knowledge)).save(folder)
            fitted = fitted.learnt()
            progress(Stage.LEARNT)
            rehearsal.learnt(fitted.measures)
            retriever = Retriever(fitted.measures, np.empty(0), vectors, rehearsal)
            weights = _weights(left_out_lessons(fitted, columns), retriever, known)
            progress(Stage.WEIGHED)
            thread = fit_thread(Retriever(fitted.measures, weights, vectors, rehearsal), known)
            progress(Stage.THREADED)
            lsa = dense if isinstance(dense, LsaEncoder) else None
            save_model(Model(fitted.measures, weights, thread, lsa), folder)
            (folder / "knowledge.json").write_text(knowledge.dump, "utf-8")
            name = _published(folder, corpus, dense, fitted.vectors, chroma_url) if chroma_url else ""
            home.seal(
                folder,
                Manifest(encoder, knowledge.digest(), len(corpus.phrasings), name, content=content_hash(folder)),
            )
            progress(Stage.BUILT)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _asked(lexicon: Lexicon, exam: Sequence[tuple[ExamRow, NDArray[np.bool_]]]) -> Iterator[Asked]:
    """Yield every text of the exam that will be measured."""
    yield from ((row.question, frozenset()) for row, _ in exam if not row.historique)
    yield from asked_in_turn(lexicon, exam)


def danger_told(knowledge: Knowledge) -> Sentences:
    """What teaches the ear for danger: what was written for it, and every phrasing of the base."""
    corpus = build_corpus(knowledge.fiches, knowledge.negatifs)
    dangers = {name: list(texts) for name, texts in knowledge.alertes.dangers.items()}
    # Short words of courtesy and complaint are in no phrasing of the base: unheard, they lean on any danger's.
    calm = [*knowledge.bavardage, *knowledge.plaintes, *knowledge.alertes.ordinaires]
    for at, text in zip(corpus.of, corpus.phrasings, strict=True):
        owner = corpus.owners[at]
        (dangers.setdefault(owner.ref.partition("#")[2], []) if owner.urgent else calm).append(text)
    return Sentences.read(dangers, knowledge.alertes.calmes, calm)


def _published(folder: Path, corpus: Corpus, dense: Encoder, table: Floats, url: str) -> str:
    """The name of a new collection on the server that holds every phrasing."""
    from bot.answers.collection import Collection, client

    collection = Collection(f"phrasings-{folder.name}", corpus, dense, client(url))
    collection.write(table)
    collection.verify()
    return collection.name


def _vectors(folder: Path, manifest: Manifest, corpus: Corpus, dense: Encoder, url: str) -> Vectors:
    """Where nearness by meaning is asked for; raises IndexUnusable where it does not match the corpus."""
    if url:
        from bot.answers.collection import Collection, client

        collection = Collection(manifest.collection, corpus, dense, client(url))
        collection.verify()
        return collection
    table = np.load(folder / _VECTORS, mmap_mode="r")
    if len(table) != len(corpus.phrasings):
        raise IndexUnusable(f"the index at {folder.name} is damaged: run `knowledge index`")
    return ExactVectors(table, corpus, dense)


def _weights(
    lessons: list[Lesson], retriever: Retriever, exam: Sequence[tuple[ExamRow, NDArray[np.bool_]]]
) -> NDArray[np.float64]:
    lessons = lessons + [
        Lesson(retriever.measure(row.question), right, _EXAM_WEIGHT) for row, right in exam if not row.historique
    ]
    return fit_weights(lessons, bounds=BOUNDS)


def _right(corpus: Corpus, row: ExamRow) -> NDArray[np.bool_]:
    facts = row.facts
    return np.array([_is_right(corpus, owner, row, facts) for owner in corpus.owners])


def _is_right(corpus: Corpus, owner: Owner, row: ExamRow, facts: frozenset[str]) -> bool:
    if owner.urgent:
        return f"urgence:{owner.ref.partition('#')[2]}" in row.attendu
    if facts:
        return not owner.refus and not facts.isdisjoint(corpus.passages[owner.ref].faits)
    if owner.refus in {TALK, COMPLAINT}:
        return "politesse" in row.attendu
    return any(item.startswith("refus:") for item in row.attendu) and bool(owner.refus)


def open_index(folder: Path, *, encoder: str = LSA, chroma_url: str = "") -> Index:
    """Open a sealed build; raises IndexUnusable in one line where it is damaged or made by another encoder."""
    manifest = read_manifest(folder)
    if manifest.format != FORMAT:
        raise IndexUnusable("the index was written by another version: run `knowledge index`")
    if manifest.encoder != encoder:
        raise IndexUnusable(
            f"the index was built with the encoder {manifest.encoder!r}, not {encoder!r}: run `knowledge index`"
        )
    try:
        knowledge = parse_knowledge((folder / "knowledge.json").read_text("utf-8"))
        corpus = _corpus(knowledge)
        model = load_model(folder, corpus, knowledge.lexique)
        ear = Ear.load(folder)
        vectors = _vectors(folder, manifest, corpus, model.lsa or load_encoder(encoder), chroma_url)
    except BotError:
        raise
    except Exception as error:
        raise IndexUnusable(f"the index at {folder.name} is damaged: run `knowledge index`") from error
    retriever = Retriever(model.measures, model.weights, vectors)
    return Index(folder, manifest, knowledge, corpus, retriever, Thread.over(retriever, model.thread), ear)
