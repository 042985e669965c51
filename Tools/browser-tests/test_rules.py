"""The rules: parameters with their values over time and their sources, comparisons, rebuilding with a receipt."""

import pytest
from selenium.webdriver.support.ui import Select

from office import AUDITOR, CLERK, OPERATOR, REVIEWER

COMPARISON = "/rules/comparison?before=base&after=cap-2025"


@pytest.mark.parametrize("name", [OPERATOR, AUDITOR, CLERK, REVIEWER])
def test_parameters_and_clauses_stand_there_with_their_days_and_sources(browser, language, name):
    browser.be(name, language)
    assert browser.open("/rules").status == 200
    wage = [row for row in browser.cells("#parameters + .card tr") if row and row[0].startswith("allowance.basicWage")]
    assert [row for row in wage if "29,500" in row[2] or "29500" in row[2]]
    assert all(row[3] for row in wage)
    browser.fill_in(contains="LIV-07")
    browser.press(browser.find("form.card button"))
    clauses = [entry.get_attribute("id") for entry in browser.all("#clauses + .card details")]
    assert "LIV-07@1" in clauses and len(clauses) < 5


def test_another_rulebook_shows_its_own_values(browser, language):
    browser.be(OPERATOR, language)
    browser.open("/rules")
    Select(browser.find("#rulebook")).select_by_value("cap-2025")
    browser.fill_in(contains="quota")
    browser.press(browser.find("form.card button"))
    assert "100,000" in browser.text("#parameters + .card").replace("100000", "100,000")


@pytest.mark.parametrize("name", [OPERATOR, AUDITOR])
def test_a_comparison_has_the_totals_of_the_command_line(browser, office, language, name):
    browser.be(name, language)
    assert browser.open(COMPARISON).status == 200
    lines = office.lines(name, "compare", office.ledger, "--rulebook", "base", "--rulebook", "cap-2025")
    changes, summary = lines[:-1], lines[-1]
    totals = browser.cells("main .card:first-of-type tbody tr")[-1]
    assert totals[1] == str(summary["compared"])
    assert totals[-3:] == [f"NT${summary[key]:,}" for key in ("totalBefore", "totalAfter", "totalDifference")]
    rows = browser.cells("form.card + .card tbody tr")
    assert {(row[0], row[1]) for row in rows} == {(line["trainee"], line["class"]) for line in changes}


def test_a_comparison_is_filtered_sorted_and_taken_away_as_a_spreadsheet(browser, office):
    browser.be(OPERATOR, "en")
    browser.open(COMPARISON)
    Select(browser.find("#change")).select_by_value("amount")
    Select(browser.find("#sort")).select_by_value("trainee")
    browser.press(browser.find("main form.card button"))
    rows = browser.cells("form.card + .card tbody tr")
    lines = office.lines(OPERATOR, "compare", office.ledger, "--rulebook", "base", "--rulebook", "cap-2025")[:-1]
    expected = [line["trainee"] for line in lines if line["change"] == "amount"]
    assert [row[0] for row in rows] == sorted(expected) and expected
    text = browser.driver.execute_async_script(
        "const done = arguments[0];"
        "fetch(document.querySelector('a[href*=\"comparison.csv\"]').href).then(a => a.text()).then(done)")
    assert len(text.strip().splitlines()) == len(expected) + 1
    Select(browser.find("#change")).select_by_value("lost")
    browser.press(browser.find("main form.card button"))
    assert "T-TIP" not in browser.text("form.card + .card")


@pytest.mark.parametrize("name", [REVIEWER, CLERK])
def test_who_may_not_compare_is_refused_and_sees_no_form_for_it(browser, name):
    browser.be(name, "en")
    assert browser.open(COMPARISON).status == 403
    browser.open("/rules")
    assert not browser.all("form[action='/rules/comparison']")
    assert not browser.all("a[href='/work/rebuild']")
    assert browser.open("/work/rebuild").status == 403


def test_rebuilding_shows_how_far_it_is_and_ends_with_the_digest_of_the_command_line(browser, office, language):
    browser.be(OPERATOR, language)
    browser.open("/work/rebuild")
    browser.fill_in(**{"as-of": "@1000"})
    browser.press(browser.find("main form button"))
    browser.wait_for_text("dl.receipt", "sha256:")
    answer = office.answer(OPERATOR, "rebuild", office.ledger, "--as-of", "@1000")
    shown = browser.text("dl.receipt")
    assert answer["digest"] in shown and answer["factsDigest"] in shown
    assert "1000" in shown
