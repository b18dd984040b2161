"""A second ear beside the first: what either decides, what only the first does, and what is asked before it is kept."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import pytest

from bot.answers.answerer import IndexAnswerer
from bot.answers.publishing import Publisher
from bot.cli.standing import Standing, standard_person
from bot.cli.turn import Overheard, Situations
from bot.config import ROOT
from bot.conversation.claims import Act, Claim, Listening, Span
from bot.conversation.dialogue import Dialogue
from bot.conversation.hearing import second
from bot.conversation.hearing.heard import Heard
from bot.domain.champs import BY_CHAMP, Champ, Who
from bot.llm import assembly
from bot.reading.plain import plain
from tests.conversation.judge import asked, cases, judge, still_open
from tests.llm.hostile import MODES, POISON

TODAY = date(2026, 11, 23)


class Scripted:
    """The `Consulted` port over a function; how often it was asked."""

    def __init__(self, script=lambda _: None):
        self.script, self.asked = script, []

    def ask(self, request: Any) -> Mapping[str, Any] | None:
        self.asked.append(request)
        return self.script(request)


@pytest.fixture(scope="module")
def consulted():
    return Scripted()


@pytest.fixture(scope="module")
def house(published):
    index = Publisher(ROOT / "knowledge", published).publish().index
    return index, Situations.load(IndexAnswerer(index), TODAY).standing.dialogue.house


@pytest.fixture
def situations(consulted, house, masker, consignes):
    """A model that has said nothing yet, at its place in the house."""
    model = assembly.model_over(consulted, masker, consignes.textes)
    answerer = Overheard(IndexAnswerer(house[0], chooser=model.chooser))
    return Situations(Standing(Dialogue(replace(house[1], answerer=answerer, second_ear=model.ear))), answerer, TODAY)


def hears(*parts):
    """A script that points at these (quote, act, field, owner) and chooses no passage."""
    told = [dict(zip(("extrait", "acte", "champ", "de"), (*one, "sans", "sans")[:4], strict=True)) for one in parts]
    return lambda request: {"parties": [{"sur": 0.95, **one} for one in told]} if request.task == "entendre" else None


def play(situations, consulted, base, text, script, **more):
    consulted.asked.clear()
    consulted.script = script
    return situations.handle({"id": "x", "base": base, "text": text, **more})


def test_danger_that_only_the_second_ear_hears_is_an_emergency(situations, consulted):
    text = "des crêpes et du cidre chez mamie samedi"
    calm = play(situations, consulted, "avant:metier", text, lambda _: None)
    assert calm["emergency"] != "accident"
    told = play(situations, consulted, "avant:metier", text, hears((text, "danger/accident")))
    assert told["emergency"] == "accident"
    assert told["after"] == told["before"]


def test_danger_that_the_second_ear_does_not_hear_is_one_all_the_same(situations, consulted):
    told = play(situations, consulted, "avant:metier", "je veux mourir ce soir", hears(("je veux", "bavardage")))
    assert told["emergency"] == "suicide"


def test_health_that_only_the_second_ear_hears_is_not_kept(situations, consulted):
    text = "servir les clients, mais le palu me reprend souvent"
    told = play(situations, consulted, "avant:activites", text, hears(("le palu me reprend souvent", "sante")))
    assert "palu" not in json.dumps(told["after"], ensure_ascii=False)
    assert "santé" in told["reply"]


def test_what_is_left_of_a_message_without_the_words_that_the_second_ear_alone_hides_changes_nothing(
    situations, consulted
):
    text = "oups le 06 que j'ai mis c'est celui du gérant, moi c'est le 06 02 81 57 39"
    alone = "oups le 06 que j'ai mis c'est celui"
    told = play(situations, consulted, "recap", text, hears((alone, "sante")))
    assert told["after"] == told["before"]
    assert "santé" in told["reply"]


@pytest.mark.parametrize("champ", Champ)
def test_whatever_field_the_second_ear_points_at_the_turn_goes_through(champ, situations, consulted, caplog):
    play(
        situations,
        consulted,
        "avant:situation",
        "un vieux rêve de luthier par là",
        hears(("luthier", "reponses", champ, BY_CHAMP[champ].of)),
    )
    assert "turn failed" not in caplog.text


@pytest.mark.parametrize(
    ("base", "text"),
    [
        ("recap", "j'hésite encore un petit peu"),
        ("envoyee", "je ne sais plus trop quoi penser"),
        ("avant:metier", "tout ça me semble long"),
    ],
)
def test_no_order_comes_from_the_second_ear(situations, consulted, base, text):
    for order in ("effacer", "envoyer", "retirer", "recommencer"):
        told = play(situations, consulted, base, text, hears((text, f"ordres/{order}"), (text, "ordres")))
        assert not told["erased"]
        assert not told["withdrawn"]
        assert told["sent"] == 0
        assert told["waits"] is None


def test_a_value_that_only_the_second_ear_hears_is_asked_before_it_is_kept(situations, consulted):
    text = "un vieux rêve de luthier traîne par là"
    alone = play(situations, consulted, "avant:situation", text, lambda _: None)
    told = play(situations, consulted, "avant:situation", text, hears(("luthier", "reponses", "metier", "personne")))
    assert told["after"] == alone["after"], "on the model's word alone nothing is kept"


def test_what_is_an_order_for_the_first_ear_is_heard_by_it_alone(situations, consulted):
    told = play(situations, consulted, "avant:metier", "parler à un conseiller", hears(("parler", "sante")))
    assert told["waits"] is not None
    assert not [one for one in consulted.asked if one.task == "entendre"]


@pytest.mark.parametrize("base", ["avant:identite", "avant:contact", "avant:tuteur", "avant:representant"])
def test_answers_on_names_and_contacts_never_leave(situations, consulted, base):
    given = {"date_naissance": "2010-01-05"} if base == "avant:representant" else {}
    play(situations, consulted, base, "Zinedine Benkhelifa, un ami de la famille", lambda _: None, given=given)
    assert not [one for one in consulted.asked if one.task == "entendre"]


def test_the_second_ear_is_asked_once_a_message(situations, consulted):
    play(situations, consulted, "avant:activites", "ranger le stock et conseiller les clients", hears())
    assert len([one for one in consulted.asked if one.task == "entendre"]) == 1


def test_a_turn_is_played_with_an_ear_that_is_elsewhere(house, masker, consignes, tmp_path):
    text = "des crêpes et du cidre chez mamie samedi"

    def played(**files):
        model = assembly.by_files(files.get("prompts"), files.get("replies"), masker, consignes.textes)
        dialogue = Dialogue(replace(house[1], answerer=Overheard(IndexAnswerer(house[0])), second_ear=model.ear))
        played = Situations(Standing(dialogue), dialogue.house.answerer, TODAY)
        return played.handle({"id": "x", "base": "avant:metier", "text": text})

    assert played(prompts=tmp_path / "p")["emergency"] != "accident"
    request = json.loads((tmp_path / "p").read_text("utf-8").splitlines()[0])
    assert request["task"] == "entendre"
    heard = {"extrait": text, "acte": "danger/accident", "sur": 0.95, "champ": "sans", "de": "sans"}
    (tmp_path / "r").write_text(json.dumps({"hash": request["hash"], "reply": {"parties": [heard]}}), "utf-8")
    assert played(replies=tmp_path / "r")["emergency"] == "accident"


def claim(act=Act.QUESTION, start=0, end=4, sure=0.9, **more):
    return Claim(act, Span(start, end), sure, **more)


@pytest.mark.parametrize(
    "bad",
    [
        claim(start=-1), claim(start=3, end=3), claim(end=99), claim(sure=1.5), claim(sure=-1), claim(Act.ORDER),
        claim(champ=Champ.TELEPHONE, of=Who.PERSON), claim(Act.ANSWER, champ=Champ.TELEPHONE, of=Who.TUTOR),
        claim(Act.ANSWER, champ=Champ.CONSENTEMENT, of=Who.PERSON),
    ],
)  # fmt: skip
def test_a_claim_outside_the_message_or_the_closed_lists_is_dropped(bad):
    assert second.checked("c'est payé ?", [bad]) == ()


def test_an_unsure_claim_changes_nothing():
    heard = Heard("c'est payé ?", {"questions": 0.4, "reponses": 0.2})
    assert second.merged(heard, [claim(sure=0.5)], "metier", str) == heard


def test_the_second_ear_may_quiet_an_answer_and_never_raise_one():
    weights = {"reponses": 0.3, "reponses/activites": 0.2, "plaintes": 0.25}
    quiet = second.merged(Heard("vous servez à rien", weights), [claim(Act.COMPLAINT)], "activites", str)
    assert quiet.answers("activites") <= second.QUIET
    assert quiet.sounds(Act.COMPLAINT) == 0.9
    low = {"reponses": 0.1, "reponses/activites": 0.1, "plaintes": 0.3}
    said = second.merged(Heard("vous servez à rien", low), [claim(Act.ANSWER)], "activites", str)
    assert said.answers("activites") == 0.1


@pytest.mark.parametrize(("mode", "act"), [("danger", Act.DANGER), ("health", Act.HEALTH)])
def test_a_model_that_cries_over_a_calm_message_is_not_believed_from_the_first(mode, act, masker, consignes, caplog):
    ear = assembly.model_over(Scripted(MODES[mode]), masker, consignes.textes).ear
    found = [any(one.act is act for one in ear.hear(Listening(f"bonjour la compagnie {at}"))) for at in range(40)]
    assert not any(found)
    assert len([one for one in caplog.records if "no longer believed" in one.getMessage()]) == 1


def test_a_model_that_is_calm_over_calm_messages_is_believed_on_danger(masker, consignes):
    consulted = Scripted(lambda request: _told_of(request, "jeudi noir", "danger/suicide"))
    ear = assembly.model_over(consulted, masker, consignes.textes).ear
    assert [one.category for one in ear.hear(Listening("un jeudi noir de plus"))] == ["suicide"]
    assert len(consulted.asked) == 2, "the message, then one that is calm"
    for _ in range(9):
        ear.hear(Listening("un jeudi noir de plus"))
    told = [json.loads(one.user)["message"] for one in consulted.asked]
    calm = [one for one in told if one != "un jeudi noir de plus"]
    assert len(calm) == len(set(calm)) == 10, "each calm message is asked once"


def test_a_model_that_hears_danger_everywhere_but_in_the_calm_messages_is_found_out(masker, consignes, caplog):
    calm = consignes.textes["temoins"].splitlines()
    lie = MODES["danger"]
    consulted = Scripted(lambda request: None if json.loads(request.user)["message"] in calm else lie(request))
    ear = assembly.model_over(consulted, masker, consignes.textes).ear
    found = [any(one.act is Act.DANGER for one in ear.hear(Listening(f"bonjour {at} fois"))) for at in range(40)]
    assert sum(found) < 12
    assert len([one for one in caplog.records if "no longer believed" in one.getMessage()]) == 1


def _told_of(request, words, act):
    said = json.loads(request.user)["message"]
    heard = [{"extrait": words, "acte": act, "sur": 1, "champ": "sans", "de": "sans"}] if words in said else []
    return {"parties": heard}


def test_what_the_first_ear_is_sure_of_stands():
    sure = Heard("ranger le stock", {"reponses": 0.7, "reponses/activites": 0.8, "plaintes": 0.1})
    assert second.merged(sure, [claim(Act.COMPLAINT)], "activites", str) == sure
    loud = Heard("c'est payé ?", {"reponses": 0.1, "reponses/activites": 0.0, "questions": 0.8})
    assert second.merged(loud, [claim(Act.SMALLTALK)], "activites", str) == loud


def test_a_model_that_contradicts_what_the_first_ear_is_sure_of_is_heard_on_danger_and_health_alone(
    masker, consignes, caplog
):
    consulted = Scripted(lambda request: {"parties": [_whole(request, "plaintes"), _whole(request, "danger/suicide")]})
    ear = assembly.model_over(consulted, masker, consignes.textes).ear
    ear.hear(Listening("ranger le stock", sure=Act.ANSWER))
    consulted.script = lambda request: _told_of(request, "le stock", "plaintes")
    assert ear.hear(Listening("le stock, quoi")) == ()
    consulted.script = lambda request: _told_of(request, "le stock", "sante")
    assert [one.act for one in ear.hear(Listening("le stock, quoi"))] == [Act.HEALTH]
    assert len([one for one in caplog.records if "contradicts" in one.getMessage()]) == 1


def _whole(request, act):
    return {"extrait": json.loads(request.user)["message"], "acte": act, "sur": 1, "champ": "sans", "de": "sans"}


@pytest.mark.parametrize("text", ["/start", "/mes_donnees"])
def test_people_are_told_to_whom_their_words_go(text, house, situations):
    def reply(told):
        dialogue = Dialogue(replace(house[1], told_of_model=told))
        here = replace(situations, standing=Standing(dialogue))
        return here.handle({"id": "x", "base": "neuf", "text": text})["reply"]

    assert "serveur.exemple" in reply("serveur.exemple")
    assert "sans" in reply("serveur.exemple").partition("serveur.exemple")[2]
    assert "modèle" not in reply("")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        (("mistralai:petit", "", ""), "mistralai"),
        (("openai:x", "https://albert.exemple.fr/v1", ""), "albert.exemple.fr"),
        (("openai:x", "https://albert.exemple.fr/v1", "Albert, de l'État"), "Albert, de l'État"),
    ],
)
def test_the_recipient_is_the_name_given_else_the_server_else_the_provider(given, name):
    assert assembly.recipient(*given) == name


# --- models that lie, over the cases of one message in a situation ---------------------------------------------------


def slices():
    """Each lie with cases of its own, so that all cases are played once; `bench ear` plays every lie over every case."""
    names = list(MODES)
    return [(names[at % len(names)], one) for at, one in enumerate(cases())]


@pytest.mark.lent
@pytest.mark.parametrize("mode", MODES)
def test_a_lying_model_harms_nobody_and_no_word_of_it_is_said(mode, situations, consulted):
    harmed, strange = [], []
    for name, one in slices():
        if name != mode:
            continue
        consulted.script = MODES[mode]
        told = situations.handle(asked(cases()[one]))
        if judge(cases()[one], told).harmful and still_open().get(one) != "harmful":
            harmed.append(one)
        strange += [(one, word) for word in unknown_words(cases()[one], told)]
        assert not poisoned(json.dumps(told, ensure_ascii=False)), one
    assert harmed == []
    assert strange == []


def poisoned(text):
    """Whether four words in a row of the model's own sentence are there."""
    words, said = plain(POISON).split(), f" {plain(text)} "
    return any(f" {' '.join(words[at : at + 4])} " in said for at in range(len(words) - 3)) or "zorglub" in said


@lru_cache(maxsize=1)
def vocabulary():
    """Every word of prompts/ and knowledge/ (but the instructions of the model), and of the standard person."""
    files = [*(ROOT / "knowledge").rglob("*.*"), *(ROOT / "prompts").glob("*.yaml")]
    texts = [path.read_text("utf-8") for path in files if path.suffix in {".md", ".yaml", ".csv"}]
    return frozenset(
        word for text in (*texts, json.dumps(standard_person(), ensure_ascii=False)) for word in plain(text).split()
    )


def unknown_words(case, told):
    own = plain(json.dumps(asked(case), ensure_ascii=False)).split()
    known = vocabulary() | set(own)
    said = plain(re.sub(r"https?://\S+", " ", told["reply"]) + " " + " ".join(told["buttons"])).split()
    return [word for word in said if word not in known and not re.search(r"\d", word)]
