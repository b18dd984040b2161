"""Answers written into the draft: read back, compared with what was there, and the next question."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from bot.conversation import answering, listed
from bot.conversation.answering import Filled, Outcome, Refused, Unsure
from bot.conversation.doing import my_data
from bot.conversation.hearing.phrases import SPAN
from bot.conversation.memory import Course, Nothing
from bot.conversation.saying import doors, law, misunderstood, questions
from bot.conversation.scene import Scene
from bot.domain import regex as re
from bot.domain.calendrier import years_between
from bot.domain.demande import Champ
from bot.domain.hote import categorie_publique
from bot.domain.message import Reply
from bot.domain.organisme import Entreprise
from bot.domain.session import Json
from bot.form import recap
from bot.form.flow import Asking, Step
from bot.reading.choices.situations import bodies_in
from bot.reading.dictated import as_said
from bot.reading.names.sentence import speaks
from bot.reading.outcome import Ask, Rejected, Value
from bot.reading.plain import plain

RULED = {"objectif.un_seul": "objets_max"}
"""Questions back that state the law: the row of regles.yaml that says so."""

TOO_YOUNG = "naissance.trop_jeune"
"""The reader's code for a birth under the minimum age: nothing is kept, and the right door is shown."""


def take(scene: Scene, step: Step, outcome: Outcome) -> Reply:
    """Act on the reading of `step`."""
    _note_wish(scene, step, outcome)
    if not isinstance(outcome, Filled):
        keep_beside(scene)
    match outcome:
        case Filled(values=values) if doubtful := [champ for champ, one in values.items() if _no_name(champ, one)]:
            return unsure(scene, step, Unsure(doubtful[0], read_back(scene, step, values)))
        case Filled():
            return fill(scene, {**outcome.values, **_office_said(scene, step, outcome.values)}, outcome.remarks)
        case Unsure():
            return unsure(scene, step, outcome)
        case Refused(why=why) if why.code == TOO_YOUNG and (born := old_enough_soon(scene, why)):
            return fill(scene, {Champ.DATE_NAISSANCE: born}, (("seize_bientot", why.params),))
        case Refused(why=why) if why.code == TOO_YOUNG and step.name == "date_naissance":
            refused = doors.too_young(scene)
            my_data.clear_draft(scene)
            return refused
        case Refused():
            return misunderstood.refuse(scene, step, outcome.why)


def read_back(scene: Scene, step: Step, values: Mapping[Champ, Json]) -> Ask:
    """« Dois-je noter « … » comme … ? »: nothing is stored before a yes."""
    words = scene.house.words
    kept: dict[str, Json] = {champ.value: value for champ, value in values.items()}
    return Ask(
        "noter", {"texte": scene.text[:120], "champ": words.step(step.name, "libelle")}, ((words.say("oui"), kept),)
    )


def keep_beside(scene: Scene) -> None:
    """Write what was told in passing where the answer itself is asked again, or a question is answered first."""
    if scene.beside:
        scene.lead.extend(write(scene, {}))


def _office_said(scene: Scene, step: Step, values: Mapping[Champ, Json]) -> dict[Champ, Json]:
    """The office named with the body or with the counsellor, where one is listed under that name."""
    if step.name not in {"suivi_par", "conseiller"}:
        return {}
    network = values.get(Champ.SUIVI_PAR) or scene.values.get(Champ.SUIVI_PAR)
    return listed.office_said(scene, scene.text, network) if isinstance(network, str) else {}


def _with_dependents(scene: Scene, values: Mapping[Champ, Json]) -> dict[Champ, Json]:
    """What goes with a change: the office of another town, the code of another trade, the kind of another host."""
    before, made = scene.values, dict(values)
    for champ, (same, followers) in _FOLLOWERS.items():
        if champ in values and before.get(champ) is not None and same(before.get(champ)) != same(values[champ]):
            made |= {one: None for one in followers if one not in values and before.get(one) is not None}
    found = _registered(scene, values)
    if found is not None and found.categorie:
        made[Champ.HOTE_CATEGORIE] = found.categorie
        kind = categorie_publique(found.categorie)
        made |= {} if kind is None else {Champ.HOTE_PUBLIC: kind}
    return made


