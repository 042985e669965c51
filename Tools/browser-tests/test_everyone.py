"""For everyone: by keyboard alone, without scripts, for screen readers, on a telephone, with Chinese glyphs."""

import os
import re

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

import story
from browsing import LANGUAGES
from office import AUDITOR, CLERK, OPERATOR, PASSWORD, PURPOSE, REVIEWER

PAGE = f"/trainees/{story.REVIEWED}"
OPEN = f"/classes/{story.OPEN_CLASS}"
#: Every page, and who looks at it.
PAGES = {
    "sign-in": (None, "/sign-in"),
    "home": (CLERK, "/"),
    "trainee": (AUDITOR, PAGE),
    "quota": (REVIEWER, "/trainees/T-TIP-15"),
    "statement": (REVIEWER, f"{PAGE}/statement?kind=livingAllowance&class={story.CLASS}"),
    "looks": (AUDITOR, f"{PAGE}/looks"),
    "class": (CLERK, OPEN),
    "settlement": (CLERK, f"/classes/{story.CLASS}/settlement"),
    "sheet": (CLERK, f"{OPEN}/sheets/attendance"),
    "rules": (OPERATOR, "/rules"),
    "comparison": (OPERATOR, "/rules/comparison?before=base&after=cap-2025"),
    "rebuild": (OPERATOR, "/work/rebuild"),
    "audit": (AUDITOR, "/audit"),
    "event": (AUDITOR, "/audit/events/484"),
    "problem": (OPERATOR, "/no-such-page"),
}


def show(browser, name: str, language: str) -> None:
    """Opens a page, with one decision unfolded where there are any."""
    person, path = PAGES[name]
    if person:
        browser.be(person, language)
    else:
        browser.language(language)
    browser.open(path)
    for summary in browser.all("#decisions + .card > details > summary"):
        if "NT$26,550" in summary.text:
            summary.click()


class Keyboard:
    """A person who has no mouse."""

    def __init__(self, browser):
        self.browser = browser

    def press(self, *keys: str) -> None:
        ActionChains(self.browser.driver).send_keys(*keys).perform()

    def tab_to(self, selector: str) -> None:
        """Presses Tab until the focus is there, and sees that the focus is shown."""
        for _ in range(200):
            self.press(Keys.TAB)
            active = self.browser.driver.switch_to.active_element
            if self.browser.driver.execute_script("return arguments[0].matches(arguments[1])", active, selector):
                assert active.value_of_css_property("outline-style") != "none", f"{selector} does not show the focus"
                return
        raise AssertionError(f"Tab does not reach {selector}")

    def leave_page(self, key: str) -> None:
        page = self.browser.find("html")
        self.press(key)
        self.browser.wait_for_page_after(page)


def test_the_keyboard_alone_leads_from_signing_in_to_the_trainees_decision(browser, language):
    browser.language(language)
    keyboard = Keyboard(browser)
    browser.open("/sign-in")
    keyboard.tab_to("#name")
    keyboard.press(REVIEWER)
    keyboard.tab_to("#password")
    keyboard.press(PASSWORD)
    keyboard.leave_page(Keys.ENTER)
    assert browser.path() == "/"
    keyboard.tab_to("#purpose")
    keyboard.press(PURPOSE)
    keyboard.tab_to("#trainee")
    keyboard.press(story.REVIEWED)
    keyboard.leave_page(Keys.ENTER)
    assert browser.path() == PAGE
    # The first stop leads past the bar, to the content.
    keyboard.tab_to("a.skip")
    keyboard.press(Keys.ENTER)
    for _ in range(10):
        keyboard.tab_to("#decisions + .card > details > summary")
        if "NT$26,550" in browser.driver.switch_to.active_element.text:
            break
    keyboard.press(Keys.ENTER)
    decision = browser.find("#decisions + .card > details[open]")
    assert "LIV-07" in decision.text
    keyboard.tab_to("details[open] ol.reasons a")
    keyboard.press(Keys.ENTER)
    assert "#e" in browser.driver.current_url


def test_without_scripts_the_pages_do_the_same(browser, language):
    browser.scripts(False)
    if language == "zh-TW":
        browser.sign_in(REVIEWER)
    else:
        browser.be(REVIEWER, language)
    browser.fill_in(purpose=PURPOSE, trainee=story.REVIEWED)
    browser.press(browser.find("form.card button"))
    assert browser.path() == PAGE
    assert not browser.find("#slider").is_displayed()
    browser.fill_in(**{"as-of": story.TOLD_ON})
    browser.press(browser.find("form[method=get] button"))
    summary = next(summary for summary in browser.all("#decisions + .card > details > summary")
                   if "NT$17,700" in summary.text)
    summary.click()
    assert "LIV-08" in browser.find("#decisions + .card > details[open]").text


@pytest.mark.parametrize("page", list(PAGES))
def test_pages_have_no_serious_fault_of_accessibility_and_fit_their_window(browser, language, page, pictures):
    show(browser, page, language)
    assert browser.find("html").get_attribute("lang") == language
    # What a template or a value left behind.
    assert not re.search(r"\{\{|\}\}|Optional\(|\bnil\b", browser.text("main"))
    assert "[]" not in [cell for row in browser.cells("main tr") for cell in row]
    for width in (1280, 390):
        browser.width(width)
        wide = browser.driver.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, f"{page} is {wide} pixels wide on {width}"
        if pictures:
            browser.picture(pictures / f"{page}-{language}-{width}.png")
        # The two languages share their templates: the slow check of both is asked for by TRAINLEDGER_LONG.
        if language == LANGUAGES[0] or os.environ.get("TRAINLEDGER_LONG"):
            assert browser.accessibility_faults() == []


@pytest.mark.parametrize("selector", ["h1", "#timeline", "table.timeline", "header"])
def test_chinese_is_drawn_with_chinese_glyphs(browser, selector):
    browser.be(REVIEWER, "zh-TW")
    browser.open(PAGE if selector != "h1" else "/")
    assert browser.fonts(selector) <= {"Noto Sans CJK TC", "Noto Sans TC"}


def test_the_language_is_the_browsers_until_one_is_chosen(browser):
    for language, word in zip(LANGUAGES, ["登入", "Sign in"]):
        browser.driver.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": {"Accept-Language": language}})
        browser.open("/sign-in")
        assert browser.text("h1") == word
    browser.language("zh-TW")
    browser.open("/sign-in")
    assert browser.text("h1") == "登入"
    browser.driver.execute_cdp_cmd("Network.setExtraHTTPHeaders", {"headers": {}})
