"""A trainee's page: the figures, the decisions and the timeline are those of the command line."""

import pytest
from selenium.webdriver.common.keys import Keys

import story
from office import AUDITOR, CLERK, REVIEWER

PAGE = f"/trainees/{story.REVIEWED}"
# Of the kinds that a page shows, those whose headline names an amount.
KINDS = ["feeShare", "livingAllowance", "learningReward"]


def money(amount: int) -> str:
    return f"NT${amount:,}"


def headlines(browser) -> list[str]:
    return [" ".join(summary.text.split()) for summary in browser.all("#decisions + .card > details > summary")]


@pytest.mark.parametrize("name", [REVIEWER, AUDITOR, CLERK])
def test_decisions_come_to_what_the_command_line_says(browser, office, language, name):
    browser.be(name, language)
    assert browser.open(PAGE).status == 200
    shown = headlines(browser)
    for kind in KINDS:
        answer = office.answer(name, "decide", office.ledger, kind, "--class", story.CLASS, "--trainee",
                               story.REVIEWED)
        assert [line for line in shown if money(answer["amount"]) in line and story.CLASS in line], (kind, shown)
    assert office.answer(name, "decide", office.ledger, "livingAllowance", "--class", story.CLASS, "--trainee",
                         story.REVIEWED)["amount"] == story.DUE_NOW


def test_a_decision_unfolds_to_its_clauses_and_a_click_leads_to_the_event(browser, office, language):
    browser.be(REVIEWER, language)
    browser.open(PAGE)
    decision = next(entry for entry in browser.all("#decisions + .card > details")
                    if money(story.DUE_NOW) in entry.text)
    assert not decision.find_elements("css selector", "ol.reasons")[0].is_displayed()
    decision.find_element("css selector", "summary").click()
    answer = office.answer(REVIEWER, "decide", office.ledger, "livingAllowance", "--class", story.CLASS, "--trainee",
                           story.REVIEWED)
    clauses = [item.text for item in decision.find_elements("css selector", "ol.reasons > li > strong")]
    assert clauses == [reason["clause"] for reason in answer["reasons"]]
    link = next(link for link in decision.find_elements("css selector", "ol.reasons a")
                if browser.all("#e" + link.text.removeprefix("#")))
    position = link.text.removeprefix("#")
    link.click()
    assert browser.find("tr:target").get_attribute("id") == f"e{position}"
    assert browser.find("tr:target").is_displayed()


def test_the_timeline_holds_every_event_of_the_command_line_with_both_clocks(browser, office):
    browser.be(REVIEWER, "en")
    browser.open(PAGE)
    answer = office.answer(REVIEWER, "timeline", office.ledger, story.REVIEWED)
    rows = browser.driver.execute_script(
        "return [...document.querySelectorAll('table.timeline tbody tr')].map(row =>"
        " [...row.cells].slice(0, 4).map(cell => cell.lastChild.textContent.trim()))")
    expected = [[str(entry["sequence"]), entry["time"][:10], entry["recordedTime"][:10], entry["type"]]
                for entry in answer["entries"]]
    assert rows == expected


@pytest.mark.parametrize("as_of", ["2026-07-20", "2026-06-30", "@1213"])
def test_the_page_replays_to_a_point_of_the_past(browser, office, language, as_of):
    browser.be(REVIEWER, language)
    browser.open(PAGE)
    browser.fill_in(**{"as-of": as_of})
    browser.press(browser.find("form[method=get] button"))
    answer = office.answer(REVIEWER, "decide", office.ledger, "livingAllowance", "--class", story.CLASS, "--trainee",
                           story.REVIEWED, "--as-of", as_of)
    assert answer["amount"] != story.DUE_NOW
    assert [line for line in headlines(browser) if money(answer["amount"]) in line]
    assert not [line for line in headlines(browser) if money(story.DUE_NOW) in line]
    count = answer["asOf"]["sequence"]
    assert len(browser.all("table.timeline tbody tr")) == len(office.answer(
        REVIEWER, "timeline", office.ledger, story.REVIEWED, "--as-of", as_of)["entries"])
    assert str(count) in browser.text("main > p.soft")


