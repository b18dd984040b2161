"""Django's declaration of the app."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """The counsellors' pages."""

    name = "bot.dashboard"
    label = "dashboard"
    verbose_name = "Bureau des conseillers"
    default_auto_field = "django.db.models.BigAutoField"
