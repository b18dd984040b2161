"""The request: which questions, in which order, for whom. Their words are in prompts/demande.yaml."""

from bot.domain.demande import Champ
from bot.domain.orientation import EMPLOYED, Situation, SuiviPar
from bot.form.flow import Asking, Draft, Flow, Step

SECTIONS = ("accompagnement", "situation", "projet", "entreprise", "dates", "coordonnees")

BODIES = frozenset(SuiviPar) - {SuiviPar.AUCUN, SuiviPar.NE_SAIT_PAS}

DECIDING = ("suivi_par", "situation", "date_naissance", "handicap", "inscrit_france_travail", "rsa", "cadre",
            "inaptitude", "veut_tester_esat")  # fmt: skip
"""The questions whose answers may change the body: once those that apply are done, the body is known."""

LIMITED_CONTRACTS = frozenset({Situation.SALARIE_INSERTION, Situation.CONTRAT_AIDE})


def followed(draft: Draft) -> bool:
    """A named body follows the person."""
    return draft.text(Champ.SUIVI_PAR) in BODIES


def employed(draft: Draft) -> bool:
    """The person has an employer whose agreement counts."""
    return draft.text(Champ.SITUATION) in EMPLOYED


def on_working_time(draft: Draft) -> bool:
    """The immersion takes place on the usual working time, so the employer signs too."""
    return employed(draft) and draft.flag(Champ.SUR_TEMPS_TRAVAIL) is True


def limited_contract(draft: Draft) -> bool:
    """The share of the contract spent in immersion is capped, so its dates are needed."""
    return draft.text(Champ.SITUATION) in LIMITED_CONTRACTS


def office_to_choose(draft: Draft) -> bool:
    """Several offices of the body may receive the request; one chosen stays as long as its body does."""
    chosen = draft.text(Champ.BUREAU_ID)
    if draft.has(Champ.BUREAU) and draft.orientation is not None:
        return not chosen or chosen.partition(":")[0] == draft.orientation.organisme
    return bool(draft.offices.candidats)


def host_kind_matters(draft: Draft) -> bool:
    """Public or private decides the rules of a contractual agent; never guessed from a number."""
    asked = draft.text(Champ.SITUATION) == Situation.CONTRACTUEL_PUBLIC
    return host_known(draft) and (asked or draft.has(Champ.HOTE_PUBLIC) or draft.has(Champ.HOTE_CATEGORIE))


def host_known(draft: Draft) -> bool:
    """The person has already found who would welcome them."""
    return draft.flag(Champ.HOTE_CONNU) is True


def host_unknown(draft: Draft) -> bool:
    """No host yet: the place wished for is asked instead; one already told is kept."""
    return not host_known(draft) or draft.has(Champ.LIEU)


def welcomed_before(draft: Draft) -> bool:
    """The person was in this host before: those days count."""
    return host_known(draft) and draft.flag(Champ.DEJA_ACCUEILLI) is True


def minor(draft: Draft) -> bool:
    """A legal representative signs."""
    return draft.minor


def asked_by_routing(champ: Champ) -> "_Wanted":
    """The condition: the orientation depends on this field, or the field is answered."""
    return _Wanted(champ)


class _Wanted:
    """Whether the orientation depends on a field; an answered field stays, so that it can be corrected."""

    def __init__(self, champ: Champ) -> None:
        self.champ = champ

    def __call__(self, draft: Draft) -> bool:
        missing = draft.orientation.missing if draft.orientation else ()
        return self.champ in missing or self.champ in draft.decisive or draft.has(self.champ)


def dates_ahead(draft: Draft) -> bool:
    """The dates are still to come and in order: a draft left alone for days is checked again."""
    start, end = draft.day(Champ.DATE_DEBUT), draft.day(Champ.DATE_FIN)
    return start is not None and end is not None and draft.today <= start <= end


def agreed(draft: Draft) -> bool:
    """Consent was given before. Nobody is asked for it: sending is the consent, said with its button (ADR 0080)."""
    return draft.flag(Champ.CONSENTEMENT) is True


def demande_flow() -> Flow:
    """The form of a demande."""
    return Flow((*_support(), *_situation(), *_project(), *_host(), *_dates(), *_identity(), *_last()), SECTIONS)


def _support() -> tuple[Step, ...]:
    section = SECTIONS[0]
    return (Step("suivi_par", section, Asking.CHOICE, (Champ.SUIVI_PAR,)),)


def _situation() -> tuple[Step, ...]:
    """What decides the body soonest, then where: nobody is asked a thing that would change nothing for them."""
    section = SECTIONS[1]
    routing = (Champ.INSCRIT_FRANCE_TRAVAIL, Champ.RSA, Champ.CADRE, Champ.INAPTITUDE, Champ.VEUT_TESTER_ESAT)
    rqth = asked_by_routing(Champ.HANDICAP)
    return (
        Step("situation", section, Asking.CHOICE, (Champ.SITUATION,)),
        Step("date_naissance", section, Asking.DATE, (Champ.DATE_NAISSANCE,)),
        Step("handicap", section, Asking.CHOICE, (Champ.HANDICAP,), when=rqth, optional=True),
        *(
            Step(champ.value, section, Asking.YES_NO, (champ,), when=asked_by_routing(champ), optional=True)
            for champ in routing
        ),
        Step("commune", section, Asking.PLACE, (Champ.COMMUNE,)),
        Step(
            "bureau",
            section,
            Asking.OFFICE,
            (Champ.BUREAU,),
            when=office_to_choose,
            optional=True,
            also=(Champ.BUREAU_ID,),
        ),
        Step("conseiller", section, Asking.TEXT, (Champ.CONSEILLER,), when=followed, optional=True),
    )