def _registered(scene: Scene, values: Mapping[Champ, Json]) -> Entreprise | None:
    siret = values.get(Champ.SIRET)
    register = scene.house.companies
    return register.find(siret) if register and isinstance(siret, str) else None


def _departement(place: Json) -> Json:
    return place.get("departement") if isinstance(place, dict) else place


def _itself(value: Json) -> Json:
    return value


_FOLLOWERS: Mapping[Champ, tuple[Callable[[Json], Json], tuple[Champ, ...]]] = {
    Champ.COMMUNE: (_departement, (Champ.BUREAU, Champ.BUREAU_ID)),
    Champ.METIER: (_itself, (Champ.APPELLATION, Champ.APPELLATION_CODE)),
    Champ.SIRET: (_itself, (Champ.HOTE_PUBLIC, Champ.HOTE_CATEGORIE)),
}
"""What no longer holds once this field changes, and which part of it counts."""


def old_enough_soon(scene: Scene, why: Rejected, start: Json = None) -> str:
    """The birth date of somebody old enough at the start told, or within a year where none is; else an empty string."""
    born = why.params.get("ne_le", "")
    begins = start or scene.values.get(Champ.DATE_DEBUT)
    if not born or (begins is not None and start is None):
        return ""
    day = date.fromisoformat(begins) if isinstance(begins, str) else scene.today + timedelta(days=365)
    minimum = scene.house.regles.valeur("age_minimum", scene.today)
    return born if years_between(date.fromisoformat(born), day) >= minimum else ""


def fill(
    scene: Scene,
    values: Mapping[Champ, Json],
    remarks: tuple[tuple[str, Mapping[str, str]], ...] = (),
    *,
    chosen: bool = False,
) -> Reply:
    """Write the values, show what changed, say the remarks, ask what is next.

    `chosen`: the person has read the values and said yes to them.
    """
    scene.lead.extend(write(scene, values, chosen=chosen))
    said = [scene.house.words.reading(code, params) for code, params in remarks]
    scene.lead.extend(text for text in dict.fromkeys(said) if text)
    scene.lead.extend(law.at_once(scene, [champ for champ in values if scene.values.get(champ) is not None]))
    if values.get(Champ.CONSENTEMENT) is False:
        scene.say("form.refus_accord")
    scene.remember(focus=Nothing(), course=course(scene))
    return _wished_end(scene, values) or questions.prompt(scene)


def _note_wish(scene: Scene, step: Step, outcome: Outcome) -> None:
    """« 2 semaines en mars » gives no date; the length is kept until a start is known."""
    span = SPAN.search(scene.text) if step.asking is Asking.PERIOD and not isinstance(outcome, Filled) else None
    if span is not None:
        scene.remember(length_said=span.group())


def _wished_end(scene: Scene, values: Mapping[Champ, Json]) -> Reply | None:
    """The end that a length said earlier gives, once the start is known: to confirm."""
    wish, step = scene.memory.length_said, scene.house.flow.step_of(Champ.DATE_FIN)
    if not wish or Champ.DATE_DEBUT not in values or step is None:
        return None
    scene.remember(length_said="")
    if scene.values.get(Champ.DATE_FIN) is not None:
        return None
    match answering.read_field(scene, Champ.DATE_FIN, wish):
        case Value(value=str() as end):
            asked = Ask(
                "duree_souhaitee", {"duree": wish}, ((recap.shown(scene.house.words, Champ.DATE_FIN, end), end),)
            )
            return unsure(scene, step, Unsure(Champ.DATE_FIN, asked))
        case Ask(proposals=proposals) as asked if proposals:
            return unsure(scene, step, Unsure(Champ.DATE_FIN, asked))
    return None


