"""The days that the figures count, kept with each demande; what is stored already gets them from its history."""

from datetime import datetime
from typing import Any

from django.db import migrations, models

from bot.storage.records import PARIS


def fill(apps: Any, _editor: Any) -> None:
    """From the history of each demande: sent, first taken, signed; what was undone never was."""
    rows, events = apps.get_model("storage", "DemandeRow"), apps.get_model("storage", "EvenementRow")
    reached: dict[Any, list[tuple[str, datetime]]] = {}
    told = events.objects.filter(quoi__in=("statut", "transferee", "annulation")).order_by("id")
    for demande, what, vers, at in told.values_list("demande_id", "quoi", "vers", "at").iterator(2000):
        known = reached.setdefault(demande, [])
        if what == "annulation":
            known[-1:] = []
        else:
            known.append((vers, at))
    changed = []
    for row in rows.objects.only("id", "envoyee_le").iterator(500):
        first = {vers: at.astimezone(PARIS).date() for vers, at in reversed(reached.get(row.id, []))}
        row.envoyee_jour = row.envoyee_le.astimezone(PARIS).date()
        row.prise_jour, row.signee_jour = first.get("prise-en-charge"), first.get("conventionnee")
        changed.append(row)
    rows.objects.bulk_update(changed, ["envoyee_jour", "prise_jour", "signee_jour"], batch_size=500)


class Migration(migrations.Migration):
    """Three columns and their index."""

    dependencies = (("storage", "0008_hold_presses"),)
    operations = (
        migrations.AddField("demanderow", "envoyee_jour", models.DateField(null=True)),
        migrations.AddField("demanderow", "prise_jour", models.DateField(null=True)),
        migrations.AddField("demanderow", "signee_jour", models.DateField(null=True)),
        migrations.AlterField("demanderow", "updated_at", models.DateTimeField(db_index=True)),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
        migrations.RemoveIndex("demanderow", "demande_delais"),
        migrations.RemoveIndex("demanderow", "demande_chiffres"),
        migrations.AddIndex(
            "demanderow",
            models.Index(fields=["organisme", "envoyee_jour", "statut", "metier"], name="demande_chiffres"),
        ),
        migrations.AddIndex(
            "demanderow",
            models.Index(fields=["organisme", "envoyee_jour", "prise_jour", "signee_jour"], name="demande_jours"),
        ),
    )
