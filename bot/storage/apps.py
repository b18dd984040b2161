"""Django's declaration of the app."""

from django.apps import AppConfig


class StorageConfig(AppConfig):
    """The database of the bot."""

    name = "bot.storage"
    label = "storage"
    default_auto_field = "django.db.models.BigAutoField"
