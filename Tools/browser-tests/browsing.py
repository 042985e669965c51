"""Chromium without a window, driven as a person drives it, and what its developer tools tell of the pages."""

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from office import PASSWORD, PURPOSE

AXE = Path(__file__).resolve().parents[2] / ".build/browser-tests/axe/axe_playwright_python/axe.min.js"
LANGUAGES = ["zh-TW", "en"]
SESSION = "__Host-session"


@dataclass
class Answer:
    """What the browser got for one page."""

    status: int
    headers: dict = field(default_factory=dict)


class Browser:
    """One Chromium for all tests; sessions are kept by name, so that each person signs in once."""

    def __init__(self):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        # Containers seldom let Chromium make its own sandbox; only pages of our own are opened.
        for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1280,900",
                         "--disable-background-networking", "--disable-component-update", "--no-first-run",
                         "--disable-sync", "--disable-features=OptimizationHints,MediaRouter,Translate",
                         "--font-render-hinting=none"]:
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options, webdriver.ChromeService("/usr/bin/chromedriver"))
        self.driver.set_page_load_timeout(30)
        self.driver.set_script_timeout(30)
        self.driver.execute_cdp_cmd("Emulation.setScrollbarsHidden", {"hidden": True})
        self.origin = ""
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.answers: dict[str, Answer] = {}
        self._sessions: dict[tuple[str, str], dict] = {}

    def quit(self) -> None:
        self.driver.quit()

    # What the developer tools saw.

    def read_logs(self) -> None:
        """Takes over what was requested, answered and complained of since the last call."""
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            parameters = message["params"]
            if message["method"] == "Network.requestWillBeSent":
                self.requests.append(parameters["request"]["url"])
            elif message["method"] == "Network.responseReceived":
                response = parameters["response"]
                headers = {name.lower(): value for name, value in response["headers"].items()}
                self.answers[response["url"].split("#")[0]] = Answer(response["status"], headers)
        for entry in self.driver.get_log("browser"):
            self.complaints.append(f"{entry['level']} {entry['source']}: {entry['message']}")

    def forget(self) -> None:
        """Starts anew: no cookies, no logs, scripts on, a wide window."""
        self.scripts(True)
        self.width(None)
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.driver.get("about:blank")
        self.read_logs()
        self.requests, self.complaints, self.answers = [], [], {}

    def answer(self) -> Answer:
        """The answer that the page shown came with."""
        self.read_logs()
        return self.answers[self.driver.current_url.split("#")[0]]

    def foreign_requests(self) -> list[str]:
        """Requests that went anywhere but to the server."""
        return [url for url in self.requests
                if urlsplit(url).scheme not in ("data", "about", "chrome") and not url.startswith(self.origin + "/")]

    # How it is set up.

    def scripts(self, are_on: bool) -> None:
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not are_on})

    def width(self, pixels: int | None) -> None:
        """Shows pages this wide, as a telephone does if they are narrow; None is the window's own width."""
        if pixels is None:
            self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        else:
            self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
                "width": pixels, "height": 900, "deviceScaleFactor": 1, "mobile": pixels < 600})

    # What a person does.

    def open(self, path: str) -> Answer:
        self.driver.get(self.origin + path)
        return self.answer()

    def find(self, selector: str):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def text(self, selector: str = "main") -> str:
        """What is written there, closed parts included, with single spaces."""
        return " ".join(self.find(selector).get_property("textContent").split())

    def path(self) -> str:
        parts = urlsplit(self.driver.current_url)
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def language(self, language: str) -> None:
        """Chooses a language as its link does."""
        self.open(f"/language/{language}")

    def press(self, button) -> None:
        """Presses a button and waits for the page that it leads to."""
        page = self.find("html")
        button.click()
        self.wait_for_page_after(page)

    def wait_for_page_after(self, page) -> None:
        def is_gone(_):
            try:
                return self.find("html").id != page.id
            except Exception:  # between two pages there may be none
                return False

        WebDriverWait(self.driver, 30).until(is_gone)
        WebDriverWait(self.driver, 30).until(
            lambda driver: driver.execute_script("return document.readyState") == "complete")

    def fill_in(self, **values: str) -> None:
        """Writes into the fields of these IDs."""
        for name, value in values.items():
            box = self.find(f"#{name}")
            box.clear()
            box.send_keys(value)

    def cells(self, selector: str) -> list[list[str]]:
        """The texts of the cells of each row of a table."""
        return self.driver.execute_script(
            "return [...document.querySelectorAll(arguments[0])].map(row =>"
            " [...row.cells].map(cell => cell.textContent.replace(/\\s+/g, ' ').trim()))", selector)

    def paste(self, selector: str, text: str) -> None:
        """Puts a long text into a field, as pasting does."""
        field = self.find(selector)
        field.clear()
        self.driver.execute_script("arguments[0].value = arguments[1]", field, text)

    def wait_for_text(self, selector: str, text: str) -> None:
        """Waits for a page that renews itself to say something there."""
        def is_there(_):
            try:
                return text in self.text(selector)
            except Exception:  # not yet there, or between two pages
                return False

        WebDriverWait(self.driver, 60).until(is_there)

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        """Signs in through the page."""
        self.open("/sign-in")
        self.fill_in(name=name, password=password)
        self.press(self.find("form.card button"))

    def session(self) -> str:
        """The number of the session, as its cookie has it."""
        return self.driver.get_cookie(SESSION)["value"]

    def take_session(self, number: str) -> None:
        """Puts the cookie of a session in the browser. (The driver's own way gives it a domain, which is refused.)"""
        self.driver.execute_cdp_cmd("Network.setCookie", {
            "name": SESSION, "value": number, "url": self.origin + "/", "path": "/", "secure": True, "httpOnly": True,
            "sameSite": "Strict"})

    def be(self, name: str, language: str = "zh-TW") -> None:
        """Is signed in as somebody, for the sake of a case: through the pages the first time, else by their cookie."""
        key = (self.origin, name)
        if key in self._sessions:
            self.take_session(self._sessions[key])
        else:
            self.sign_in(name)
            self.fill_in(purpose=PURPOSE)
            self.press(self.find("form.card button"))
            self._sessions[key] = self.session()
        self.language(language)

    # What is looked at.

    def picture(self, file: Path, top: int = 0, height: int | None = None) -> None:
        """Takes a picture of the page, from a height in pixels on, to its end or as high as is said."""
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        rest = size["height"] - top
        clip = {"x": 0, "y": top, "width": size["width"], "height": min(height or rest, rest), "scale": 1}
        data = self.driver.execute_cdp_cmd("Page.captureScreenshot", {
            "format": "png", "captureBeyondViewport": True, "clip": clip})["data"]
        file.write_bytes(base64.b64decode(data))

    def top_of(self, element) -> int:
        """How far below the top of the page an element begins."""
        return int(self.driver.execute_script(
            "return arguments[0].getBoundingClientRect().top + window.scrollY", element))

    def accessibility_faults(self) -> list[str]:
        """What axe-core holds to be a serious or critical fault of the page: rule, place and why."""
        self.driver.execute_script(AXE.read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run({resultTypes: ['violations']}).then(done, e => done({error: `${e}`}));")
        assert "error" not in found, found
        assert found["passes"], "axe-core looked at nothing"
        return [f"{violation['id']} ({violation['impact']}): {node['target']} {node['failureSummary']}"
                for violation in found["violations"] if violation["impact"] in ("serious", "critical")
                for node in violation["nodes"]]

    def fonts(self, selector: str) -> set[str]:
        """The fonts in which the text of an element is really drawn."""
        for domain in ("DOM", "CSS"):
            self.driver.execute_cdp_cmd(f"{domain}.enable", {})
        root = self.driver.execute_cdp_cmd("DOM.getDocument", {})["root"]["nodeId"]
        node = self.driver.execute_cdp_cmd("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        fonts = self.driver.execute_cdp_cmd("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        return {font["familyName"] for font in fonts}
