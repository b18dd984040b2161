"""The chats of a demo's simulated Telegram, which were in a file beside the database."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("storage", "0011_desk_scans"),)
    operations = (
        migrations.CreateModel(
            "SimulatedChat",
            fields=[
                ("chat", models.BigIntegerField(primary_key=True, serialize=False)),
                ("body", models.JSONField(default=dict)),
                ("oublie_a", models.DateTimeField(null=True)),
            ],
        ),
    )
