"""A class's page: the clerk reads the roster, enters attendance by keyboard, decides on leave, settles, and brings
spreadsheets in. What the page shows and records is what the command line says."""

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

import story
from office import AUDITOR, CLERK, OFFICER, OPERATOR, REVIEWER

PAGE = f"/classes/{story.CLASS}"
OPEN = f"/classes/{story.OPEN_CLASS}"
#: The last day of the open class, for which T-COFFEE-34 has no record.
DAY = "2026-04-01"


def roster(office, name: str, class_id: str) -> dict[str, dict]:
    """The roster of the command line, by trainee."""
    lines = office.lines(name, "list", "roster", office.ledger, "--class", class_id)
    return {line["trainee"]: line for line in lines if "trainee" in line}


def hours(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


@pytest.mark.parametrize("name", [CLERK, AUDITOR])
def test_the_roster_is_that_of_the_command_line(browser, office, language, name):
    browser.be(name, language)
    assert browser.open(PAGE).status == 200
    shown = {row[0]: row for row in browser.cells("#roster + .card tbody tr")}
    expected = roster(office, name, story.CLASS)
    assert list(shown) == list(expected)
    for trainee, line in expected.items():
        if line.get("presentMinutes") is not None:
            figures = [line["presentMinutes"], line["leaveMinutes"], line["truancyMinutes"]]
            assert shown[trainee][5:8] == [hours(minutes) for minutes in figures], trainee


def test_what_to_look_into_names_who_is_over_a_limit_and_by_which_clause(browser, office, language):
    browser.be(CLERK, language)
    browser.open(PAGE)
    found = {(row[0], row[1]) for row in browser.cells("#findings + .card tbody tr")}
    # Truancy of 375 minutes, and 16 hours of leave (EventLogs/README.md).
    assert {("T-COFFEE-04", "PRE-14"), ("T-COFFEE-06", "PRE-14")} <= found
    assert ("T-COFFEE-03", "PRE-14") not in found and ("T-COFFEE-05", "PRE-14") not in found


@pytest.mark.parametrize("name, may_see, may_record", [
    (CLERK, True, True), (AUDITOR, True, False), (REVIEWER, False, False), (OPERATOR, False, False),
    (OFFICER, False, False)])
def test_only_clerks_of_the_unit_record_and_only_auditors_look_besides(browser, office, name, may_see, may_record):
    browser.be(name, "en")
    assert browser.open(PAGE).status == (200 if may_see else 403)
    assert bool(browser.all("form[data-entry]")) == may_record
    office.run("list", "roster", office.ledger, "--class", story.CLASS, name=name, statuses=(0 if may_see else 77,))
    assert browser.open("/classes/TIP-115-T08").status == (200 if name == AUDITOR else 403)


def test_attendance_is_entered_by_keyboard_alone_and_the_same_again_adds_nothing(browser, office):
    browser.be(CLERK, "en")
    browser.open(f"{OPEN}?day={DAY}#attendance")
    # The first row without an entry has the focus: T-COFFEE-34's.
    assert "T-COFFEE-34" in browser.driver.switch_to.active_element.get_attribute("aria-label")
    full = browser.find("form[data-entry]").get_attribute("data-full")
    before = roster(office, CLERK, story.OPEN_CLASS)["T-COFFEE-34"]["presentMinutes"]
    ActionChains(browser.driver).send_keys("f").perform()
    row = browser.all("input.minutes")
    labels = [field.get_attribute("aria-label").split()[0] for field in row]
    assert row[labels.index("T-COFFEE-34")].get_attribute("value") == full
    # f went on to the next row; an arrow goes back.
    assert browser.driver.switch_to.active_element == row[labels.index("T-COFFEE-34") + 1]
    ActionChains(browser.driver).send_keys(Keys.ARROW_UP).perform()
    assert browser.driver.switch_to.active_element == row[labels.index("T-COFFEE-34")]
    page = browser.find("html")
    row[-1].send_keys(Keys.ENTER)
    browser.wait_for_page_after(page)
    # The others' minutes came from the unit's own system, and are not recorded again.
    assert browser.text("[role=status]").startswith(f"{DAY}: 1 recorded")
    assert roster(office, CLERK, story.OPEN_CLASS)["T-COFFEE-34"]["presentMinutes"] == before + int(full)
    browser.open(f"{OPEN}?day={DAY}")
    browser.press(browser.find("form[data-entry] button"))
    assert "0 recorded" in browser.text("[role=status]")


def test_attendance_that_is_none_is_refused_and_named(browser, office, language):
    browser.be(CLERK, language)
    browser.open(f"{OPEN}?day={DAY}")
    before = roster(office, CLERK, story.OPEN_CLASS)
    field = browser.find("input.minutes")
    field.clear()
    field.send_keys("9999")
    browser.press(browser.find("form[data-entry] button"))
    assert browser.answer().status == 422
    assert field_label(before) in browser.text("main > p")
    assert roster(office, CLERK, story.OPEN_CLASS) == before


def field_label(lines: dict[str, dict]) -> str:
    """Who stands in the first row of the entry: the first who has joined."""
    return next(trainee for trainee, line in lines.items() if line.get("presentMinutes") is not None)


def test_leave_is_approved_and_rejected(browser, office, language):
    if language == "en":
        pytest.skip("a request is decided once")
    browser.be(CLERK, language)
    browser.open(OPEN)
    waiting = [row[0] for row in browser.cells("#leave + .card tbody tr")]
    assert waiting == story.ON_LEAVE
    before = roster(office, CLERK, story.OPEN_CLASS)[story.ON_LEAVE[0]]["leaveMinutes"]
    for button in ("approve", "reject"):
        browser.press(browser.find(f"#leave + .card button[value={button}]"))
    assert [row[0] for row in browser.cells("#leave + .card tbody tr")] not in (waiting, waiting[1:])
    types = {event["subject"]: event["type"] for event in office.lines(
        CLERK, "events", office.ledger, "--class", story.OPEN_CLASS, "--type", "leave.approved", "leave.rejected")
        if event["data"]["request"].startswith("L-T-")}
    assert types == {story.ON_LEAVE[0]: "leave.approved", story.ON_LEAVE[1]: "leave.rejected"}
    assert roster(office, CLERK, story.OPEN_CLASS)[story.ON_LEAVE[0]]["leaveMinutes"] >= before


def settlement(office) -> dict:
    """What the command line says a settlement of the class comes to."""
    return office.lines(CLERK, "settle", office.ledger, "--class", story.CLASS)[-1]


def test_a_settlement_is_what_the_command_line_proposes(browser, office, language):
    browser.be(CLERK, language)
    browser.open(PAGE)
    browser.press(browser.find("p.actions a"))
    assert browser.path() == f"{PAGE}/settlement"
    summary = settlement(office)
    shown = browser.text("main")
    for key in ("assessed", "paidBefore", "due", "overpaid", "waiting"):
        assert f"NT${summary[key]:,}" in shown, key
    due = [row[0] for row in browser.cells("main tbody tr") if row[3] == "NT$8,850"]
    assert "T-COFFEE-01" in due and story.REVIEWED in due


@pytest.mark.last
def test_a_settlement_is_recorded_once_after_it_was_confirmed(browser, office):
    browser.be(CLERK, "zh-TW")
    browser.open(f"{PAGE}/settlement")
    due = settlement(office)["due"]
    assert due > 0 and f"NT${due:,}" in browser.text("main form.card")
    browser.press(browser.find("main form.card button"))
    assert browser.answer().status == 201
    assert browser.find("[role=status]").is_displayed()
    assert settlement(office)["due"] == 0
    browser.open(f"{PAGE}/settlement")
    assert not browser.all("main form.card")
    payments = office.lines(CLERK, "list", "payments", office.ledger, "--class", story.CLASS)
    assert sum(line["amount"] for line in payments if "amount" in line) >= due


def test_a_spreadsheet_is_previewed_row_by_row_and_then_recorded_once(browser, office, language):
    browser.be(CLERK, language)
    # A day on which T-COFFEE-35 was on leave and nobody recorded an attendance.
    header = {"zh-TW": "學員編號,日期,出席分鐘", "en": "trainee,on,presentMinutes"}[language]
    minutes = {"zh-TW": 0, "en": 15}[language]
    browser.open(f"{OPEN}/sheets/attendance")
    browser.paste("#text", f"{header}\nT-COFFEE-35,2026-03-19,{minutes}\nT-NOBODY,2026-03-19,60\n")
    browser.press(browser.find("button[value=try]"))
    assert browser.answer().status == 422
    faults = browser.cells("main .card tbody tr")
    assert faults[0][0] == "3" and faults[0][1] not in ("", "–")
    assert not browser.all("button[value=record]")
    browser.paste("#text", f"{header}\nT-COFFEE-35,2026-03-19,{minutes}\n")
    browser.press(browser.find("button[value=try]"))
    head = office.answer(AUDITOR, "verify", office.ledger)["events"]
    browser.press(browser.find("button[value=record]"))
    assert browser.answer().status == 200
    assert office.answer(AUDITOR, "verify", office.ledger)["events"] == head + 1
    browser.paste("#text", f"{header}\nT-COFFEE-35,2026-03-19,{minutes}\n")
    browser.press(browser.find("button[value=try]"))
    assert {"zh-TW": "已登錄 1 筆", "en": "1 known already"}[language] in browser.text("main")


def test_the_template_has_the_header_that_the_page_takes(browser, language):
    browser.be(CLERK, language)
    browser.open(f"{OPEN}/sheets/attendance")
    text = browser.driver.execute_async_script(
        "const done = arguments[0]; fetch(location.pathname + '/template').then(a => a.text()).then(done)")
    assert text.lstrip("\ufeff").startswith({"zh-TW": "學員", "en": "trainee"}[language])
