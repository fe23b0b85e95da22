"""What axe finds wrong with a page, in both themes."""

from dataclasses import dataclass
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

ONLY_IN_ONE_THEME = ["color-contrast", "link-in-text-block"]
RUN = "options => axe.run(document, {resultTypes: ['violations'], ...options}).then(found => found.violations)"
SET_THEME = "theme => { document.documentElement.dataset.theme = theme }"
SHAPE = """() => {
  const found = new Set(), taken = new Set()
  const once = (kind, value) => {
    if (value && taken.size === taken.add(kind + value).size) found.add("twice: " + kind)
  }
  const walk = (element, above) => {
    const attributes = element.getAttributeNames().map(name =>
      ["class", "role", "type", "aria-hidden"].includes(name) ? `${name}=${element.getAttribute(name)}` :
      element.getAttribute(name) ? name : `${name}=`).sort().join(" ")
    const path = `${above}/${element.localName} ${attributes}${element.textContent.trim() ? "" : " empty"}`
    found.add(path)
    once("id", element.id)
    if (["SECTION", "NAV", "ASIDE", "FORM"].includes(element.tagName)) once("label", element.ariaLabel)
    for (const child of element.children) walk(child, path)
  }
  walk(document.body, "")
  found.add("headings: " + [...document.querySelectorAll("h1, h2, h3, h4")].map(one => one.localName).join())
  return [...found]
}"""


@dataclass(frozen=True)
class Violation:
    """One broken rule: on which page and in which theme, at which element, and why."""

    address: str
    theme: str
    rule: str
    element: str
    reason: str

    def __str__(self) -> str:
        return f"{self.address} ({self.theme}) {self.rule}: {self.element}\n    {self.reason}"


class Inspector:
    """Runs axe on pages; one on which nothing is new (all its elements were seen, nested the same way) is passed by."""

    def __init__(self, context: BrowserContext) -> None:
        self._shapes: set[str] = set()
        context.add_init_script(Axe().axe_script)

    def look_at(self, page: Page) -> list[Violation]:
        """Every rule in the light theme, those about colours in the dark one too: nothing else differs."""
        shape = set(page.evaluate(SHAPE))
        if shape <= self._shapes:
            return []
        self._shapes |= shape
        return [*_found(page, "light", {}), *_found(page, "dark", {"runOnly": ONLY_IN_ONE_THEME})]


def _found(page: Page, theme: str, options: dict[str, Any]) -> list[Violation]:
    page.evaluate(SET_THEME, theme)
    address = page.evaluate("location.pathname")
    return [
        Violation(address, theme, rule["id"], " ".join(map(str, node["target"])), _reason(node))
        for rule in page.evaluate(RUN, options)
        for node in rule["nodes"]
    ]


def _reason(node: dict[str, Any]) -> str:
    return "; ".join(check["message"] for kind in ("any", "all", "none") for check in node[kind])
