"""What demandes already sent are searched by, and who waits in the threads already open."""

from django.db import migrations
from django.db.models import F

from bot.storage.records import searched


def fill(apps, schema_editor):
    demandes = apps.get_model("storage", "DemandeRow")
    for row in demandes.objects.only("id", "numero", "answers").iterator(chunk_size=500):
        demandes.objects.filter(pk=row.pk).update(recherche=searched(row.numero, row.answers))
    # Demandes that somebody has already taken are known of.
    demandes.objects.exclude(statut="nouvelle").update(prevenu_at=F("updated_at"))
    handoffs = apps.get_model("storage", "HandoffRow")
    messages = apps.get_model("storage", "RelayedMessage")
    for row in handoffs.objects.filter(closed_at=None):
        last = messages.objects.filter(chat=row.chat, at__gte=row.opened_at).order_by("-at", "-id").first()
        waits = last.at if last and last.auteur == "personne" else row.opened_at if row.taken_at is None else None
        handoffs.objects.filter(pk=row.pk).update(attend_depuis=waits)


class Migration(migrations.Migration):
    dependencies = [("storage", "0002_desk_threads")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
