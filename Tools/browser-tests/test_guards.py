"""What keeps a page from doing what it was not written to do."""

import story
from office import AUDITOR, REVIEWER

PAGE = f"/trainees/{story.REVIEWED}"


def test_the_security_policy_stands_on_every_page_and_allows_nothing_from_elsewhere(browser):
    browser.be(AUDITOR, "en")
    for path in ["/sign-in", "/", PAGE, f"{PAGE}/looks", "/no-such-page", "/assets/style.css"]:
        headers = browser.open(path).headers
        policy = dict(part.strip().partition(" ")[::2] for part in headers["content-security-policy"].split(";"))
        assert policy["default-src"] == "'none'"
        assert {policy[name] for name in ("script-src", "style-src", "form-action")} == {"'self'"}
        assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        if "/assets/" not in path:
            assert headers["cache-control"] == "no-store"


def test_the_browser_holds_to_the_policy(browser):
    browser.be(REVIEWER, "en")
    browser.open(PAGE)
    blocked = browser.driver.execute_async_script("""
        const done = arguments[0], blocked = [];
        document.addEventListener("securitypolicyviolation", event => blocked.push(event.effectiveDirective));
        const script = document.createElement("script");
        script.textContent = "document.title = 'an inline script ran'";
        document.head.append(script);
        const style = document.createElement("style");
        style.textContent = "body { display: none }";
        document.head.append(style);
        const picture = new Image();
        picture.src = "http://127.0.0.1:9/picture.png";
        fetch("http://127.0.0.1:9/").catch(() => setTimeout(() => done(blocked), 200));
    """)
    assert {"script-src-elem", "style-src-elem", "img-src", "connect-src"} <= set(blocked)
    assert browser.driver.title.startswith(story.REVIEWED)
    assert browser.find("main").is_displayed()
    # What this test did itself is no fault of the page.
    browser.read_logs()
    assert [line for line in browser.complaints if "Content Security Policy" in line]
    browser.complaints.clear()
    browser.requests.clear()


def test_a_form_from_elsewhere_is_refused(browser):
    browser.be(REVIEWER, "en")
    browser.open("/")
    status = browser.driver.execute_async_script("""
        const done = arguments[0];
        const body = new URLSearchParams({token: "0".repeat(64), purpose: "x", trainee: "T-COFFEE-13"});
        fetch("/look", {method: "POST", body}).then(answer => done(answer.status));
    """)
    assert status == 403


def test_no_personal_detail_reaches_the_log_of_the_server(browser, server):
    browser.be(REVIEWER, "en")
    browser.open(PAGE)
    browser.open("/trainees/T-NOBODY")
    log = server.log.read_text(encoding="utf-8")
    assert "refused" in log
    for word in [story.REVIEWED, "T-NOBODY", REVIEWER, "115-12"]:
        assert word not in log
