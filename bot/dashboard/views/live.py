"""What a page left open asks for from time to time, and the keys that go faster."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from bot.dashboard.pages import counters, page
from bot.dashboard.rights import TRAITER, role_in
from bot.storage.models import HandoffRow, RelayedMessage


@require_safe
def compteurs(request: Any) -> HttpResponse:
    """The numbers of the menu, and how many messages the thread in sight has; nothing about anybody."""
    found = counters(request.roles, request.portee)
    data = {"demandes": found.demandes, "conversations": found.conversations, "urgences": found.urgences}
    asked = request.GET.get("fil", "")
    row = HandoffRow.objects.filter(pk=int(asked)).first() if asked.isdecimal() and len(asked) < 12 else None
    if row is not None and role_in(request.roles, row.organisme) in TRAITER and request.portee.sees_thread(row):
        data["messages"] = RelayedMessage.objects.filter(chat=row.chat, organisme=row.organisme).count()
    return JsonResponse(data)


@require_safe
def raccourcis(request: Any) -> HttpResponse:
    """The keys, and how to turn them off."""
    return page(request, "raccourcis.html", {})
