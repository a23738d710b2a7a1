"""A person at a real browser: keyboard only, small screens, no scripts, leaving in a hurry."""

from typing import cast

from playwright.async_api import Browser, BrowserContext, Page, expect

from bot.model import Located, Said, Tapped
from tests.browser.conftest import Running

LOG = "#log"


async def ask(page: Page, text: str) -> None:
    turns = page.locator("#log > .turn")
    before = await turns.count()
    await page.fill("#text", text)
    await page.press("#text", "Enter")
    await expect(turns).to_have_count(before + 1)


async def focused(page: Page) -> str:
    return cast(
        str, await page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")
    )


async def forgotten(context: BrowserContext, url: str) -> bool:
    """The page is gone before its last request is answered, so this looks more than once."""
    for _ in range(1000):
        if not await context.cookies(url):
            return True
    return False


async def test_a_whole_chat_by_keyboard_alone(page: Page, running: Running) -> None:
    await page.keyboard.press("Tab")
    assert await focused(page) == "Skip to the message box"
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.focus("#text")
    await page.keyboard.type("find a session")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Yoga")).to_be_visible()
    await page.get_by_role("button", name="Yoga").focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(LOG)).to_contain_text("Where are you?")
    assert [arrival.event for arrival in running.service.arrivals[1:]] == [
        Said("find a session"),
        Tapped("r:1:1:yoga"),
    ]


async def test_every_control_can_be_reached_with_the_tab_key(page: Page) -> None:
    reached = []
    for _ in range(13):
        await page.keyboard.press("Tab")
        reached.append(await focused(page))
    assert reached == [
        "Skip to the message box",
        "Prehab Navigator",
        "exit",
        "Call 999",
        "Call 111",
        "Ask a question",
        "Find a session near me",
        "Talk to a person",
        "text",
        "Send",
        "Clear this chat",
        "Delete my data",
        "About and privacy",
    ]


async def test_focus_stays_in_the_box_after_sending(page: Page) -> None:
    await ask(page, "is walking good")
    assert await focused(page) == "text"
    await page.fill("#text", "session")
    await page.click("text=Send")
    await expect(page.locator(LOG)).to_contain_text("What kind of session")
    assert await focused(page) == "text"
    assert await page.input_value("#text") == ""


async def test_shift_and_enter_start_a_new_line(page: Page, running: Running) -> None:
    await page.focus("#text")
    await page.keyboard.type("one")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("walk")
    await page.keyboard.press("Enter")
    await expect(page.locator(LOG)).to_contain_text("Being active")
    assert running.service.arrivals[-1].event == Said("one\nwalk")


async def test_the_newest_answer_is_in_sight(page: Page) -> None:
    for text in ("walk", "session", "walk", "I have chest pain"):
        await ask(page, text)
    await expect(page.locator(".emergency h2")).to_be_in_viewport()
    await expect(page.locator(".theirs").last).to_be_in_viewport()


async def test_an_empty_box_is_said_in_words(page: Page, running: Running) -> None:
    await page.click("text=Send")
    await expect(page.locator("#mistake")).to_be_visible()
    assert await page.get_attribute("#text", "aria-describedby") == "mistake hint"
    assert len(running.service.arrivals) == 1
    await ask(page, "walk")
    await expect(page.locator("#mistake")).to_be_hidden()


async def test_html_that_a_person_writes_stays_words(page: Page) -> None:
    await ask(page, "<img src=x onerror=document.title='broken'> html")
    await expect(page.locator(".theirs")).to_contain_text("<img src=x")
    assert await page.title() == "Prehab Navigator"
    assert await page.locator("#log img, #log script").count() == 0


async def test_a_lost_connection_keeps_the_words_and_the_second_try_is_answered_once(
    page: Page, context: BrowserContext, running: Running
) -> None:
    await context.set_offline(True)
    await page.fill("#text", "is walking good")
    await page.press("#text", "Enter")
    await expect(page.locator(LOG)).to_contain_text("We could not reach the navigator.")
    assert await page.input_value("#text") == "is walking good"
    await context.set_offline(False)
    await page.press("#text", "Enter")
    await expect(page.locator(LOG)).to_contain_text("Being active")
    assert len(running.service.arrivals) == 2


async def test_an_answer_lost_on_its_way_back_is_given_again_and_decided_once(
    page: Page, running: Running
) -> None:
    async def swallow(route):  # type: ignore[no-untyped-def]
        await route.fetch()
        await route.abort()

    await page.route("**/chat", swallow, times=1)
    await page.fill("#text", "is walking good")
    await page.press("#text", "Enter")
    await expect(page.locator(LOG)).to_contain_text("We could not reach the navigator.")
    await page.press("#text", "Enter")
    await expect(page.locator(LOG)).to_contain_text("Being active")
    assert len(running.service.arrivals) == 2


async def test_a_reload_shows_our_answers_and_not_the_persons_words(page: Page) -> None:
    await ask(page, "walk with my secret illness")
    await page.reload()
    await expect(page.locator(LOG)).to_contain_text("Being active")
    assert "secret illness" not in await page.content()


async def test_my_location_is_one_tap_and_only_about_a_kilometre(
    page: Page, context: BrowserContext, running: Running
) -> None:
    await context.grant_permissions(["geolocation"])
    await context.set_geolocation({"latitude": 55.95322, "longitude": -3.18827})
    await ask(page, "near")
    await page.get_by_role("button", name="Use my location").click()
    await expect(page.locator(LOG)).to_contain_text("I shared where I am.")
    await expect(page.locator(LOG)).to_contain_text("What kind of session")
    assert running.service.arrivals[-1].event == Located(55.95, -3.19)


