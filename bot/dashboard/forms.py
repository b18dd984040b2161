"""Forms of accounts and reply templates: every field has a label, its help, and its errors beside it."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from bot.dashboard.accounts import RULE_SHOWN, check_password
from bot.dashboard.models import ROLES
from bot.dashboard.naming import normalised, taken
from bot.dashboard.replies import unknown_names


class DeskForm(forms.Form):
    """A form whose widgets name their help and their errors for assistive tools."""

    required_css_class = "obligatoire"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = "Ce champ est obligatoire."


def _password(label: str, autocomplete: str, help_text: str = "") -> Any:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, widget=widget, strip=False, max_length=200, help_text=help_text)


class SignIn(DeskForm):
    """Name or e-mail address, and password."""

    nom = forms.CharField(
        label="Identifiant ou adresse électronique",
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    mot_de_passe = _password("Mot de passe", "current-password")


class Code(DeskForm):
    """Six digits."""

    code = forms.CharField(
        label="Code à six chiffres",
        max_length=12,
        help_text="Il est affiché par votre application et change toutes les 30 secondes. Ou un code de secours.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class NewPassword(DeskForm):
    """A password typed twice, and checked against the rules for `user`."""

    nouveau = _password("Nouveau mot de passe", "new-password", RULE_SHOWN)
    encore = _password("Le même, encore une fois", "new-password")
    user: Any = None

    def clean(self) -> dict[str, Any]:
        """The two are the same and the rules are kept."""
        data = super().clean() or {}
        first, again = data.get("nouveau"), data.get("encore")
        if first and again and first != again:
            self.add_error("encore", "Les deux mots de passe sont différents.")
        for message in check_password(first, self.user) if first else []:
            self.add_error("nouveau", message)
        return data


class Accept(NewPassword):
    """The account that an invitation creates."""

    identifiant = forms.CharField(
        max_length=60,
        label="Identifiant",
        help_text="Ce nom apparaît dans l'historique des demandes. Lettres, chiffres, point et tiret.",
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    field_order = ("identifiant", "nouveau", "encore")

    def clean_identifiant(self) -> str:
        """A name that reads like nobody else's."""
        name = normalised(str(self.cleaned_data["identifiant"]))
        if not name:
            raise forms.ValidationError(
                "3 à 60 lettres latines, chiffres, points ou tirets, sans espace. Exemple : c.martin"
            )
        if taken(name, get_user_model().objects.values_list("username", flat=True)):
            raise forms.ValidationError(
                "Cet identifiant est déjà pris, ou ressemble à un autre. Choisissez-en un autre."
            )
        return name


class ChangePassword(NewPassword):
    """One's own password, the present one first."""

    actuel = _password("Mot de passe actuel", "current-password")
    field_order = ("actuel", "nouveau", "encore")

    def clean_actuel(self) -> str:
        """The present password is right."""
        typed = str(self.cleaned_data["actuel"])
        if not self.user.check_password(typed):
            raise forms.ValidationError("Ce n'est pas votre mot de passe actuel.")
        return typed


class Forgotten(DeskForm):
    """An address that may have an account."""

    email = forms.EmailField(
        label="Adresse électronique",
        help_text="Exemple : prenom.nom@exemple.fr",
        error_messages={"invalid": "Cette adresse est incomplète. Exemple : prenom.nom@exemple.fr"},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class Invite(Forgotten):
    """Whom to invite, as what."""

    role = forms.ChoiceField(label="Rôle", choices=ROLES, initial="conseiller")


class Template(DeskForm):
    """A reply template: `organismes` and `passages` are the choices offered."""

    organisme = forms.ChoiceField(label="Organisme")
    titre = forms.CharField(label="Titre", max_length=80)
    texte = forms.CharField(
        label="Texte",
        max_length=3000,
        help_text="{prenom} et {numero} sont remplacés par ceux de la demande.",
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    passage = forms.ChoiceField(
        label="Passage de la base de connaissances",
        required=False,
        help_text="Si ce passage change, le modèle le signale et demande une relecture.",
    )

    def __init__(self, *args: Any, organismes: Any, passages: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisme"].choices = organismes
        self.fields["passage"].choices = [("", "Aucun"), *passages]

    def clean_texte(self) -> str:
        """Nothing between braces but what we know how to fill in."""
        text = str(self.cleaned_data["texte"])
        if wrong := unknown_names(text):
            said = ", ".join(f"{{{name}}}" for name in wrong)
            raise forms.ValidationError(
                f"{said} ne sera pas remplacé. Utilisez {{prenom}} ou {{numero}}, ou retirez-le."
            )
        return text