def _project() -> tuple[Step, ...]:
    section = SECTIONS[2]
    official = (Champ.APPELLATION, Champ.APPELLATION_CODE)
    return (
        Step("objectif", section, Asking.CHOICE, (Champ.OBJECTIF,)),
        Step("metier", section, Asking.TRADE, (Champ.METIER,), optional=True, also=official),
    )


def _host() -> tuple[Step, ...]:
    section = SECTIONS[3]
    tutor = (Champ.TUTEUR_EMAIL, Champ.TUTEUR_TELEPHONE)
    return (
        Step("hote_connu", section, Asking.YES_NO, (Champ.HOTE_CONNU,)),
        Step("entreprise", section, Asking.TEXT, (Champ.ENTREPRISE,), when=host_known),
        Step("siret", section, Asking.NUMBER, (Champ.SIRET,), when=host_known, optional=True),
        Step(
            "hote_public",
            section,
            Asking.YES_NO,
            (Champ.HOTE_PUBLIC,),
            when=host_kind_matters,
            optional=True,
            also=(Champ.HOTE_CATEGORIE,),
        ),
        Step("adresse", section, Asking.TEXT, (Champ.ADRESSE,), when=host_known, optional=True),
        Step("tuteur", section, Asking.DETAILS, (Champ.TUTEUR,), when=host_known, optional=True, also=tutor),
        Step("lieu", section, Asking.PLACE, (Champ.LIEU,), when=host_unknown),
    )


def _dates() -> tuple[Step, ...]:
    section = SECTIONS[4]
    contract = (Champ.CONTRAT_DEBUT, Champ.CONTRAT_FIN)
    return (
        Step("periode", section, Asking.PERIOD, (Champ.DATE_DEBUT, Champ.DATE_FIN), valid=dates_ahead),
        Step("horaires", section, Asking.HOURS, (Champ.HORAIRES,), optional=True),
        Step("activites", section, Asking.TEXT, (Champ.ACTIVITES,), optional=True),
        Step("contrat", section, Asking.PERIOD, contract, when=limited_contract, optional=True),
    )


def _identity() -> tuple[Step, ...]:
    section = SECTIONS[5]
    employer = (Champ.EMPLOYEUR_SIRET, Champ.EMPLOYEUR_EMAIL)
    return (
        Step("identite", section, Asking.NAMES, (Champ.PRENOM, Champ.NOM)),
        Step("contact", section, Asking.DETAILS, (Champ.EMAIL, Champ.TELEPHONE)),
        Step(
            "representant",
            section,
            Asking.DETAILS,
            (Champ.REPRESENTANT, Champ.REPRESENTANT_TELEPHONE),
            when=minor,
            takes=(Champ.REPRESENTANT_EMAIL,),
        ),
        Step("sur_temps_travail", section, Asking.YES_NO, (Champ.SUR_TEMPS_TRAVAIL,), when=employed),
        Step("employeur", section, Asking.DETAILS, (Champ.EMPLOYEUR,), when=on_working_time, also=employer),
        Step(
            "amenagements",
            section,
            Asking.TEXT,
            (Champ.AMENAGEMENTS,),
            when=_never_first(Champ.AMENAGEMENTS),
            optional=True,
        ),
        Step(
            "urgence",
            section,
            Asking.DETAILS,
            (Champ.URGENCE_NOM, Champ.URGENCE_TELEPHONE),
            when=_never_first(Champ.URGENCE_NOM),
            optional=True,
        ),
    )


def _last() -> tuple[Step, ...]:
    """What a convention also wants and many people do not know: asked last, each may be passed."""
    section = SECTIONS[5]
    past = (Champ.ACCUEIL_DEBUT, Champ.ACCUEIL_FIN)
    signatory = (Champ.SIGNATAIRE_EMAIL, Champ.SIGNATAIRE_TELEPHONE)
    careful = (Champ.EQUIPEMENTS, Champ.SURVEILLANCE_MEDICALE)
    return (
        Step("representant_email", section, Asking.NUMBER, (Champ.REPRESENTANT_EMAIL,), when=minor, optional=True),
        Step("deja_accueilli", section, Asking.YES_NO, (Champ.DEJA_ACCUEILLI,), when=host_known, optional=True),
        Step("accueil", section, Asking.PAST, past, when=welcomed_before, optional=True),
        Step(
            "signataire", section, Asking.DETAILS, (Champ.SIGNATAIRE,), when=host_known, optional=True, also=signatory
        ),
        Step(
            "precautions",
            section,
            Asking.TICKS,
            careful,
            when=host_known,
            optional=True,
            also=(Champ.EQUIPEMENTS_PRECISION,),
        ),
        Step("consentement", section, Asking.YES_NO, (Champ.CONSENTEMENT,), when=agreed),
    )


def _never_first(champ: Champ) -> "_OnRequest":
    """The condition of an extra that the recap offers: it is shown once answered."""
    return _OnRequest(champ)


class _OnRequest:
    """An extra that nobody is asked: the recap offers it, and shows it once answered."""

    def __init__(self, champ: Champ) -> None:
        self.champ = champ

    def __call__(self, draft: Draft) -> bool:
        return draft.has(self.champ)
