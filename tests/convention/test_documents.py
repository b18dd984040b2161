"""The link, the draft, the page and the calendar: what they hold, what they never hold."""

import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import jsonschema
import pytest
from icalendar import Calendar
from pypdf import PdfReader

from bot.convention.agenda import demande_ics
from bot.convention.draft import convention_draft
from bot.convention.link import Appellation, parse_link, prefilled_link
from bot.convention.pdf import demande_pdf
from bot.domain.controles import controler
from bot.domain.demande import Statut
from bot.domain.demarches import demarches
from tests.convention.demandes import SCHEMA, SPACES, organismes
from tests.domain.cas import ADULTE, FORMATS, MINEUR, SALARIE, TODAY, regles, sent, words

HOSTILE = '#panic() $x$ *a* _b_ @c \\ <script>alert(1)</script> #read("/etc/passwd") [d] `e` // f'
TRADE = Appellation("D1102", "Boulangerie - viennoiserie", "11573", "Boulanger / Boulangère (l'été)")


def demande(answers, **changes):
    known = {key: value for key, value in answers.items() if value is not None}
    return replace(sent(), answers=known, envoyee_le=datetime(2026, 11, 25, 9, 0, tzinfo=UTC), **changes)


def pdf(answers, **changes):
    one = demande(answers, **changes)
    found = controler(one.answers, today=TODAY, regles=regles(), holidays=FORMATS.holidays)
    return demande_pdf(one, organismes()["france-travail"], found, words())


def text(made):
    return SPACES.sub("", PdfReader(io.BytesIO(made)).pages[0].extract_text())


def draft(answers, kind="pole-emploi"):
    made = convention_draft(demande(answers), kind)
    jsonschema.validate(json.loads(json.dumps(made)), SCHEMA, cls=jsonschema.Draft202012Validator)
    return made["conventionDraft"]


def test_the_link_is_written_as_the_router_reads_it():
    link = prefilled_link(ADULTE, agency_kind="pole-emploi", appellation=TRADE)
    assert link.startswith("https://immersion-facile.beta.gouv.fr/demande-immersion?skipIntro=true&agencyDepartment=69")
    assert "12%20rue%20des%20Lilas%2C%2069500%20Bron" in link
    assert "%7B%22romeCode%22%3A%22D1102%22" in link
    assert "+" not in link
    assert set(parse_link(link)["immersionAppellation"]) == {"romeCode", "romeLabel", "appellationCode",
                                                            "appellationLabel"}  # fmt: skip


@pytest.mark.parametrize("adresse", ["12 rue des Lilas", "Chez Léa, 06 12 34 56 78, 69500 Bron", "69500 lea@exemple.fr",
                                     "x" * 260 + " 69500", "<b>69500</b>", "", None])  # fmt: skip
def test_an_address_that_the_form_would_refuse_or_that_names_someone_stays_out_of_the_link(adresse):
    assert "immersionAddress" not in parse_link(prefilled_link(ADULTE | {"adresse": adresse}))


def test_a_link_made_of_nothing_still_opens_the_form():
    assert parse_link(prefilled_link({}))["skipIntro"] == "true"


def test_the_draft_leaves_out_what_is_empty_and_what_would_be_refused():
    bare = draft({"prenom": "Léa", "email": "pas un e-mail", "telephone": "06", "siret": "123"}, kind="andi")
    assert set(bare) == {"id", "internshipKind", "signatories", "acquisitionCampaign", "acquisitionKeyword"}
    assert bare["signatories"] == {"beneficiary": {"firstName": "Léa"}}


def test_the_draft_holds_the_calendar_day_by_day():
    schedule = draft(ADULTE)["schedule"]
    assert (schedule["totalHours"], schedule["workedDays"]) == (60, 10)
    assert schedule["complexSchedule"][0] == {
        "date": "2027-01-11T00:00:00.000Z",
        "timePeriods": [{"start": "09:00", "end": "12:00"}, {"start": "14:00", "end": "17:00"}],
    }


def test_an_undeclared_disability_is_not_a_no():
    assert "isRqth" not in draft(ADULTE | {"handicap": "non-precise"})["signatories"]["beneficiary"]
    assert draft(ADULTE | {"handicap": "non"})["signatories"]["beneficiary"]["isRqth"] is False


def test_the_representative_and_the_employer_are_in_the_draft_only_when_they_sign():
    assert draft(MINEUR)["signatories"]["beneficiaryRepresentative"]["firstName"] == "Claire"
    assert draft(SALARIE)["signatories"]["beneficiaryCurrentEmployer"]["businessName"] == "Garage Petit"
    assert set(draft(SALARIE | {"sur_temps_travail": False})["signatories"]) == {"beneficiary"}


