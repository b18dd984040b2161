from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("storage", "0007_holding_claims"),
    ]

    operations = [
        migrations.AddField(
            model_name="update",
            name="press",
            field=models.BooleanField(db_default=False, default=False),
        ),
    ]
