"""What every page of the list scans fits in indexes: the offices that hold a demande, and on SQLite the searched text."""

from django.db import migrations, models

_COVERING = (
    "CREATE INDEX demande_recherche ON storage_demanderow "
    "(organisme, statut, pris_par, rappel_le, date_debut, envoyee_le, chat, id, recherche)"
)


def cover(apps, schema_editor):
    # PostgreSQL's B-tree refuses long entries, and its rows are narrow already: long columns are stored elsewhere.
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(_COVERING)


def uncover(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP INDEX demande_recherche")


class Migration(migrations.Migration):
    dependencies = (("storage", "0010_door_file_par_bureau"),)
    operations = (
        migrations.AddIndex(
            "demanderow", models.Index(fields=["organisme", "bureau", "bureau_nom"], name="demande_bureaux")
        ),
        migrations.RunPython(cover, uncover),
    )
