"""Whatever a complete request holds, its documents hold it too."""

from hypothesis import HealthCheck, given, settings

from tests.convention.demandes import check_draft, check_link, check_pdf, demandes

bounded = settings(
    max_examples=60, deadline=None, database=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)  # fmt: skip


@bounded
@given(demandes)
def test_the_page_is_one_and_holds_every_filled_field(demande):
    check_pdf(demande)


@bounded
@given(demandes)
def test_the_draft_passes_its_schema(demande):
    check_draft(demande)


@bounded
@given(demandes)
def test_the_link_parses_back_and_says_nothing_of_the_person(demande):
    check_link(demande)