def course(scene: Scene) -> Course:
    """An edited step is left once it is complete."""
    step = scene.house.flow.step(scene.memory.editing)
    return scene.memory.course if step and step.missing(scene.draft) else scene.memory.edited


def _as_said(scene: Scene, value: Json) -> Json:
    """Free words without the marks that were added to read them."""
    return as_said(value, scene.written) if isinstance(value, str) else value


def write(scene: Scene, values: Mapping[Champ, Json], *, bare: bool = False, chosen: bool = False) -> list[str]:
    """Write into the draft; one line a change, old value shown, and the fields that no longer apply set aside.

    `bare`: an introduction was said already, so that a single line needs none. What is no name is no value of a field
    that holds one, unless it was `chosen`.
    """
    words, before = scene.house.words, scene.values
    named = values if chosen else {champ: value for champ, value in values.items() if not _no_name(champ, value)}
    if values and not named and not scene.beside:
        return [words.say("form.pas_un_nom", champ=label(scene, champ)) for champ in values][:1]
    values = named
    values = with_host(scene, values)
    values = {**_with_dependents(scene, values), **_beside(scene, values)}
    if Champ.ACTIVITES in values and scene.written:
        values[Champ.ACTIVITES] = _as_said(scene, values[Champ.ACTIVITES])
    changed = {champ: value for champ, value in values.items() if before.get(champ) != value}
    scene.put(changed or values)
    aloud = {champ: value for champ, value in values.items() if champ not in recap.CODES}
    shown = [_change(scene, champ, before.get(champ), value) for champ, value in aloud.items()]
    if (
        not bare
        and len(shown) == 1
        and scene.values.get(next(iter(aloud))) is not None
        and not before.get(next(iter(aloud)))
    ):
        shown = [words.say("form.note_seule", note=shown[0])]
    gone = [champ for champ in scene.house.flow.obsolete(scene.draft) if champ not in scene.memory.asked_for]
    if gone:
        undo, last = scene.memory.undo, scene.memory.last
        removed = (
            f"{label(scene, champ)} ({recap.shown(words, champ, scene.values[champ])})"
            for champ in gone
            if champ not in recap.CODES
        )
        labels = ", ".join(removed)
        scene.put(dict.fromkeys(gone))
        scene.remember(undo=undo, last=last)
        shown.append(words.say("form.retires", champs=labels))
    doubt = _age_differs(scene) if Champ.DATE_NAISSANCE in changed else ""
    read_back = _company(scene, changed.get(Champ.SIRET))
    return ["\n".join(part for part in (*shown, doubt, read_back) if part)] if shown else []


_NAMED = frozenset(
    {
        Champ.METIER, Champ.ENTREPRISE, Champ.TUTEUR, Champ.CONSEILLER, Champ.SIGNATAIRE, Champ.REPRESENTANT,
        Champ.URGENCE_NOM, Champ.EMPLOYEUR, Champ.ADRESSE, Champ.PRENOM, Champ.NOM,
    }
)  # fmt: skip
"""Fields that hold a name of somebody or of something."""


def _no_name(champ: Champ, value: Json) -> bool:
    if champ not in _NAMED or not isinstance(value, str):
        return False
    of_a_body = champ is Champ.ENTREPRISE and _FOR_A_BODY.match(plain(value)) and bodies_in(plain(value))
    return bool(of_a_body) or speaks(value)


_FOR_A_BODY = re.compile(r"(?:pour|avec|a|par|vers) ")
"""« pour France Travail »: what is told of a body names no firm."""


OF_A_HOST = frozenset(
    {Champ.ENTREPRISE, Champ.SIRET, Champ.ADRESSE, Champ.TUTEUR, Champ.TUTEUR_EMAIL, Champ.TUTEUR_TELEPHONE}
)