def test_a_point_that_is_none_is_refused_with_a_reason(browser, language):
    browser.be(REVIEWER, language)
    answer = browser.open(f"{PAGE}?as-of=yesterday")
    assert answer.status == 400
    assert browser.find("[role=alert]").is_displayed()


def test_the_slider_replays_the_page_too(browser):
    browser.be(REVIEWER, "en")
    browser.open(PAGE)
    slider = browser.find("#slider")
    head = int(slider.get_attribute("max"))
    page = browser.find("html")
    slider.send_keys(Keys.ARROW_LEFT)
    browser.wait_for_page_after(page)
    assert browser.find("#as-of").get_attribute("value") == f"@{head - 1}"
    assert f"first {head - 1} events" in browser.text("main > p.soft")


@pytest.mark.parametrize("trainee, name", [("T-TIP-15", REVIEWER), ("T-TIP-16", AUDITOR), ("T-TIP-14", AUDITOR)])
def test_the_quota_is_that_of_the_command_line(browser, office, language, trainee, name):
    browser.be(name, language)
    browser.open(f"/trainees/{trainee}")
    quota = office.answer(name, "balance", office.ledger, trainee)["quota"]
    shown = browser.text("#quota + .card")
    if quota is None:
        assert "NT$" not in shown
        return
    assert money(quota["cap"]) in shown and money(quota["remaining"]) in shown
    if quota["committed"]:
        assert money(quota["committed"]) in shown
    assert browser.all("#quota + .card svg rect")


def test_attendance_and_allowance_months_are_those_of_the_command_line(browser, office):
    browser.be(REVIEWER, "en")
    browser.open(PAGE)
    balance = office.answer(REVIEWER, "balance", office.ledger, story.REVIEWED)
    attendance = balance["attendance"][0]
    shown = browser.text("#attendance + .card")
    assert attendance["class"] in shown
    hours, minutes = divmod(attendance["scheduledMinutes"], 60)
    assert f"{hours}:{minutes:02} hours scheduled" in shown
    months = balance["livingAllowance"]
    assert f"drawn of {months['capHalfMonths'] // 2}" in browser.text("#allowance + .card")


def test_another_rulebook_gives_what_the_command_line_gives_by_it(browser, office, language):
    browser.be(REVIEWER, language)
    browser.open("/trainees/T-TIP-15?rulebook=cap-2025")
    quota = office.answer(REVIEWER, "balance", office.ledger, "T-TIP-15", "--rulebook", "cap-2025")["quota"]
    assert money(quota["cap"]) in browser.text("#quota + .card")
    assert browser.find("#rulebook").get_attribute("value") == "cap-2025"
    # The class meets on Saturdays, and its calendar has a row for them alone.
    weekdays = {"zh-TW": "一二三四五六日", "en": "Mon Tue Wed Thu Fri Sat Sun".split()}[language]
    labels = [label.text for label in browser.all("svg.calendar")[0].find_elements("css selector", "text")]
    assert [label for label in labels if label in weekdays] == [weekdays[5]]
    # The other language is that of the same page, for the same person.
    browser.press(browser.find("header > a[lang]"))
    assert browser.path() == "/trainees/T-TIP-15?rulebook=cap-2025"
    assert browser.find("html").get_attribute("lang") != language


def test_the_written_decision_names_the_amount_and_prints_without_the_frame(browser, language):
    browser.be(REVIEWER, language)
    browser.open(PAGE)
    decision = next(entry for entry in browser.all("#decisions + .card > details")
                    if money(story.DUE_NOW) in entry.text)
    decision.find_element("css selector", "summary").click()
    browser.press(decision.find_element("css selector", "p > a"))
    assert browser.path().startswith(f"{PAGE}/statement?kind=livingAllowance")
    assert "26,550" in browser.text("pre.statement") and "主旨" in browser.text("pre.statement")
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not browser.find("header").is_displayed()
    assert browser.find("pre.statement").is_displayed()
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