def test_markup_never_reaches_the_draft():
    assert "<" not in json.dumps(draft(ADULTE | {"activites": HOSTILE, "entreprise": HOSTILE}), ensure_ascii=False)


def test_the_page_marks_what_is_missing():
    full, holes = text(pdf(ADULTE)), text(pdf(ADULTE | {"siret": None, "tuteur": None}))
    mark = SPACES.sub("", words().say("document.a_completer"))
    assert holes.count(mark) == full.count(mark) + 2


def test_the_page_says_who_signs():
    assert "ClaireMartin" in text(pdf(MINEUR))
    assert text(pdf(SALARIE)).count("GaragePetit") == 2


def test_hostile_text_is_printed_as_it_is():
    shown = SPACES.sub("", HOSTILE)
    assert shown in text(pdf(ADULTE | {"activites": HOSTILE, "metier": HOSTILE}))


@pytest.mark.parametrize(
    "value", ["A" * 4000, "voir le pain " * 400, "\ud800\x00\u202e ok", "😀 中文 العربية", "\n" * 50 + "x"]
)
def test_whatever_is_written_the_page_is_one(value):
    answers = SALARIE | MINEUR | dict.fromkeys(("activites", "amenagements", "conseiller", "entreprise", "nom"), value)
    assert len(PdfReader(io.BytesIO(pdf(answers))).pages) == 1


def test_the_page_is_tagged_titled_and_in_french():
    reader = PdfReader(io.BytesIO(pdf(ADULTE)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or bool(root["/MarkInfo"]["/Marked"])
    assert str(root["/Lang"]).startswith("fr")
    assert reader.metadata.title == words().say("document.titre").replace("'", "’")
    assert b"pdfuaid" in pdf(ADULTE)


def test_the_same_demande_gives_the_same_bytes():
    assert pdf(MINEUR) == pdf(MINEUR)


def calendar(answers, **changes):
    one = demande(answers, **changes)
    steps = demarches(one.answers, one.organisme, one.dispositif, today=TODAY, regles=regles(),
                      holidays=FORMATS.holidays)  # fmt: skip
    return demande_ics(one, steps, words())


def stay(answers, **changes):
    (event,) = Calendar.from_ical(calendar(answers, **changes)).walk("VEVENT")
    return event


def test_the_calendar_is_one_event_for_the_stay_with_its_place_and_hours():
    event = stay(ADULTE)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 1, 11), date(2027, 1, 23))
    assert str(event["location"]) == "12 rue des Lilas, 69500 Bron"
    assert "09:00-12:00, 14:00-17:00" in str(event["description"])
    assert "2026-ABC234" in str(event["description"])


def test_the_place_is_the_commune_where_no_address_is_fit_to_share():
    lieu = {"nom": "Bron", "code_postal": "69500", "departement": "69"}
    assert (
        str(stay(ADULTE | {"adresse": "chez Léa, 06 12 34 56 78, 69500 Bron", "lieu": lieu})["location"])
        == "69500 Bron"
    )
    assert "location" not in stay(ADULTE | {"adresse": None})


def test_alarms_ring_at_nine_in_paris_on_the_days_that_matter():
    rung = {str(one["description"]): one.decoded("trigger") for one in stay(SALARIE).walk("VALARM")}
    assert rung[words().say("agenda.validation")] == datetime(2027, 1, 8, 8, 0, tzinfo=UTC)
    assert rung[words().say("agenda.debut")] == datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
    assert {str(one["action"]) for one in stay(SALARIE).walk("VALARM")} == {"DISPLAY"}
    assert b"TRIGGER;VALUE=DATE-TIME:20270108T080000Z" in calendar(SALARIE)
    for name in rung:
        assert name in str(stay(SALARIE)["description"])


def test_summer_alarms_ring_at_nine_too():
    rung = [
        one.decoded("trigger")
        for one in stay(ADULTE | {"date_debut": "2027-07-05", "date_fin": "2027-07-09"}).walk("VALARM")
    ]
    assert datetime(2027, 7, 5, 7, 0, tzinfo=UTC) in rung


@pytest.mark.parametrize(
    ("statut", "said"),
    [(Statut.NOUVELLE, "TENTATIVE"), (Statut.PRETE, "TENTATIVE"), (Statut.CONVENTIONNEE, "CONFIRMED"),
     (Statut.ANNULEE, "CANCELLED"), (Statut.REFUSEE, "CANCELLED")],
)  # fmt: skip
def test_the_stay_is_tentative_until_the_convention_is_made(statut, said):
    assert str(stay(ADULTE, statut=statut)["status"]) == said


