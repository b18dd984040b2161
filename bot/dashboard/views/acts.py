"""What a counsellor does to a demande: each act is one POST, one event, one message to the person."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from bot.casework import amend, annotate, assign, set_aside
from bot.dashboard import acts
from bot.dashboard.desk import desk
from bot.dashboard.dossier import CONFIRMED, missing_of
from bot.dashboard.editing import Editing, read_edits
from bot.dashboard.erasure import erase_one, everything_of
from bot.dashboard.exports import to_json
from bot.dashboard.members import colleagues
from bot.dashboard.pages import announce, attachment, page
from bot.dashboard.shown import STATUTS
from bot.dashboard.views.demande import dossier, show
from bot.domain.demande import Champ, Demande, Statut, transition
from bot.domain.turn import CounsellorWrote, StatutChanged
from bot.errors import BotError, ConflictError, InputError, TransitionError

LONGEST = 3000
_FORBIDDEN = "Ce changement n'est pas possible d'ici."


def _text(request: Any, name: str) -> str:
    return str(request.POST.get(name, "")).replace("\r\n", "\n").replace("\x00", "").strip()[:LONGEST]


def _try(request: Any, form: str, act: Callable[[], Any], done: str, lot: str = "") -> HttpResponse:
    """Do it, or show the page again with what was typed and one sentence that says what would be right.

    `lot` is the gesture that the next page offers to undo.
    """
    try:
        act()
    except BotError as error:
        request.objet.refresh_from_db()
        said = str(error) if isinstance(error, InputError | acts.Moved) else _FORBIDDEN
        if isinstance(error, ConflictError):
            said = "Cette demande a changé entre-temps. Relisez-la, puis recommencez."
        status = 409 if isinstance(error, ConflictError | acts.Moved) else 422
        return show(request, status=status, erreur=said, erreur_dans=form, **_typed(request))
    announce(request, done, lot=lot)
    return redirect("demande", pk=request.objet.pk)


def _typed(request: Any) -> dict[str, Any]:
    """What was typed, so that nothing has to be typed twice."""
    return {
        "saisi": request.POST,
        "champs_coches": request.POST.getlist("champs"),
        "brouillon_message": _text(request, "message"),
    }


@require_POST
def statut(request: Any, pk: str) -> HttpResponse:
    """Change the status; a missing reason, field or confirmation is said beside the field."""
    wanted = str(request.POST.get("vers", ""))
    who = acts.Gesture(request.user.get_username(), request.role)

    def act() -> None:
        if wanted not in set(Statut):
            raise InputError(_FORBIDDEN)
        target, motif = Statut(wanted), _text(request, "motif")
        champs = tuple(name for name in request.POST.getlist("champs") if name in set(Champ))
        seen = str(request.POST.get("vu", ""))
        if seen == str(request.objet.evenements.count()):
            _check(request, target, motif, champs)
        number = " ".join(_text(request, "convention").split())[:40]
        acts.set_status(desk(), str(pk), seen, target, who, motif=motif, champs=champs, convention=number)

    said = f"Statut changé : {STATUTS[Statut(wanted)] if wanted in set(Statut) else ''}."
    return _try(request, f"statut-{wanted}", act, said, str(who.lot))


def _check(request: Any, target: Statut, motif: str, champs: tuple[str, ...]) -> None:
    row = transition(Statut(request.objet.statut), target)
    if row is None or request.role not in row.roles:
        raise TransitionError(_FORBIDDEN)
    if row.motif and not motif:
        raise InputError("Écrivez la raison. Elle est transmise à la personne, mot pour mot.")
    if target is Statut.A_COMPLETER and not champs:
        raise InputError("Cochez au moins un champ à demander.")
    if target in CONFIRMED and missing_of(request.objet, desk()) and request.POST.get("confirme") != "oui":
        raise InputError("Des éléments manquent encore. Demandez-les, ou cochez la case si vous les avez par ailleurs.")
    if target is Statut.CONVENTIONNEE and not _text(request, "convention"):
        raise InputError("Écrivez le numéro de la convention signée. Sans convention signée, personne n'est assuré.")


@require_POST
def annuler(request: Any, lot: UUID) -> HttpResponse:
    """Undo what one has just done, for a few seconds: nobody has heard of it yet."""
    try:
        back = acts.take_back(desk(), lot, request.user.get_username())
    except BotError:
        announce(
            request, "Trop tard pour annuler : la personne est prévenue, ou quelqu'un d'autre est passé.", error=True
        )
        return redirect("demandes")
    announce(request, "Changement annulé. La personne n'en a rien su.")
    return redirect("demande", pk=back[0].id) if len(back) == 1 else redirect("demandes")


@require_POST
def attribuer(request: Any, pk: str) -> HttpResponse:
    """Give the demande to a colleague, take it oneself, or give it back to the team."""
    name, user = str(request.POST.get("membre", "")), request.user.get_username()

    def act() -> None:
        if name and name not in colleagues(request.objet.organisme, request.objet.bureau, request.roles, user):
            raise InputError("Choisissez quelqu'un de l'équipe.")
        acts.act(
            desk(),
            str(pk),
            str(request.POST.get("vu", "")),
            lambda one: assign(one, name, auteur=user, at=desk().clock.now()),
            columns={"pris_par": name},
        )

    return _try(request, "attribuer", act, f"Demande confiée à {name}." if name else "Demande rendue à l'équipe.")


@require_POST
def rappel(request: Any, pk: str) -> HttpResponse:
    """Set the demande aside until a day, or take it up again."""
    typed, user = _text(request, "jour"), request.user.get_username()

    def act() -> None:
        try:
            day = date.fromisoformat(typed) if typed else None
        except ValueError:
            raise InputError("Cette date est incomplète. Exemple : 08/12/2026") from None
        if day is not None and day <= desk().today:
            raise InputError("Choisissez un jour à venir.")
        acts.act(
            desk(),
            str(pk),
            str(request.POST.get("vu", "")),
            lambda one: set_aside(one, day, auteur=user, at=desk().clock.now()),
            columns={"rappel_le": day},
        )

    return _try(
        request, "rappel", act, "Demande mise de côté : elle reviendra ce jour-là." if typed else "Demande reprise."
    )


@require_POST
def transfert(request: Any, pk: str) -> HttpResponse:
    """Propose another body to the person: nothing moves before they agree."""
    body, motif = str(request.POST.get("organisme", "")), _text(request, "motif")
    who = acts.Gesture(request.user.get_username(), request.role)

    def act() -> None:
        if body not in desk().organismes:
            raise InputError("Choisissez l'organisme qui reçoit la demande.")
        if not motif:
            raise InputError("Écrivez la raison du transfert. Elle est transmise à la personne, mot pour mot.")
        acts.send_elsewhere(desk(), str(pk), str(request.POST.get("vu", "")), body, who, motif=motif)

    said = f"Transfert proposé à la personne : {desk().body_name(body)}. La demande reste ici jusqu'à sa réponse."
    return _try(request, "transfert", act, said, str(who.lot))


@require_POST
def note(request: Any, pk: str) -> HttpResponse:
    """A private note: an event that the person never sees."""
    text, user = _text(request, "note"), request.user.get_username()

    def act() -> None:
        if not text:
            raise InputError("Écrivez la note avant de l'enregistrer.")
        acts.act(desk(), str(pk), None, lambda one: annotate(one, text, auteur=user, at=desk().clock.now()))

    return _try(request, "note", act, "Note enregistrée. La personne ne la voit pas.")


@require_POST
def message(request: Any, pk: str) -> HttpResponse:
    """Write to the person, through the bot."""
    text = _text(request, "message")

    def act() -> None:
        if not text:
            raise InputError("Écrivez le message avant de l'envoyer.")
        event = CounsellorWrote(text, request.objet.organisme, str(pk))
        desk().notifier.tell(request.objet.chat, event, auteur=request.user.get_username())

    return _try(request, "message", act, "Message transmis. Ses réponses arriveront dans le fil.")


@require_http_methods(["GET", "POST"])
def modifier(request: Any, pk: str) -> HttpResponse:
    """Change fields for the person (by telephone, for instance); each change is kept with what it replaced.

    Where somebody else has changed the demande meanwhile, nothing is saved: the form comes back with what was typed here,
    what they wrote elsewhere in it, and their name.
    """
    known = dossier(request)
    if request.method == "GET":
        return page(request, "modifier.html", {"d": known, "form": Editing(known.demande, desk())})
    seen = acts.still_seen(known.demande, str(request.POST.get("vu", "")))
    form = _edits(request, known.demande, seen)
    if form.erreurs or form.entretemps:
        return page(request, "modifier.html", {"d": known, "form": form}, status=409 if form.entretemps else 422)
    user, complete = request.user.get_username(), request.POST.get("complete") == "oui"

    def change(one: Demande) -> Demande:
        changed = amend(one, form.changements, auteur=user, at=desk().clock.now())
        if complete and changed.statut is Statut.A_COMPLETER:
            return acts.completed(changed, request.role, user, desk().clock.now())
        return changed

    def told(one: Demande) -> Any:
        return (StatutChanged(one),) if complete and one.statut is Statut.COMPLETEE else ()

    try:
        acts.act(desk(), str(pk), seen, change, told)
    except acts.Moved:
        # Between our look and our turn, somebody was faster.
        request.objet.refresh_from_db()
        known = dossier(request)
        return page(request, "modifier.html", {"d": known, "form": _edits(request, known.demande, seen)}, status=409)
    except BotError:
        return show(request, status=422, erreur=_FORBIDDEN, erreur_dans="modifier", **_typed(request))
    announce(request, "Modifications enregistrées.")
    return redirect("demande", pk=request.objet.pk)


def _edits(request: Any, demande: Demande, seen: str) -> Editing:
    meanwhile = acts.moved(demande, seen, desk()) if seen != str(len(demande.evenements)) else ""
    return read_edits(demande, request.POST, desk(), seen, meanwhile)


@require_POST
def donnees(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """Everything held about this demande, for the person who asks; a trace says that it was done."""
    data = everything_of(request.objet, request.user.get_username(), desk())
    return attachment(to_json(data), "application/json", f"donnees-{request.objet.numero}.json")


@require_http_methods(["GET", "POST"])
def effacer(request: Any, pk: str) -> HttpResponse:  # noqa: ARG001
    """Erase the demande for good; typing its number is the confirmation."""
    row, wrong = request.objet, ""
    if request.method == "POST":
        if _text(request, "numero").upper() == row.numero.upper():
            erase_one(row, request.user.get_username(), desk())
            announce(request, f"La demande {row.numero} est effacée. Une trace sans contenu le prouve.")
            return redirect("demandes")
        wrong = f"Recopiez le numéro de la demande : {row.numero}"
    return page(request, "effacer.html", {"row": row, "erreur": wrong}, status=422 if wrong else 200)
