"""Signing in and out, and what guards it."""

import time

import pytest

from browsing import SESSION
from office import NEWCOMER, PASSWORD, PURPOSE, REVIEWER

TRAINEE = "/trainees/T-COFFEE-13"


def test_without_signing_in_every_page_leads_to_the_sign_in_page(browser):
    for path in ["/", TRAINEE, f"{TRAINEE}/statement?kind=livingAllowance&class=NTPC-115-COFFEE-2", f"{TRAINEE}/looks"]:
        browser.open(path)
        assert browser.path() == "/sign-in"
        assert "T-COFFEE-13" not in browser.text("body")


def test_a_name_and_a_password_open_the_first_page_and_signing_out_closes_it(browser):
    browser.sign_in(REVIEWER)
    assert browser.path() == "/"
    assert REVIEWER in browser.text("header")
    browser.fill_in(purpose=PURPOSE, trainee="T-COFFEE-13")
    browser.press(browser.find("form.card button"))
    assert browser.path() == TRAINEE
    cookie = browser.driver.get_cookie(SESSION)
    assert cookie["secure"] and cookie["httpOnly"] and cookie["sameSite"] == "Strict"
    browser.press(browser.find("header form button"))
    assert browser.path() == "/sign-in"
    # Neither the page, the way back nor the old cookie shows anything after that.
    browser.driver.back()
    assert "T-COFFEE-13" not in browser.text("body")
    browser.take_session(cookie["value"])
    browser.open(TRAINEE)
    assert browser.path() == "/sign-in"


@pytest.mark.parametrize("language, words, names", [
    ("zh-TW", "帳號或密碼不符", [NEWCOMER]),
    ("en", "the name or password is wrong", [NEWCOMER, "nobody-of-this-name"]),
])
def test_a_wrong_password_and_an_unknown_name_are_answered_alike(browser, language, words, names):
    browser.language(language)
    shown = []
    for name in names:
        browser.sign_in(name, PASSWORD + "!")
        assert browser.answer().status == 401
        assert words in browser.text("[role=alert]")
        shown.append(browser.text("main"))
    assert len(set(shown)) == 1


@pytest.mark.last
def test_a_session_ends_after_the_idle_time(chromium, idle_since):
    origin, session, since = idle_since
    time.sleep(max(0, since + 61 - time.monotonic()))
    chromium.origin = origin
    chromium.forget()
    chromium.take_session(session)
    chromium.open("/")
    assert chromium.path() == "/sign-in"
