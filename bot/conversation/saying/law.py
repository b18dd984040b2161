"""What the law says of the draft, and what is left to do once it is sent: the words of the checks."""

from collections.abc import Iterable, Sequence

from bot.conversation.scene import Scene
from bot.domain.controles import Controle, Issue, controler
from bot.domain.demande import Champ, Demande
from bot.domain.demarches import Demarche, demarches
from bot.domain.session import Json
from bot.form.demande_flow import demande_flow
from bot.form.wording import Wording

CORRIGIBLES = frozenset(
    {
        "naissance",
        "age_minimum",
        "ordre_dates",
        "date_passee",
        "duree",
        "delai",
        "objectif",
        "representant",
        "heures_semaine",
        "heures_semaine_mineur",
        "heures_jour_mineur",
        "repos_hebdomadaire",
        "repos_hebdomadaire_mineur",
        "repos_quotidien_mineur",
        "nuit_mineur",
    }
)
"""Impossible, and only the person's own answer is at stake: correct it before sending (ADR 0035)."""

_SHOWN = 3
_ON_THE_DAY = frozenset({"commencer", "bilan"})


def controles(scene: Scene) -> tuple[Controle, ...]:
    """The checks of the current draft, the person's earlier demandes counted."""
    completing = scene.memory.completing.demande if scene.memory.completing else ""
    return controler(
        applying(scene),
        today=scene.today,
        regles=scene.house.regles,
        holidays=scene.house.formats.holidays,
        earlier=tuple(one for one in scene.dossier.demandes if one.id != completing),
    )


def applying(scene: Scene) -> dict[str, Json]:
    """The answers of the steps that apply: what would be sent."""
    draft = scene.draft
    fields = [champ for step in scene.house.flow.visible(draft) for champ in step.fields]
    return {champ: draft.answers[champ] for champ in fields if draft.has(champ)}


def remarks(scene: Scene) -> list[str]:
    """What is impossible, then what is to confirm, each with its article and, where there is one, a proposal."""
    words, found = scene.house.words, controles(scene)
    impossible = [one for one in found if one.issue is Issue.IMPOSSIBLE]
    doubtful = [one for one in found if one.issue is Issue.A_CONFIRMER]
    shown = doubtful[:_SHOWN]
    lines = [words.say("controle.impossible"), *_bullets(words, impossible)] if impossible else []
    if shown:
        lines += [words.say("controle.a_confirmer"), *_bullets(words, shown)]
    if len(doubtful) > len(shown):
        lines.append(words.say("controle.suite", nombre=str(len(doubtful) - len(shown))))
    return lines


_AT_ONCE = {
    Champ.DATE_DEBUT: frozenset(
        {"delai_arret_maladie", "delai_fonction_publique", "doublon", "contractuel_public", "jours_12_mois"}
    ),
    Champ.ENTREPRISE: frozenset({"hote_distinct"}),
    Champ.SIRET: frozenset({"hote_distinct", "doublon"}),
    Champ.EMPLOYEUR: frozenset({"hote_distinct"}),
    Champ.HOTE_PUBLIC: frozenset({"contractuel_public", "contractuel_prive"}),
    Champ.ACTIVITES: frozenset(f"usage_{one}" for one in ("remplacement", "surcroit", "saisonnier", "permanent")),
    Champ.ACCUEIL_FIN: frozenset({"deja_accueilli", "jours_12_mois", "jours_12_mois_epuises", "conventions_12_mois"}),
}
"""What is said as soon as the answer that it is about is given, rather than at the summary; the rest waits there."""


def at_once(scene: Scene, written: Iterable[Champ]) -> list[str]:
    """The checks that these answers meet, with their article and the nearest possible value; empty where all is well."""
    wanted: frozenset[str] = frozenset().union(*(_AT_ONCE.get(champ, frozenset()) for champ in written))
    if not wanted:
        return []
    return [
        sentence(scene.house.words, one)
        for one in controles(scene)
        if one.code in wanted and one.issue is not Issue.EN_ORDRE
    ]


