/** Proposals and suggestions by key: a accepts, r rejects, z puts off, a digit estimates; and how long one was on the screen, and whether a source was opened. */
import { find, findAll, on } from "./elements";
import { registerAction } from "./keys";

const shownSince = new WeakMap<Element, number>();
const opened = new WeakSet<Element>();
let lastDecision = 0;

const watcher = new IntersectionObserver((entries) => {
  for (const entry of entries) {
    if (entry.isIntersecting && !shownSince.has(entry.target)) shownSince.set(entry.target, performance.now());
  }
});

function watch(): void {
  for (const card of findAll("[data-proposal]")) watcher.observe(card);
}

watch();
document.addEventListener("htmx:after:swap", watch);

function current(): HTMLElement | null {
  return find("[data-proposal][data-current]") ?? document.activeElement?.closest<HTMLElement>("[data-proposal]") ?? null;
}

function decide(selector: string): boolean {
  const card = current();
  const button = card && find(selector, card);
  if (!card || !button) return false;
  const following = findAll("[data-proposal]").find((other) => card.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING);
  button.click();
  if (following) {
    following.dataset["current"] = "";
    following.focus({ preventScroll: true });
    following.scrollIntoView({ block: "nearest" });
  }
  return true;
}

/** A refusal that asks for a reason is opened there; asked again, or Enter among the reasons, refuses. */
function reject(): boolean {
  const form = find("[data-reject]", current() ?? undefined)?.closest("form");
  const folded = form?.closest<HTMLDetailsElement>("details:not([open])");
  if (!current() || !form || !folded) return decide("[data-reject]");
  folded.open = true;
  find("select", form)?.focus();
  return true;
}

on("keydown", "[data-proposal] details select", (select, event) => {
  if (event.key !== "Enter") return;
  event.preventDefault();
  (select as HTMLSelectElement).form?.requestSubmit();
});

registerAction("accept", () => decide("[data-accept]"));
registerAction("reject", reject);
registerAction("put-off", () => decide("[data-put-off]"));
registerAction("estimate", (event) => decide(`[data-estimate="${CSS.escape(event.key)}"]`));

on("click", "[data-source]", (link) => {
  const card = link.closest("[data-proposal]");
  if (card) opened.add(card);
});

// What is decided after another counts from then on: the page was the same.
on("click", "[data-decides] button", (button) => {
  const card = button.closest("[data-proposal]");
  const form = button.closest("form");
  if (!card || !form) return;
  const since = Math.max(shownSince.get(card) ?? 0, lastDecision);
  lastDecision = performance.now();
  setField(form, "seconds", ((lastDecision - since) / 1000).toFixed(2));
  setField(form, "sources", opened.has(card) ? "1" : "");
});

function setField(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = value;
}
