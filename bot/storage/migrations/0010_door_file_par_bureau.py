"""The local office of each demande: a queue per office. What is stored already named none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two columns, with their defaults in the database."""

    dependencies = (("storage", "0009_desk_jours"),)
    operations = (
        migrations.AddField(
            "demanderow",
            "bureau",
            models.CharField(max_length=80, blank=True, db_default="", default="", db_index=True),
        ),
        migrations.AddField(
            "demanderow", "bureau_nom", models.CharField(max_length=255, blank=True, db_default="", default="")
        ),
    )