def obstacles(scene: Scene) -> tuple[Controle, ...]:
    """What keeps the draft from being sent: impossible, and for the person alone to correct."""
    return tuple(one for one in controles(scene) if one.issue is Issue.IMPOSSIBLE and one.code in CORRIGIBLES)


def blocking(scene: Scene) -> bool:
    """Whether sending waits for a correction; the draft is kept, and `remarks` says what would be right."""
    return bool(obstacles(scene))


def refusal(scene: Scene) -> list[str]:
    """Why the draft cannot be sent yet, and what would be right."""
    words = scene.house.words
    return [words.say("controle.bloquant"), *_bullets(words, obstacles(scene))]


def sentence(words: Wording, controle: Controle) -> str:
    """A check as people read it: what it finds, what would be right, the article and its address."""
    source = words.say("controle.source", article=controle.article, url=controle.url)
    return f"{finding(words, controle)} {source}"


def finding(words: Wording, controle: Controle) -> str:
    """What a check finds and what would be right, without its source."""
    params = dict(controle.params) | {name: words.day(day) for name, day in controle.jours.items()}
    said = words.say(f"controle.{controle.code}.{controle.issue}", **params)
    if controle.propose and controle.issue is not Issue.EN_ORDRE:
        said = f"{said} {words.say(f'controle.{controle.code}.propose', **params)}"
    return said.strip()


def left(scene: Scene, demande: Demande) -> tuple[Demarche, ...]:
    """What is left to do for a request, in order; empty where it goes another way."""
    return demarches(
        demande.answers,
        demande.organisme,
        demande.dispositif,
        today=scene.today,
        regles=scene.house.regles,
        holidays=scene.house.formats.holidays,
    )


def next_steps(scene: Scene, demande: Demande) -> list[str]:
    """« Ce qu'il vous reste à faire »: a title and numbered lines, what was ticked marked; empty where nothing is."""
    words = scene.house.words
    body = scene.house.organismes.get(demande.organisme)
    lines = []
    for rang, one in enumerate(left(scene, demande), 1):
        line = step_line(words, rang, one, organisme=body.nom if body else demande.organisme)
        lines.append(words.say("demarche.fait", ligne=line) if ticked(scene, demande, one) else line)
    return [words.say("demarche.titre"), *lines] if lines else []


def mark(demande: Demande, demarche: Demarche) -> str:
    """How a ticked step of a request is remembered."""
    return f"{demarche.code}:{demande.id}"


def ticked(scene: Scene, demande: Demande, demarche: Demarche) -> bool:
    """Whether the person said that this is done."""
    return mark(demande, demarche) in scene.memory.done


def step_line(words: Wording, rang: int, demarche: Demarche, *, organisme: str) -> str:
    """One numbered line: what to do, and by when."""
    champs = ", ".join(label(words, champ) for champ in demarche.champs)
    params = dict(demarche.params) | {"champs": champs, "organisme": organisme}
    text = words.say(f"demarche.{demarche.code}", **params).rstrip(".")
    when = _when(words, demarche)
    key = "demarche.ligne_datee" if when else "demarche.ligne"
    return words.say(key, rang=str(rang), texte=text, quand=when)


def label(words: Wording, champ: Champ) -> str:
    """The name of a field inside a sentence."""
    found = field_label(words, champ)
    return found if found.split(" ")[0].isupper() else found[:1].lower() + found[1:]


def field_label(words: Wording, champ: Champ) -> str:
    """The name of a field, as the recap shows it."""
    step = demande_flow().step_of(champ)
    name = step.name if step else champ.value
    return words.first(f"demande.{name}.libelle_{champ}", f"demande.{name}.libelle") or champ.value


def _when(words: Wording, demarche: Demarche) -> str:
    if demarche.avant is None:
        return ""
    if demarche.vite:
        return words.say("demarche.vite")
    key = "demarche.le" if demarche.code in _ON_THE_DAY else "demarche.avant"
    return words.say(key, jour=words.day(demarche.avant))


def _bullets(words: Wording, controles: Sequence[Controle]) -> list[str]:
    return [f"- {sentence(words, one)}" for one in controles]
