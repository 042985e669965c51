"""What each role may see, and may not: the pages say what the command line says."""

import pytest

import story
from office import AUDITOR, CLERK, OFFICER, OPERATOR, PURPOSE, REVIEWER

OWN, OTHER = story.REVIEWED, "T-TIP-16"
STATEMENT = f"/statement?kind=livingAllowance&class={story.CLASS}"

# Who may see a trainee of their own unit or case, one of others, and who looked.
MATRIX = {
    REVIEWER: (True, False, False),
    AUDITOR: (True, True, True),
    CLERK: (True, False, False),
    OPERATOR: (False, False, False),
    OFFICER: (False, False, True),
}


@pytest.mark.parametrize("name", list(MATRIX))
def test_a_role_sees_what_the_matrix_opens_and_no_more(browser, office, language, name):
    browser.be(name, language)
    own, other, looks = MATRIX[name]
    assert bool(browser.all("header a[href='/audit']")) == (name == AUDITOR)
    if name == OFFICER:
        # Of a trainee they open who looked, and the first page leads there.
        browser.open("/")
        browser.fill_in(purpose=PURPOSE, trainee=OWN)
        browser.press(browser.find("form.card button"))
        assert browser.path() == f"/trainees/{OWN}/looks"
    for path, may in [(f"/trainees/{OWN}", own), (f"/trainees/{OWN}{STATEMENT}", own), (f"/trainees/{OTHER}", other),
                      (f"/trainees/{OWN}/looks", looks)]:
        answer = browser.open(path)
        assert answer.status == (200 if may else 403), path
        if not may:
            # What is refused names nothing of the record, and says that the request was written down.
            assert browser.find("[role=alert]").is_displayed()
            assert "NT$" not in browser.text("body")
    for command, may in [("timeline", own), ("access", looks)]:
        status = 0 if may else 77
        office.run(command, office.ledger, OWN, name=name, statuses=(status,))


def test_who_looked_is_written_down_with_name_and_purpose(browser, language):
    browser.be(OPERATOR, language)
    assert browser.open(f"/trainees/{OWN}").status == 403
    browser.be(AUDITOR, language)
    assert browser.open(f"/trainees/{OWN}/looks").status == 200
    rows = [row.text for row in browser.all("tbody tr")]
    assert [row for row in rows if OPERATOR in row and PURPOSE in row]
    assert AUDITOR in rows[0]


def test_a_trainee_that_nobody_registered_is_not_told_from_one_out_of_reach(browser):
    browser.be(REVIEWER, "en")
    shown = []
    for trainee in ["T-NOBODY", OTHER]:
        assert browser.open(f"/trainees/{trainee}").status == 403
        shown.append(browser.text("main"))
    assert shown[0] == shown[1]


def test_without_a_purpose_nothing_is_shown(browser):
    # Signing in begins a session without a purpose.
    browser.sign_in(AUDITOR)
    assert browser.open(f"/trainees/{OWN}").status == 403
    assert "NT$" not in browser.text("body")
    browser.open("/")
    browser.fill_in(purpose=PURPOSE, trainee=OWN)
    browser.press(browser.find("form.card button"))
    assert browser.answer().status == 200


def test_an_address_that_is_none_is_answered_with_a_page(browser, language):
    browser.be(AUDITOR, language)
    assert browser.open("/no-such-page").status == 404
    assert browser.text("h1") == {"zh-TW": "找不到這一頁", "en": "Page not found"}[language]
    assert browser.find("[role=alert]").is_displayed()
