/** Ctrl/Cmd K: the field asks the server while typing, arrows choose, Enter goes. */
import { find, on, whenPresent } from "./elements";
import { htmx } from "./hypermedia";
import { registerAction } from "./keys";
import { choose, chosenOf, move, optionsOf } from "./options";
import { recentPages, rememberPage } from "./recent";

const dialog = (): HTMLDialogElement | null => find<HTMLDialogElement>("#palette");
const field = (): HTMLInputElement | null => find<HTMLInputElement>("#palette-field");

export function openPalette(): boolean {
  const palette = dialog();
  const input = field();
  if (!palette || !input) return false;
  if (palette.open) {
    palette.close();
    return true;
  }
  palette.showModal();
  input.select();
  input.focus();
  htmx.trigger(input, "palette:open");
  return true;
}

registerAction("palette", openPalette);

on("click", "[data-palette]", (_, event) => {
  if (openPalette()) event.preventDefault();
});

// Typing in the field at the top is typing in the palette.
on("focusin", "input[data-palette-field]", (element) => {
  (element as HTMLInputElement).blur();
  openPalette();
});

// Who types and presses Enter at once means what they typed, not what the last answer was about.
let goesWhenAnswered = false;

const isAnswered = (): boolean =>
  find("#palette-results [data-answers]")?.dataset["answers"] === field()?.value.trim();

on("input", "#palette-field", () => (goesWhenAnswered = false));

on("keydown", "#palette-field", (input, event) => {
  const options = optionsOf(find("#palette-results"), "palette");
  if (move(input, options, event) || event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  if (isAnswered()) (options[chosenOf(options)] ?? options[0])?.click();
  else goesWhenAnswered = true;
});

document.addEventListener("htmx:after:swap", () => {
  const results = find("#palette-results");
  const input = field();
  if (!results || !input || !dialog()?.open) return;
  if (!input.value) prependRecent(results);
  const options = optionsOf(results, "palette");
  choose(input, options, 0);
  if (goesWhenAnswered && isAnswered()) {
    goesWhenAnswered = false;
    options[0]?.click();
  }
});

on("click", "#palette-results [role=option]", () => dialog()?.close());

function prependRecent(results: HTMLElement): void {
  const template = find<HTMLTemplateElement>("#palette-recent");
  const pages = recentPages();
  const group = template?.content.firstElementChild?.cloneNode(true);
  if (!pages.length || !(group instanceof HTMLElement) || find("[data-recent-group]", results)) return;
  const sample = find<HTMLAnchorElement>("a", group);
  for (const page of pages) {
    const link = sample?.cloneNode(true);
    if (!(link instanceof HTMLAnchorElement)) continue;
    link.href = page.href;
    const title = find("span", link);
    if (title) title.textContent = page.title;
    group.append(link);
  }
  sample?.remove();
  results.prepend(group);
}

whenPresent("[data-recent]", (page) => rememberPage(page.dataset["recent"] ?? "", location.pathname));
