"""An audit: the head, a verification, events by what they are and when, each with its record."""

import json

import pytest
from selenium.webdriver.support.ui import Select

import story
from office import AUDITOR, CLERK, OFFICER, OPERATOR, REVIEWER


def test_the_head_is_the_number_of_events(browser, office, language):
    browser.be(AUDITOR, language)
    assert browser.open("/audit").status == 200
    head = office.answer(AUDITOR, "verify", office.ledger)["events"]
    assert str(head) in browser.text("main > .card")


def test_verifying_reads_everything_and_is_remembered(browser, office, language):
    browser.be(AUDITOR, language)
    browser.open("/work/verify")
    browser.press(browser.find("main form button"))
    browser.wait_for_text("main .card", {"zh-TW": "完好", "en": "sound"}[language])
    answer = office.answer(AUDITOR, "verify", office.ledger)
    assert str(answer["events"]) in browser.text("dl.receipt")
    assert answer["treeHead"]["root"].removeprefix("sha256:") in browser.text("dl.receipt")
    browser.open("/audit")
    assert AUDITOR in browser.text("main > .card")


def test_events_are_found_by_type_subject_and_the_day_on_which_they_were_recorded(browser, office, language):
    browser.be(AUDITOR, language)
    browser.open("/audit")
    Select(browser.find("#type")).select_by_value("benefit.recorded")
    browser.fill_in(**{"subject": story.REVIEWED, "recorded-from": "2026-06-25", "recorded-to": "2026-07-31"})
    browser.press(browser.find("form.card button"))
    events = office.lines(AUDITOR, "events", office.ledger, "--subject", story.REVIEWED, "--type", "benefit.recorded",
                          "--as-of", "2026-07-31")
    rows = browser.cells("main table tbody tr")
    assert [row[0] for row in rows] == [event["sequence"] for event in events]
    text = browser.driver.execute_async_script(
        "const done = arguments[0];"
        "fetch(document.querySelector('a[href*=\"events.jsonl\"]').href).then(a => a.text()).then(done)")
    assert [json.loads(line) for line in text.splitlines()] == events


def test_an_event_stands_there_as_it_was_recorded_byte_by_byte(browser, office, language):
    browser.be(AUDITOR, language)
    event = office.lines(AUDITOR, "events", office.ledger, "--subject", story.REVIEWED)[0]
    browser.open("/audit?subject=" + story.REVIEWED)
    browser.press(browser.find("main table tbody a"))
    assert browser.path() == f"/audit/events/{event['sequence']}"
    shown, record = (part.text for part in browser.all("pre.raw"))
    assert json.loads(shown) == event
    assert len(bytes.fromhex(record)) > 0


@pytest.mark.parametrize("name", [REVIEWER, CLERK, OPERATOR, OFFICER])
def test_nobody_else_reads_the_events_of_everyone(browser, office, name):
    browser.be(name, "en")
    assert browser.open("/audit").status == 403
    assert browser.open("/audit/events/0").status == 403
    office.run("events", office.ledger, name=name, statuses=(77,))


def test_a_reviewer_finds_the_events_of_a_case_and_of_no_other(browser, office):
    browser.be(REVIEWER, "en")
    assert browser.open(f"/audit?subject={story.REVIEWED}").status == 200
    events = office.lines(REVIEWER, "events", office.ledger, "--subject", story.REVIEWED)
    assert [row[0] for row in browser.cells("main table tbody tr")] == [event["sequence"] for event in events][:50]
    assert browser.open("/audit?subject=T-TIP-16").status == 403
