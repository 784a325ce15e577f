"""The site as a reader uses it: mouse, keyboard, phone, print, without script, and with a checker of accessibility."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

PAGES = [
    "index.html",
    "ledger.html",
    "results.html",
    "doubts.html",
    "notebooks/20_cadre_share.html",
    "figures/cadre_share_bounds.html",
    "tables/cadre_share_table.html",
    "estimates/20_cadre_share.html",
    "sources/snfocos_cpnefp_2018.html",
    "codebook.html",
    "design.html",
    "fr/index.html",
    "fr/ledger.html",
]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_serious_fault(page: Page, site, name, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(f"file://{site}/{name}")
    found = Axe().run(page).response["violations"]
    serious = {
        fault["id"]: [node["html"][:200] for node in fault["nodes"][:3]]
        for fault in found
        if fault["impact"] in ("serious", "critical")
    }
    assert serious == {}


def test_the_front_page_leads_to_the_ledger(page: Page, site, evidence):
    page.goto(f"file://{site}/index.html")
    expect(page.locator("h1")).to_contain_text("What the published figures allow")
    assert page.locator("a.chip").count() == len([row for row in evidence.ledger.values() if row["status"] == "computed"])
    assert page.locator(".finding-block").count() == 4
    page.locator("a.chip").first.click()
    expect(page.locator(".row-body:visible .finding")).to_be_visible()


def test_a_number_leads_to_its_source_and_back(page: Page, site):
    page.goto(f"file://{site}/ledger.html#T1-03")
    body = page.locator("[id='T1-03']")
    expect(body).to_be_visible()
    number = body.locator(".finding a.number").nth(2)
    written = number.inner_text()
    number.click()
    row = page.locator("tr:target")
    expect(row).to_be_visible()
    assert "estimates/20_cadre_share.html" in page.url
    assert written
    row.locator("a[href*='sources/']").first.click()
    assert "/sources/" in page.url
    expect(page.locator("tr:target")).to_be_visible()
    page.locator("tr:target a[href*='ledger.html#T1-03']").click()
    expect(page.locator("[id='T1-03']")).to_be_visible()


@pytest.fixture
def without_script(browser: Browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", ["page", "without_script"])
def test_filters_show_the_rows_of_a_verdict_and_of_a_topic(kind, site, evidence, request):
    page = request.getfixturevalue(kind)
    page.goto(f"file://{site}/ledger.html")
    rows = page.locator("ol.ledger > li")
    assert rows.count() == len(evidence.claims)
    for verdict in {row["verdict"] for row in evidence.ledger.values()} - {""}:
        page.locator(f"#verdict-{verdict}").check()
        shown = [row for row in rows.all() if row.is_visible()]
        assert sorted(row.get_attribute("data-claim") for row in shown) == sorted(
            claim for claim, row in evidence.ledger.items() if row["verdict"] == verdict
        )
    page.locator("#verdict-all").check()
    page.locator("#topic").select_option("20_cadre_share")
    shown = {row.get_attribute("data-claim") for row in rows.all() if row.is_visible()}
    assert shown == {
        key for key, claim in evidence.claims.items() if claim.decide and claim.decide.estimates == "20_cadre_share"
    }


def test_without_script_a_row_opens_and_three_orders_are_there(without_script: Page, site, evidence):
    page = without_script
    page.goto(f"file://{site}/ledger.html")
    assert not page.locator("#ledger-search").is_visible()
    page.locator("summary[data-trace='T1-02']").click()
    expect(page.locator("[id='T1-02']")).to_be_visible()
    orders = {}
    for name in ("ledger", "ledger-by-verdict", "ledger-by-grade"):
        page.goto(f"file://{site}/{name}.html")
        orders[name] = [row.get_attribute("data-claim") for row in page.locator("ol.ledger > li").all()]
    assert orders["ledger"] == list(evidence.claims)
    assert sorted(orders["ledger-by-verdict"]) == sorted(orders["ledger-by-grade"]) == sorted(orders["ledger"])
    assert len({tuple(order) for order in orders.values()}) == 3


def test_search_and_free_sorting(page: Page, site, evidence):
    page.goto(f"file://{site}/ledger.html")
    rows = page.locator("ol.ledger > li")
    page.locator("#ledger-search").fill("22 473 cadres securite")
    shown = [row.get_attribute("data-claim") for row in rows.all() if row.is_visible()]
    assert shown
    assert "T1-01" in shown
    assert len(shown) < len(evidence.claims)
    page.locator("#ledger-search").fill("")
    page.locator("#ledger-sort").select_option("figures")
    counts = [int(row.get_attribute("data-figures")) for row in rows.all()]
    assert counts == sorted(counts, reverse=True)


def test_with_the_keyboard_alone(page: Page, site):
    page.goto(f"file://{site}/ledger.html")
    page.locator("summary[data-trace='T1-01']").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[id='T1-01']")).to_be_visible()
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.finding a.number[href^=estimates]')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/estimates/**")


def test_on_a_phone_nothing_sticks_out(page: Page, site):
    page.set_viewport_size({"width": 375, "height": 700})
    for name in PAGES:
        page.goto(f"file://{site}/{name}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 375, name
    page.goto(f"file://{site}/ledger.html#T1-03")
    expect(page.locator("[id='T1-03']")).to_be_visible()


def test_print_shows_every_row_open_and_no_menus(page: Page, site, evidence):
    page.goto(f"file://{site}/ledger.html")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert all(body.is_visible() for body in page.locator(".row-body").all())
    assert not page.locator(".sidebar-drawer").is_visible()
    assert not page.locator(".filters").is_visible()


def test_a_verdict_is_told_by_word_and_shape(page: Page, site, evidence):
    page.goto(f"file://{site}/ledger.html")
    badges = page.locator("summary .verdict")
    said = {badge.inner_text() for badge in badges.all()}
    shapes = {text.split()[0] for text in said}
    assert len(shapes) == len(said)
    assert all(len(text.split()) > 1 for text in said)


@pytest.mark.parametrize(
    "name", ["index.html", "ledger.html", "sources/snfocos_cpnefp_2018.html", "tables/cadre_share_table.html"]
)
def test_every_page_leads_to_itself_in_the_other_language(page: Page, site, name):
    page.goto(f"file://{site}/{name}")
    page.locator(".language a").click()
    page.wait_for_url(f"**/fr/{name}")
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.locator(".language a").click()
    page.wait_for_url(f"file://{site}/{name}")
    assert page.evaluate("document.documentElement.lang") == "en"


def test_an_english_page_says_that_it_has_no_french(page: Page, site):
    page.goto(f"file://{site}/notebooks/20_cadre_share.html")
    expect(page.locator(".language a")).to_contain_text("en anglais seulement")
    page.locator(".language a").click()
    page.wait_for_url("**/fr/index.html")
