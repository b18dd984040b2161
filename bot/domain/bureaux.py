"""Which local office: by the person's commune, or by the name that the person types."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from difflib import SequenceMatcher

from bot.domain.controle import folded
from bot.domain.organisme import Bureau
from bot.domain.places import Carte, Commune, code_commune, spelt

AU_PLUS = 6
"""The most offices offered at once."""

RESEAUX: Mapping[str, tuple[str, ...]] = {
    "mission-locale": ("mission locale", "missions locales", "ml", "mlj", "mij", "milo"),
    "france-travail": ("france travail", "pole emploi", "ft", "anpe", "agence"),
    "cap-emploi": ("cap emploi", "capemploi"),
    "mdph": ("maison departementale des personnes handicapees", "mdph", "mda"),
    "conseil-departemental": ("conseil departemental", "conseil general", "departement"),
    "chambre-consulaire": ("chambre de commerce", "chambre de metiers", "chambre d agriculture", "cci", "cma"),
}
"""How people name each network, in folded words; its key is the body's slug in organismes.yaml."""

_VIDES = frozenset(
    [
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "de",
        "du",
        "des",
        "d",
        "a",
        "au",
        "aux",
        "en",
        "et",
        "pour",
        "sur",
        "sous",
        "mon",
        "ma",
        "chez",
        "c",
        "est",
        "je",
        "suis",
        "suivi",
        "suivie",
        "par",
        "avec",
        "dans",
        "the",
        "jeunes",
        "jeune",
        "insertion",
        "sociale",
        "professionnelle",
        "emploi",
        "local",
        "relai",
        "relais",
        "point",
        "antenne",
        "site",
        "siege",
        "accueil",
        "maison",
        "service",
        "celle",
        "celui",
        "bureau",
        "non",
        "oui",
        "plutot",
        "enfin",
        "pardon",
        "moi",
        "prefere",
        "j",
        "y",
        "vais",
    ]
)
_PROCHE, _LONGUEUR_SURE, _DEBUT_SUR = 0.82, 5, 4
_PAR_LA_COMMUNE = 0.1
"""How much less the town of an office tells than its name."""


@dataclass(frozen=True, slots=True)
class Choix:
    """One office where it is certain, else those to offer: at most six, the nearest first, none where none is known."""

    bureau: Bureau | None = None
    candidats: tuple[Bureau, ...] = ()


def choisir(bureaux: Iterable[Bureau], commune: Commune, carte: Carte, code_postal: str = "") -> Choix:
    """The office for somebody who lives in `commune`: the one that serves it, or stands in it, or the only one.

    Otherwise those of the département: the commune's first, then its arrondissement's, then by name.
    """
    listed = list(bureaux)
    serving = [one for one in listed if commune.insee and commune.insee in map(code_commune, one.communes)]
    around = serving or [one for one in listed if commune.departement in one.departements]
    here = [one for one in around if _est_dans(one, commune)]
    same_postcode = [one for one in here if code_postal and one.code_postal == code_postal]
    for certain in (around, same_postcode, here):
        if len(certain) == 1:
            return Choix(certain[0])
    return Choix(None, tuple(sorted(around, key=lambda one: _rang(one, commune, carte))[:AU_PLUS]))


def du_departement(bureaux: Iterable[Bureau], departement: str) -> Choix:
    """The offices of a département, where no commune is known: the only one, or six by name."""
    found = sorted((one for one in bureaux if departement in one.departements), key=lambda one: folded(one.nom))
    return Choix(found[0]) if len(found) == 1 else Choix(None, tuple(found[:AU_PLUS]))


def reconnaitre(bureaux: Iterable[Bureau], texte: str, departement: str = "") -> Choix:
    """The office that the person names: « la ML de Givors », « l'agence de Thiers », a slip of the keyboard allowed.

    Several that fit are offered, those of `departement` alone where there are some.
    """
    wanted = _mots(texte)
    network = reseau_nomme(texte)
    listed = [one for one in bureaux if not network or one.reseau == network]
    scored = [(_ressemble(wanted, one), one) for one in listed] if wanted else []
    found = [(marks, one) for marks, one in scored if marks[0] > 0]
    near = [(marks, one) for marks, one in found if departement in one.departements] or found
    best = max((marks[0] for marks, _ in near), default=0.0)
    kept = sorted((-marks[1], folded(one.nom), one.id, one) for marks, one in near if marks[0] == best)
    whole = [one for share, *_, one in kept if share == -1.0]
    certain = whole if len(whole) == 1 else [one for *_, one in kept]
    return Choix(certain[0]) if len(certain) == 1 else Choix(None, tuple(certain[:AU_PLUS]))


def reseau_nomme(texte: str) -> str:
    """The network that the words name, or an empty string."""
    said = f" {folded(texte)} "
    return next((slug for slug, names in RESEAUX.items() if any(f" {name} " in said for name in names)), "")


def noms_de(bureau: Bureau) -> tuple[str, ...]:
    """Every name that the office answers to."""
    return (bureau.nom, *bureau.autres_noms, bureau.commune)