async def test_without_the_persons_leave_there_is_another_way(page: Page) -> None:
    await ask(page, "near")
    await page.get_by_role("button", name="Use my location").click()
    await expect(page.locator(LOG)).to_contain_text("You can write a town or a postcode instead.")


async def test_a_conversation_without_scripts(chrome: Browser, running: Running) -> None:
    context = await chrome.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(running.url)
    await page.click("text=Find a session near me")
    await expect(page.locator(".theirs")).to_have_text("You: Find a session near me")
    await page.click("text=Yoga")
    await expect(page.locator("#latest")).to_contain_text("Where are you?")
    await expect(page.locator("#latest")).to_be_in_viewport()
    assert await page.get_by_role("button", name="Use my location").count() == 0
    await page.fill("#text", "I have chest pain")
    await page.click("text=Send")
    await expect(page.locator("#latest .emergency h2")).to_contain_text("EMERGENCY: Call 999")
    await page.click("text=Clear this chat")
    assert "EMERGENCY" not in await page.content()
    await context.close()


async def test_nothing_is_asked_of_any_other_site_and_the_console_is_silent(
    context: BrowserContext, running: Running
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    page = await context.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text))
    await page.goto(running.url)
    for text in ("walk", "I have chest pain", "html", "near"):
        await ask(page, text)
    await page.goto(f"{running.url}/about")
    assert [url for url in asked if not url.startswith(running.url)] == []
    assert complaints == []


async def test_leaving_shows_a_neutral_page_and_forgets_the_chat(
    page: Page, context: BrowserContext, running: Running
) -> None:
    await context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather"))
    await ask(page, "walk")
    await page.click("#exit")
    await page.wait_for_url("https://www.bbc.co.uk/weather")
    assert await forgotten(context, running.url)
    await page.goto(running.url)
    assert "Being active" not in await page.content()


async def test_the_escape_key_pressed_three_times_leaves(page: Page, context: BrowserContext) -> None:
    await context.route("https://www.bbc.co.uk/**", lambda route: route.fulfill(body="weather"))
    for _ in range(3):
        await page.keyboard.press("Escape")
    await page.wait_for_url("https://www.bbc.co.uk/weather")


async def test_at_400_percent_and_320_pixels_nothing_runs_off_the_side(page: Page, running: Running) -> None:
    await page.set_viewport_size({"width": 320, "height": 256})
    for text in ("walk", "session", "I have chest pain", "w" * 300, "arabic"):
        await ask(page, text)
        assert await page.evaluate("document.documentElement.scrollWidth") == 320
    for path in ("/", "/about", "/missing"):
        await page.goto(running.url + path)
        assert await page.evaluate("document.documentElement.scrollWidth") == 320


async def test_text_twice_as_large_still_fits(page: Page) -> None:
    await page.evaluate("document.documentElement.style.fontSize = '200%'")
    await ask(page, "walk")
    assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_every_button_is_large_enough_for_a_finger(page: Page) -> None:
    await ask(page, "I have chest pain")
    heights = await page.eval_on_selector_all(
        ".button, .plain, .exit",
        "all => all.filter(e => !e.hidden).map(e => e.getBoundingClientRect().height)",
    )
    assert min(heights) >= 44
    small = await page.eval_on_selector_all(
        ".numbers a", "all => all.map(e => e.getBoundingClientRect().height)"
    )
    assert min(small) >= 24


async def test_what_has_the_focus_is_not_behind_something_else(page: Page) -> None:
    for text in ("walk", "session", "walk", "session"):
        await ask(page, text)
    for _ in range(14):
        await page.keyboard.press("Shift+Tab")
        seen = await page.evaluate(
            "() => { const e = document.activeElement, r = e.getClientRects()[0];"
            " const top = document.elementFromPoint(r.x + r.width / 2, r.y + r.height / 2);"
            " return e === top || e.contains(top); }"
        )
        assert seen, await focused(page)


async def test_every_message_of_ours_stands_in_a_box_and_none_looks_like_a_link(page: Page) -> None:
    await ask(page, "walk")
    looks = await page.eval_on_selector_all(
        ".message.ours",
        "all => all.map(one => [getComputedStyle(one).textDecorationLine,"
        " getComputedStyle(one).borderTopWidth !== '0px'])",
    )
    assert looks == [["none", True]] * len(looks)
    assert len(looks) >= 2


async def test_a_page_is_copied_as_text_with_its_lines(page: Page, context: BrowserContext) -> None:
    await context.grant_permissions(["clipboard-read", "clipboard-write"])
    await ask(page, "make a list")
    await page.click("[data-copy]")
    await expect(page.locator("[data-copied]")).to_have_text("Copied.")
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert copied.split("\n")[0] == "My list"
    assert "Sleep <b>" in copied and "Take it along." in copied
    assert "Copy" not in copied and "Print it" not in copied


async def test_a_page_to_print_leaves_buttons_and_the_bar_off_the_paper(page: Page, running: Running) -> None:
    running.service.id = "planner"
    await page.goto(f"{running.url}/print")
    await expect(page.locator("#print")).to_be_visible()
    await page.emulate_media(media="print")
    await expect(page.locator("h1")).to_have_text("My list")
    await expect(page.locator("header")).to_be_hidden()
    await expect(page.locator("#print")).to_be_hidden()
