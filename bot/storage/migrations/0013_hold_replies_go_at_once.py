"""Replies are deleted without being read first; the table is as it was."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("storage", "0012_hold_simulated_chats"),)
    operations = (
        migrations.AlterField(
            "RelayedMessage",
            "outgoing",
            models.ForeignKey(null=True, on_delete=django.db.models.deletion.DO_NOTHING, to="storage.outgoing"),
        ),
    )