def test_the_calendar_holds_nothing_of_the_person_nor_of_the_host():
    flat = calendar(SALARIE | MINEUR).decode().replace("\r\n ", "")
    assert not any(
        value in flat for value in ("Martin", "Léa", "exemple.fr", "Boulangerie", "Garage", "boulanger", "336")
    )


def test_the_calendar_made_again_replaces_the_same_event():
    assert calendar(ADULTE) == calendar(ADULTE)
    first, later = stay(ADULTE), stay(ADULTE, version=2)
    assert str(first["uid"]) == str(later["uid"])
    assert int(first["sequence"]) < int(later["sequence"])


@pytest.mark.parametrize("answers", [{"prenom": "Léa"}, {"date_debut": "2027-01-11"},
                                     {"date_debut": "2027-01-11", "date_fin": "2027-01-10"}])  # fmt: skip
def test_without_both_dates_in_order_the_calendar_is_empty_and_still_valid(answers):
    assert Calendar.from_ical(calendar(answers)).walk("VEVENT") == []


LAST = {
    "signataire": "Anne Petit, directrice",
    "signataire_email": "anne@exemple.fr",
    "signataire_telephone": "+33612345670",
    "equipements": "oui",
    "surveillance_medicale": "non",
}


def test_who_signs_for_the_host_and_what_protects_are_in_the_draft():
    made = draft(ADULTE | LAST)
    assert made["signatories"]["establishmentRepresentative"] == {
        "firstName": "Anne", "lastName": "Petit", "email": "anne@exemple.fr", "phone": "+33612345670",
    }  # fmt: skip
    assert (made["individualProtection"], made["sanitaryPrevention"]) == (True, False)


@pytest.mark.parametrize("told", ["ne-sait-pas", "", None, [], True])
def test_what_nobody_knows_of_protection_is_left_out_of_the_draft(told):
    made = draft(ADULTE | {"equipements": told, "surveillance_medicale": told})
    assert not {"individualProtection", "sanitaryPrevention"} & set(made)


def test_protection_told_is_on_the_page_and_to_be_completed_otherwise():
    mark = SPACES.sub("", words().say("document.a_completer"))
    blank, told = text(pdf(ADULTE)).count(mark), text(pdf(ADULTE | LAST)).count(mark)
    assert blank == told + 2 == text(pdf(ADULTE | {"equipements": "ne-sait-pas"})).count(mark)


def test_the_page_names_who_signs_for_the_host_and_the_stay_already_made():
    stay = {"deja_accueilli": True, "accueil_debut": "2026-10-05", "accueil_fin": "2026-10-16"}
    shown = text(pdf(ADULTE | LAST | stay))
    assert "BoulangerieduParc,AnnePetit,directrice" in shown
    assert "0612345670" in shown
    assert "vendredi16octobre2026" in shown


def test_the_page_names_the_office_and_never_the_table_s_own_notes():
    told = {"motif": "Vous avez moins de 26 ans.", "motif_conseiller": "Règle interne R-16.",
            "bureau": {"nom": "Mission locale Rhône Sud", "telephone": "01 99 00 00 01", "id": "x"}}  # fmt: skip
    shown = text(pdf(ADULTE, orientation=told))
    assert "MissionlocaleRhôneSud,0199000001" in shown
    assert "Vousavezmoinsde26ans" in shown
    assert "interne" not in shown


BY_DAY = {"heures_semaine": 36, "jours": ["lundi", "mardi", "mercredi", "jeudi", "vendredi"],
          "plages": [["08:00", "12:00"], ["13:30", "17:30"]], "par_jour": {"vendredi": [["08:00", "12:00"]]}}  # fmt: skip


def test_days_that_differ_are_drafted_and_printed_each_with_its_own_hours():
    answers = ADULTE | {"horaires": BY_DAY, "date_debut": "2026-12-07", "date_fin": "2026-12-18"}
    schedule = draft(answers)["schedule"]
    assert (schedule["totalHours"], schedule["workedDays"], schedule["isSimple"]) == (72, 10, False)
    friday = next(one for one in schedule["complexSchedule"] if one["date"].startswith("2026-12-11"))
    assert friday["timePeriods"] == [{"start": "08:00", "end": "12:00"}]
    page = text(pdf(answers))
    assert SPACES.sub("", "lundi, mardi, mercredi, jeudi : 08:00-12:00, 13:30-17:30 ; vendredi : 08:00-12:00") in page
    assert SPACES.sub("", "72 h") in page