def sans_reseau(texte: str) -> tuple[str, ...]:
    """The folded words of a name without those of its network: « ML de Givors » leaves « givors »."""
    said = f" {folded(texte)} "
    for name in sorted((name for names in RESEAUX.values() for name in names), key=len, reverse=True):
        said = said.replace(f" {name} ", " ")
    words = said.split()
    while words and words[0] in _VIDES | {"france", "travail"}:
        words = words[1:]
    return tuple(words)


def _est_dans(bureau: Bureau, commune: Commune) -> bool:
    """Whether the office stands in the commune, or bears its name."""
    if bureau.code_insee and commune.insee:
        if code_commune(bureau.code_insee) == commune.insee:
            return True
    elif bureau.commune and spelt(bureau.commune) == spelt(commune.nom):
        return True
    wanted = f" {spelt(commune.nom)} "
    return any(wanted in f" {spelt(name)} " for name in (bureau.nom, *bureau.autres_noms))


def _rang(bureau: Bureau, commune: Commune, carte: Carte) -> tuple[bool, bool, bool, str]:
    home = carte.insee(bureau.code_insee)
    same = home is not None and bool(home.arrondissement) and home.arrondissement == commune.arrondissement
    named = any(word.startswith(_racine(commune)) for name in noms_de(bureau) for word in folded(name).split())
    return not _est_dans(bureau, commune), not named, not same, folded(bureau.nom)


def _racine(commune: Commune) -> str:
    """What an adjective keeps of the name: « Chinon » is in « Chinonais »; nothing starts with a short name's."""
    first = max(spelt(commune.nom).split(), key=len, default="")
    return first if len(first) >= _LONGUEUR_SURE else "\0"


def _mots(texte: str) -> frozenset[str]:
    """The words that tell one office from another."""
    return frozenset(word for word in spelt(" ".join(sans_reseau(texte))).split() if word not in _VIDES)


def _ressemble(wanted: frozenset[str], bureau: Bureau) -> tuple[float, float]:
    """How well the typed words are in one of the office's names, 0 where one is missing; the share of it they fill."""
    own = max(_commun(wanted, _mots(name)) for name in (bureau.nom, *bureau.autres_noms))
    marks, share = _commun(wanted, _mots(bureau.commune))
    return max(own, (marks - _PAR_LA_COMMUNE, share / 2))


def _commun(wanted: frozenset[str], words: frozenset[str]) -> tuple[float, float]:
    marks = [max((_proche(one, word) for word in words), default=0.0) for one in wanted]
    if min(marks) < _PROCHE:
        return 0.0, 0.0
    return round(sum(marks) / len(wanted), 2), min(1.0, len(wanted) / len(words))


def _proche(typed: str, word: str) -> float:
    if typed == word:
        return 1.0
    if len(typed) >= _DEBUT_SUR and word.startswith(typed):
        return 0.9
    if min(len(typed), len(word)) < _LONGUEUR_SURE or typed[0] != word[0] or abs(len(typed) - len(word)) > 2:
        return 0.0
    matcher = SequenceMatcher(None, word, typed)
    return 0.95 * matcher.ratio() if matcher.quick_ratio() >= _PROCHE else 0.0


@dataclass(frozen=True, slots=True)
class Import:
    """What an import changed: new offices, changed ones with the names of the fields, those closed or open again."""

    nouveaux: tuple[Bureau, ...] = ()
    modifies: tuple[tuple[Bureau, tuple[str, ...]], ...] = ()
    rouverts: tuple[Bureau, ...] = ()
    fermes: tuple[Bureau, ...] = ()
    inchanges: int = 0

    @property
    def ecrits(self) -> tuple[Bureau, ...]:
        """The offices to write."""
        return (*self.nouveaux, *(one for one, _ in self.modifies), *self.rouverts)

    @property
    def change(self) -> bool:
        """Whether anything changed."""
        return bool(self.ecrits or self.fermes)


def compare(
    connus: Mapping[str, Bureau], fermes: Collection[str], lus: Iterable[Bureau], *, complete: bool = False
) -> Import:
    """What importing `lus` over `connus` (by id; `fermes` are closed among them) changes.

    `complete`: what is not among `lus` closes, in the networks that `lus` names; otherwise nothing closes.
    """
    listed = {one.id: one for one in lus}
    both = [one for one in listed.values() if one.id in connus]
    again = [one for one in both if one.id in fermes]
    kept = [(one, _champs_changes(connus[one.id], one)) for one in both if one.id not in fermes]
    networks = {one.reseau for one in listed.values()}
    gone = [one for one in connus.values() if one.id not in listed and one.id not in fermes and one.reseau in networks]
    return Import(
        nouveaux=tuple(one for one in listed.values() if one.id not in connus),
        modifies=tuple((one, names) for one, names in kept if names),
        rouverts=tuple(again),
        fermes=tuple(gone) if complete else (),
        inchanges=sum(not names for _, names in kept),
    )


def _champs_changes(avant: Bureau, apres: Bureau) -> tuple[str, ...]:
    return tuple(one.name for one in fields(Bureau) if getattr(avant, one.name) != getattr(apres, one.name))
