"""From an invitation to a clinic, with a passkey; and a lock that loses nothing typed."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.harness import DESK, NARROW, Watched, running_server, watched_page
from tests.browser.test_accessibility import findings, small_targets
from tests.clinic.installation import Installation, lay_out

PASSWORD = "tall green bicycle 7"


@dataclass(frozen=True)
class Running:
    """A running server with one clinic in a data folder of its own."""

    address: str
    commands: Installation
    clinic: str

    def invited(self, email: str, role: str) -> str:
        """The path of a new invitation."""
        made = self.commands.told(
            "people", "invite", "--clinic", self.clinic, "--email", email, "--role", role
        )
        return "/invitation/" + made.split("/invitation/")[1].strip()


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    data = tmp_path_factory.mktemp("installation")
    lay_out(data)
    commands = Installation(data)
    words = ["--name", "Harbour Street", "--jurisdiction", "US-CO", "--owner", "first@example.org"]
    commands.told("clinic", "create", *words)
    clinic = commands.told("clinic", "list").split()[0]
    with running_server(TAUTBAND_DATA=str(data)) as address:
        # A passkey needs a name: there is none for an address of numbers.
        yield Running(address.replace("127.0.0.1", "localhost"), commands, clinic)
    commands.close()


@pytest.fixture
def desk(browser: Browser, installation: Running) -> Iterator[Watched]:
    with watched_page(browser, installation.address, DESK) as found:
        with_authenticator(found.page)
        yield found


@pytest.fixture
def phone(browser: Browser, installation: Running) -> Iterator[Watched]:
    with watched_page(browser, installation.address, NARROW, "dark", touch=True) as found:
        with_authenticator(found.page)
        yield found


def with_authenticator(page: Page, verifies: bool = True) -> None:
    """Give the browser a fingerprint reader that always says yes, or a key without one."""
    driver = page.context.new_cdp_session(page)
    driver.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": verifies,
        "isUserVerified": verifies,
    }
    driver.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def checked(page: Page) -> None:
    page.wait_for_load_state("networkidle")
    assert findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert small_targets(page) == []


def join(watched: Watched, path: str) -> Page:
    """Follow an invitation to the end: account, passkey, recovery codes."""
    page = watched.open(path)
    checked(page)
    page.get_by_label("Name").fill("Anna Ruiz")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account and join").click()
    expect(page.get_by_role("heading", name="My account")).to_be_visible()
    checked(page)
    page.get_by_role("link", name="Add a passkey").click()
    checked(page)
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    checked(page)
    return page


def test_an_owner_joins_and_finds_every_page(installation: Running, phone: Watched) -> None:
    page = join(phone, installation.invited("owner@example.org", "owner"))
    for path in ("", "today/", "settings/", "people/", "audit/"):
        phone.open(f"/clinic/{installation.clinic}/{path}")
        checked(page)
    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


def test_a_key_that_anybody_could_touch_is_refused(browser: Browser, installation: Running) -> None:
    with watched_page(browser, installation.address, DESK) as watched:
        with_authenticator(watched.page, verifies=False)
        page = watched.open(installation.invited("key@example.org", "reception"))
        page.get_by_label("Name").fill("Kei Ota")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Make the account and join").click()
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_role("alert")).to_be_visible()
        watched.faults.clear()
        watched.open(f"/clinic/{installation.clinic}/")
        expect(page.get_by_role("heading", name="My account")).to_be_visible()


def test_an_answer_from_before_the_lock_does_not_open_it(
    installation: Running, desk: Watched
) -> None:
    page = join(desk, installation.invited("early@example.org", "clinician"))
    page.clock.install()
    desk.open(f"/clinic/{installation.clinic}/card/")
    held: list[Route] = []
    page.route("**/account/session/", lambda route: held.append(route))
    page.clock.fast_forward(2 * 60_000)
    page.get_by_label("Card", exact=True).press("a")  # the next look tells the server of it
    page.clock.fast_forward(60_000)
    page.wait_for_function("() => true")
    assert held
    page.get_by_role("button", name="Lock the screen").click()
    lock = page.get_by_role("dialog", name="Locked")
    expect(lock).to_be_visible()
    open_answer = {"user": None, "locked": False, "csrf": "x", "idle_s": 900}
    body = page.evaluate("() => document.querySelector('#lock').dataset.user")
    for one in held:
        one.fulfill(json={**open_answer, "user": body})
    page.wait_for_timeout(200)
    expect(lock).to_be_visible()


def test_what_was_typed_outlives_the_lock(installation: Running, desk: Watched) -> None:
    page = join(desk, installation.invited("clinician@example.org", "clinician"))
    page.clock.install()
    desk.open(f"/clinic/{installation.clinic}/card/")
    card = page.get_by_label("Card", exact=True)
    card.fill("Twelve years with shoulders.")
    page.clock.fast_forward(14 * 60_000)
    expect(card).to_be_visible()
    page.clock.fast_forward(2 * 60_000)
    lock = page.get_by_role("dialog", name="Locked")
    expect(lock).to_be_visible()
    expect(card).not_to_be_visible()
    assert "shoulders" not in page.locator("body").aria_snapshot()
    assert page.title() == "Locked"
    assert findings(page) == []
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(lock).to_be_visible()

    answer = page.request.get(f"{installation.address}/clinic/{installation.clinic}/card/",
                              headers={"Accept": "application/json"})  # fmt: skip
    assert answer.status == 423

    lock.get_by_label("Password").fill("not my password")
    lock.get_by_role("button", name="Unlock").click()
    expect(lock.get_by_text("That is not your password.")).to_be_visible()
    desk.faults.clear()  # Chromium reports the refusal itself
    lock.get_by_label("Password").fill(PASSWORD)
    lock.get_by_role("button", name="Unlock").click()
    expect(lock).not_to_be_visible()
    expect(card).to_have_value("Twelve years with shoulders.")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The card was saved.")).to_be_visible()
    expect(card).to_have_value("Twelve years with shoulders.")


def test_all_windows_lock_and_open_together(installation: Running, desk: Watched) -> None:
    page = join(desk, installation.invited("student@example.org", "student"))
    desk.open(f"/clinic/{installation.clinic}/card/")
    other = page.context.new_page()
    other.goto(f"{installation.address}/clinic/{installation.clinic}/card/")
    other.get_by_label("Card", exact=True).fill("In the other window")
    page.get_by_role("button", name="Lock the screen").click()
    expect(other.get_by_role("dialog", name="Locked")).to_be_visible()
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("dialog")).not_to_be_visible()
    expect(other.get_by_role("dialog")).not_to_be_visible()
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("The card was saved.")).to_be_visible()
