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
from bot.convention.link import parse_link, prefilled_link
from bot.convention.pdf import demande_pdf
from bot.domain.controles import controler
from bot.domain.demarches import demarches
from tests.convention.demandes import SCHEMA, SPACES, TRADE, organismes
from tests.domain.cas import ADULTE, FORMATS, MINEUR, SALARIE, TODAY, regles, sent, words

HOSTILE = '#panic() $x$ *a* _b_ @c \\ <script>alert(1)</script> #read("/etc/passwd") [d] `e` // f'


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
    assert reader.metadata.title == words().say("document.titre")
    assert b"pdfuaid" in pdf(ADULTE)


def test_the_same_demande_gives_the_same_bytes():
    assert pdf(MINEUR) == pdf(MINEUR)


def calendar(answers):
    one = demande(answers)
    steps = demarches(one.answers, one.organisme, one.dispositif, today=TODAY, regles=regles(),
                      holidays=FORMATS.holidays)  # fmt: skip
    return demande_ics(one, steps, words())


def test_the_calendar_holds_the_days_to_respect_and_nothing_of_the_person():
    made = calendar(SALARIE)
    days = {str(event["summary"]): event.decoded("dtstart") for event in Calendar.from_ical(made).walk("VEVENT")}
    assert days[words().say("agenda.debut")] == date(2027, 1, 11)
    assert days[words().say("agenda.fin")] == date(2027, 1, 22)
    assert days[words().say("agenda.validation")] == date(2027, 1, 8)
    flat = made.decode().replace("\r\n ", "")
    assert not any(value in flat for value in ("Martin", "Léa", "exemple.fr", "Boulangerie", "Garage", "boulanger"))


def test_the_calendar_made_again_replaces_the_same_events():
    assert calendar(ADULTE) == calendar(ADULTE)
    uids = [str(event["uid"]) for event in Calendar.from_ical(calendar(ADULTE)).walk("VEVENT")]
    assert len(uids) == len(set(uids))


def test_without_dates_the_calendar_is_empty_and_still_valid():
    assert Calendar.from_ical(calendar({"prenom": "Léa"})).walk("VEVENT") == []
