"""What every page goes through: rights by the table, idle sessions, and the headers of a careful site."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve

from bot.dashboard.accounts import DEVICE
from bot.dashboard.desk import desk
from bot.dashboard.models import Membership, ReplyTemplate
from bot.dashboard.portee import portee_of
from bot.dashboard.rights import RIGHTS, Right, Scope, role_in
from bot.domain.demande import Role
from bot.storage.models import DemandeRow, HandoffRow

IDLE = timedelta(minutes=60)
LONGEST = timedelta(hours=12)
_WRITTEN_EVERY = timedelta(minutes=1)

KEPT = "retenu"
"""Where the session keeps what was being sent when it ended."""

_KEPT_SCOPES = frozenset({Scope.DEMANDE, Scope.CONVERSATION, Scope.MODELE})
_KEPT_MOST = 20_000
_KEPT_SECONDS = 3600
_NEVER_KEPT = frozenset({"csrfmiddlewaretoken", "mot_de_passe", "nouveau", "encore", "actuel", "code"})

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}

Next = Callable[[HttpRequest], HttpResponseBase]


class DeskMiddleware:
    """Refuses what the table of rights does not allow, before the view runs."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Expire an idle session, answer, add the headers; pages of people are never cached."""
        _expire(request)
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:  # noqa: ARG002
        """Let through, send to the sign-in page, or refuse: 404 hides what belongs to others, 403 names a role."""
        right = RIGHTS.get(request.resolver_match.url_name or "")
        if right is None:
            raise PermissionDenied
        if right.scope is Scope.PUBLIC:
            return None
        if not request.user.is_authenticated:
            return _to_sign_in(request, right)
        memberships = list(Membership.objects.filter(user=request.user))
        request.roles = {row.organisme: Role(row.role) for row in memberships}
        request.portee = portee_of(memberships)
        if right.scope is Scope.COMPTE:
            return None
        role = _role(request, right, kwargs)
        if role not in right.roles:
            raise PermissionDenied
        request.role = role
        return None


def _to_sign_in(request: Any, right: Right) -> HttpResponse:
    """The sign-in page, then back; what a counsellor was sending is kept meanwhile, for this browser, for an hour."""
    if request.method == "GET":
        return redirect(f"/connexion/?suite={request.path}")
    came_from = urlsplit(str(request.META.get("HTTP_REFERER", "")))
    back = came_from.path if came_from.netloc == request.get_host() and known_page(came_from.path) else "/"
    fields = {name: request.POST.getlist(name) for name in request.POST if name not in _NEVER_KEPT}
    size = sum(len(value) for values in fields.values() for value in values)
    # Only a browser that has signed in before: a stranger writes no session.
    if DEVICE in request.COOKIES and right.scope in _KEPT_SCOPES and 0 < size <= _KEPT_MOST:
        request.session[KEPT] = {"vers": request.path, "page": back, "champs": fields}
        request.session.set_expiry(_KEPT_SECONDS)
    return redirect(f"/connexion/?suite={back}")


def known_page(path: str) -> bool:
    """Whether this is the address of one of our pages, written as we write it."""
    bare = path.partition("?")[0]
    if not path.startswith("/") or "//" in path or "\\" in path or ".." in path or not path.isprintable():
        return False
    try:
        found = resolve(bare)
    except Resolver404:
        return False
    right = RIGHTS.get(found.url_name or "")
    return right is not None and right.scope is not Scope.PUBLIC


def _role(request: Any, right: Right, kwargs: dict[str, Any]) -> Role:
    """The role that counts here; 404 where the person has no business at all."""
    if right.scope is Scope.MEMBRE:
        held = [role for role in request.roles.values() if role in right.roles] or list(request.roles.values())
        if not held:
            raise PermissionDenied
        return held[0]
    role = role_in(request.roles, _body(request, right.scope, kwargs))
    if role is None or not _in_sight(request, right.scope):
        raise Http404
    return role


def _in_sight(request: Any, scope: Scope) -> bool:
    """Whether the object is of an office that the member sees."""
    if scope is Scope.DEMANDE:
        return bool(request.portee.sees(request.objet.organisme, request.objet.bureau))
    return scope is not Scope.CONVERSATION or bool(request.portee.sees_thread(request.objet))


def _body(request: Any, scope: Scope, kwargs: dict[str, Any]) -> str:
    """The body that owns the object of this address; the object is kept on the request for the view."""
    if scope is Scope.ORGANISME:
        return str(kwargs["organisme"])
    table: Any = {Scope.DEMANDE: DemandeRow, Scope.CONVERSATION: HandoffRow, Scope.MODELE: ReplyTemplate}[scope]
    request.objet = table.objects.filter(pk=kwargs["pk"]).first()
    if request.objet is None:
        raise Http404
    return str(request.objet.organisme)


def _expire(request: Any) -> None:
    """Sign out after an hour without a click, or twelve hours in any case."""
    if "entree" not in request.session:
        return
    now = desk().clock.now()
    entered, seen = (datetime.fromisoformat(request.session[key]) for key in ("entree", "vue"))
    if now - seen > IDLE or now - entered > LONGEST:
        logout(request)
        request.session["annonce"] = "Votre session a expiré. Reconnectez-vous."
    elif now - seen > _WRITTEN_EVERY and "X-En-Fond" not in request.headers:
        # What a page left open asks for by itself is nobody's click.
        request.session["vue"] = now.isoformat()
