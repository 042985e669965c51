"""Why was this trainee paid 17,700 instead of 26,550, and what did the clerk know on the day? From one page alone."""

import pytest

import story
from office import REVIEWER

PAGE = f"/trainees/{story.REVIEWED}"

WORDS = {
    "zh-TW": {"told": "115-07-20", "correction": "更正", "taken": "扣除日數 10", "benefit": "115-06-10"},
    "en": {"told": "2026-07-20", "correction": "a correction", "taken": "days taken 10", "benefit": "2026-06-10"},
}


def decision(browser):
    """What the page says of the living allowance, unfolded."""
    entries = [entry for entry in browser.all("#decisions + .card > details") if "LIV-07" in entry.get_property(
        "textContent")]
    assert len(entries) == 1
    entries[0].find_element("css selector", "summary").click()
    return entries[0]


@pytest.mark.parametrize("language", list(WORDS))
def test_the_page_says_what_was_told_and_what_changed_it(browser, language):
    words = WORDS[language]
    browser.be(REVIEWER, language)
    browser.open(PAGE)
    # Now it comes to 26,550; on the day 17,700 was told, and a correction made the difference.
    now = decision(browser).text
    assert "NT$26,550" in now
    told = now[now.index(words["told"]):]
    assert "NT$17,700" in told and words["correction"] in told
    # Side by side: what was told first, what is recomputed behind it.
    rows = browser.cells("table.issued tbody tr")
    assert ["NT$17,700", "NT$26,550"] in [row[1:] for row in rows]
    # The clause that took days out then, and is not there now.
    clause = next(row for row in rows if "LIV-08" in row[0])
    assert words["taken"] in clause[1] and clause[2] == "–"
    # The correction is in the timeline, with its reason, on a later day than the decision.
    rows = browser.all("table.timeline tbody tr")
    issued = next(row for row in rows if "decision.issued" in row.text)
    retraction = next(row for row in rows if "event.retracted" in row.text)
    assert "#" + retraction.get_attribute("id").removeprefix("e") in told
    assert "typing error" in retraction.text
    browser.find("ul.causes a").click()
    assert browser.find("tr:target").get_attribute("id") == retraction.get_attribute("id")
    assert int(retraction.get_attribute("id")[1:]) > int(issued.get_attribute("id")[1:])
    # What the clerk knew on the day: the same page, replayed to it.
    browser.fill_in(**{"as-of": story.TOLD_ON})
    browser.press(browser.find("form[method=get] button"))
    entry = decision(browser)
    assert "NT$17,700" in entry.text and "NT$26,550" not in entry.text
    # Ten days were taken out for unemployment benefit, and the clause leads to the event that said so.
    clause = next(item for item in entry.find_elements("css selector", "ol.reasons > li") if "LIV-08" in item.text)
    assert words["taken"] in clause.text
    clause.find_element("css selector", "a").click()
    row = browser.find("tr:target")
    assert "benefit.recorded" in row.text and words["benefit"] in row.text
    assert not [row for row in browser.all("table.timeline tbody tr") if "event.retracted" in row.text]