def with_host(scene: Scene, values: Mapping[Champ, Json]) -> Mapping[Champ, Json]:
    """Whoever tells something of the host has found one, whatever was answered before, unless they say so now."""
    told = {champ for champ, value in (*values.items(), *scene.beside.items()) if value is not None}
    told -= set(scene.memory.asked_for)  # a counsellor asked for it, whatever the draft says of the host
    silent = Champ.HOTE_CONNU not in {*values, *scene.beside}
    if silent and scene.values.get(Champ.HOTE_CONNU) is not True and not OF_A_HOST.isdisjoint(told):
        return {Champ.HOTE_CONNU: True, **values}
    return values


def _beside(scene: Scene, values: Mapping[Champ, Json]) -> dict[Champ, Json]:
    """What was told in passing, once: only what has its place in the draft with these values."""
    told, scene.beside = scene.beside, {}
    if not told:
        return {}
    known = scene.values
    answers: dict[str, Json] = {champ.value: value for champ, value in (*told.items(), *values.items()) if value}
    gone = set(scene.house.flow.obsolete(replace(scene.draft, answers={**known, **answers})))
    return {champ: value for champ, value in told.items() if champ not in {*gone, *values}}


def _company(scene: Scene, siret: Json) -> str:
    """Whose number this is, where the public register is asked and knows it."""
    found = _registered(scene, {Champ.SIRET: siret})
    if found is None or not found.nom:
        return ""
    key = "form.siret_lu" if found.ouverte else "form.siret_ferme"
    return scene.house.words.say(key, nom=found.nom, adresse=found.adresse)


def _age_differs(scene: Scene) -> str:
    """The age said earlier against the birth date given now: said where they cannot both be right."""
    said, born = scene.memory.age_said, scene.draft.day(Champ.DATE_NAISSANCE)
    scene.remember(age_said="")
    if not said.isdecimal() or born is None:
        return ""
    real = years_between(born, scene.today)
    return scene.house.words.say("form.age_different", age=str(real), dit=said) if abs(real - int(said)) > 1 else ""


def label(scene: Scene, champ: Champ) -> str:
    """What a field is called: its own label, else its step's."""
    step = scene.house.flow.step_of(champ)
    own = f"demande.{step.name}.libelle_{champ}" if step else ""
    return scene.house.words.first(own, f"demande.{step.name}.libelle" if step else "")


def _change(scene: Scene, champ: Champ, old: Json, new: Json) -> str:
    words = scene.house.words
    name = label(scene, champ)
    if old is None or old == new:
        return words.say("form.note", champ=name, valeur=recap.shown(words, champ, new))
    if new is None:
        return words.say("form.oublie", champ=name, ancien=recap.shown(words, champ, old))
    return words.say(
        "form.change", champ=name, ancien=recap.shown(words, champ, old), nouveau=recap.shown(words, champ, new)
    )


def unsure(scene: Scene, step: Step, outcome: Unsure) -> Reply:
    """Ask back with the values to tap; nothing is written."""
    words, ask = scene.house.words, outcome.ask
    sentence = words.reading(ask.code, ask.params, step.name) or words.say("form.confirmer")
    if ask.code in RULED:
        rule = scene.house.regles.parametre(RULED[ask.code], scene.today)
        day = words.day(rule.verifiee_le, weekday=False)
        sentence += "\n" + words.say("reponse.source", titre=rule.article, jour=day, url=rule.url)
    if ask.proposals:
        offered = [(text or recap.shown(words, outcome.champ, value), value) for text, value in ask.proposals[:5]]
        return questions.offer(scene, outcome.champ, sentence, offered)
    if scene.session.opened and scene.pending() is not step:
        scene.edit(step)  # its buttons are of the question that is asked now
    scene.remember(focus=Nothing())
    return scene.reply(sentence, rows=questions.rows(scene, step))


def undo(scene: Scene) -> Reply:
    """Put back what the last change replaced."""
    before = scene.memory.undo
    if not before:
        scene.say("form.rien_a_defaire")
        return questions.prompt(scene)
    scene.lead.extend(write(scene, before))
    return questions.prompt(scene)
