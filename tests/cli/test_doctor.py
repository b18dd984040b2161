"""`doctor` says what is wrong and what to do, and goes on whatever breaks."""

from bot.cli.doctor import Finding, _chroma, _mail, _settings, _telegram, findings
from bot.config import load_settings


def given(tmp_path, **more):
    return load_settings(_env_file=None, data_dir=tmp_path, **more)


def test_what_is_missing_is_named_with_what_to_put(tmp_path):
    found = _settings(given(tmp_path, telegram_token="", secret_key=""))
    assert (found.well, found.seen) == (False, "missing: TELEGRAM_TOKEN, SECRET_KEY")
    assert ".env" in found.todo


def test_what_is_out_of_reach_is_said_without_a_secret(tmp_path):
    away = given(tmp_path, telegram_token="42:secret", telegram_base_url="http://127.0.0.1:9", chroma_url="http://127.0.0.1:9",
                 email_url="smtp://u:secret@127.0.0.1:9")  # fmt: skip
    for check in (_telegram, _chroma, _mail):
        found = check(away)
        assert not found.well
        assert found.todo
        assert "secret" not in found.seen + found.todo


def test_a_check_that_breaks_is_itself_a_finding_and_the_next_ones_are_made(tmp_path):
    def broken(_given):
        raise OSError("no such disk")

    def fine(_given):
        return Finding("fine", well=True, seen="yes")

    assert [one.well for one in findings(given(tmp_path), (broken, fine))] == [False, True]
