"""What a maintainer is told of a short answer badly written, and of a source that a lawyer would refuse."""

import pytest

from bot.config import ROOT
from bot.content.hotes import load_hosts
from bot.content.redaction import LONGEST, check

FICHE = """---
titre: Essai
theme: essai
verifiee_le: 2026-11-23
a_revoir_le: 2027-05-23
---

## Une question ? {#une}

COURT

### Sources

- SOURCE

### Questions

- une question
"""


def told(tmp_path, court, source="F14102 (article 2)", more=""):
    (tmp_path / "fiches").mkdir()
    (tmp_path / "fiches" / "essai.md").write_text(FICHE.replace("COURT", court).replace("SOURCE", source), "utf-8")
    (tmp_path / "sources.yaml").write_text(f"F14102:\n  url: https://www.service-public.fr/F14102\n{more}", "utf-8")
    (tmp_path / "hotes.yaml").write_text("officiels: [service-public.fr]\nmarques:\n  pages.org: page privée\n")
    return [str(one) for one in check(tmp_path)]


@pytest.mark.parametrize(
    "court",
    [
        "Oui, vous le pouvez.",
        "Non. L'immersion…",
        "Elle dure un mois.",
        "Il faut une convention.",
        "C'est gratuit.",
        "C’est gratuit.",
        "Ce n'est pas payé.",
        "Cela dépend.",
        "Ça dépend.",
        "Ils signent tous.",
        "Ce sont des jours.",
        "Celui-ci signe.",
        "En effet, une immersion est courte.",
        "Tout à fait, vous gardez vos droits.",
        "Si, vous pouvez.",
    ],
)
def test_a_short_answer_that_leans_on_its_question_is_refused_with_its_line(tmp_path, court):
    (found,) = told(tmp_path, court)
    assert "essai.md:10" in found
    assert "s'ouvre par" in found


@pytest.mark.parametrize(
    "court",
    [
        "L'immersion n'est pas payée.",
        "Vous gardez vos droits.",
        "Ilôts et cestes ne sont pas des pronoms.",
        "Celle qui signe est la mission locale.",
        "Si vous êtes salarié, votre employeur signe.",
        "Nonobstant la pause, la journée dure sept heures.",
    ],
)
def test_a_statement_is_accepted(tmp_path, court):
    assert told(tmp_path, court) == []


def test_the_first_screen_of_a_phone_is_the_limit(tmp_path):
    assert told(tmp_path, "L" * LONGEST) == []


def test_one_sign_more_is_told(tmp_path):
    (found,) = told(tmp_path, "L" * (LONGEST + 1))
    assert "451 signes" in found


def test_a_sentence_that_speaks_for_the_law_names_its_article(tmp_path):
    (found,) = told(tmp_path, "La mission locale signe. La loi fixe un mois.", "F14102")
    assert "sans article" in found


@pytest.mark.parametrize(
    ("court", "source"),
    [("La loi fixe un mois (L5135-1).", "F14102"), ("La loi fixe un mois.", "F14102 (article L5135-1)")],
)
def test_the_article_may_be_in_the_sentence_or_among_the_sources(tmp_path, court, source):
    assert told(tmp_path, court, source) == []


def test_a_source_elsewhere_is_refused_and_a_marked_one_is_not(tmp_path):
    more = "AUTRE:\n  url: https://www.ailleurs.com/x\nPAGE:\n  url: https://pages.org/x\n"
    (found,) = told(tmp_path, "Une immersion est courte.", more=more)
    assert "ailleurs.com" in found


def test_a_host_is_known_by_its_domain_and_not_by_its_ending():
    hosts = load_hosts(ROOT / "knowledge")
    assert hosts.official("https://code.travail.gouv.fr/x")
    assert hosts.official("https://www.legifrance.gouv.fr/x")
    assert not hosts.known("https://fauxgouv.fr/x")
    assert hosts.mention("https://github.com/x") == "dépôt public de code"


@pytest.mark.parametrize(
    "court",
    [
        "Le représentant légal signe aussi.",
        "Les représentants légaux signent.",
        "Les mentions légales nomment l'éditeur.",
    ],
)
def test_a_person_or_a_page_with_the_word_in_its_name_is_no_law_sentence(tmp_path, court):
    assert told(tmp_path, court, source="F14102") == []


def test_a_law_sentence_about_a_legal_representative_still_names_its_article(tmp_path):
    (found,) = told(tmp_path, "La loi demande la signature du représentant légal.", source="F14102")
    assert "« La loi » sans article" in found
