"""What the browser tests stand on: one ledger, one server and one Chromium for all of them."""

import os
import stat
import time
from pathlib import Path

import pytest

from browsing import LANGUAGES, Browser
from office import REVIEWER, ROOT, Office
from serving import Server


def pytest_addoption(parser):
    parser.addoption("--program", default=str(ROOT / ".build/debug/trainledger"), help="the program to test")
    parser.addoption("--pictures", default=None, help="a directory for pictures of the pages")


@pytest.fixture(scope="session")
def office(tmp_path_factory, request):
    directory = tmp_path_factory.mktemp("office")
    directory.chmod(stat.S_IRWXU)
    office = Office(directory, Path(request.config.getoption("--program")).resolve())
    office.fill()
    return office


@pytest.fixture(scope="session")
def server(office):
    with Server(office, office.directory / "server.log") as server:
        yield server


@pytest.fixture(scope="session")
def chromium():
    browser = Browser()
    yield browser
    browser.quit()


@pytest.fixture(scope="session", autouse=True)
def idle_since(office, chromium):
    """Somebody signed in where sessions end after one idle minute: address, session and since when.

    The minute begins before the first test, so that the last one need not wait for all of it.
    """
    with Server(office, office.directory / "idle-server.log", idle_minutes=1) as server:
        # A host name of its own, so that its cookie does not stand in the way of the others.
        chromium.origin = f"http://idle.localhost:{server.port}"
        chromium.sign_in(REVIEWER)
        assert chromium.path() == "/"
        yield chromium.origin, chromium.session(), time.monotonic()


@pytest.fixture
def browser(chromium, server):
    """The browser as a new visitor has it. At the end nothing was asked of another host or complained of."""
    chromium.origin = f"http://localhost:{server.port}"
    chromium.forget()
    yield chromium
    chromium.read_logs()
    assert chromium.foreign_requests() == []
    # Chromium also complains of every page that is refused; which ones are is for the tests to say.
    faults = [line for line in chromium.complaints
              if "Failed to load resource" not in line and not line.startswith("INFO")]
    assert faults == []
    missing = [url for url, answer in chromium.answers.items() if "/assets/" in url and answer.status != 200]
    assert missing == []


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def pictures(request):
    """Where pictures of the pages go; None where nobody asked for them."""
    directory = request.config.getoption("--pictures")
    if directory:
        os.makedirs(directory, exist_ok=True)
    return Path(directory) if directory else None


def pytest_collection_modifyitems(items):
    # What waits for a minute waits while the others work.
    items.sort(key=lambda item: item.get_closest_marker("last") is not None)


def pytest_configure(config):
    config.addinivalue_line("markers", "last: runs after all others")


_counts = {}


def pytest_terminal_summary(terminalreporter):
    for name in ("passed", "failed", "error", "skipped"):
        _counts[name] = len(terminalreporter.stats.get(name, []))


def pytest_unconfigure():
    skipped = f", {_counts['skipped']} skipped" if _counts.get("skipped") else ""
    print(f"{_counts.get('passed', 0)} passed, {_counts.get('failed', 0) + _counts.get('error', 0)} failed{skipped}")
