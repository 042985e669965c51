"""Makes the pictures of docs/guide.md anew, on the ledger of the browser tests."""

import argparse
import stat
import tempfile
from pathlib import Path

from PIL import Image

import story
from browsing import LANGUAGES, Browser
from office import REVIEWER, ROOT, Office
from serving import Server

PAGE = f"/trainees/{story.REVIEWED}"
WIDE, NARROW = 1000, 390
#: Colours of a picture at most, which keeps them small.
COLOURS = 64
#: Bytes of a picture at most: every clone brings them along.
LIMIT = 150_000


def decision(browser: Browser, amount: str):
    """Unfolds the decision whose headline has this amount."""
    entry = next(entry for entry in browser.all("#decisions + .card > details") if amount in entry.text)
    entry.find_element("css selector", "summary").click()
    return entry


def take(browser: Browser, language: str, directory: Path) -> None:
    def file(name: str) -> Path:
        return directory / f"{name}-{language}.png"

    browser.forget()
    browser.width(WIDE)
    browser.language(language)
    browser.open("/sign-in")
    browser.picture(file("sign-in"), height=380)
    browser.be(REVIEWER, language)
    browser.fill_in(trainee=story.REVIEWED)
    browser.picture(file("home"), height=420)
    browser.open(PAGE)
    browser.picture(file("trainee"), height=1000)
    entry = decision(browser, "26,550")
    browser.picture(file("decision"), top=browser.top_of(entry) - 20, height=entry.size["height"] + 40)
    browser.open(f"{PAGE}?as-of={story.TOLD_ON}")
    entry = decision(browser, "17,700")
    browser.picture(file("past"), top=browser.top_of(entry) - 20, height=entry.size["height"] + 40)
    browser.open(PAGE)
    browser.width(NARROW)
    browser.picture(file("telephone"), height=800)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--program", type=Path, default=ROOT / ".build/debug/trainledger")
    options.add_argument("--directory", type=Path, default=ROOT / "docs/pictures")
    asked = options.parse_args()
    asked.directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        directory.chmod(stat.S_IRWXU)
        office = Office(directory, asked.program.resolve())
        office.fill()
        with Server(office, directory / "server.log") as server:
            browser = Browser()
            browser.origin = f"http://localhost:{server.port}"
            try:
                for language in LANGUAGES:
                    take(browser, language, asked.directory)
            finally:
                browser.quit()
    for picture in sorted(asked.directory.glob("*.png")):
        with Image.open(picture) as image:
            small = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(picture, optimize=True)
        size = picture.stat().st_size
        print(f"{picture.name} {size}")
        if size > LIMIT:
            raise SystemExit(f"{picture.name} is larger than {LIMIT} bytes")


if __name__ == "__main__":
    main()
