/** Choosing several rows: one by one, a range with Shift, or all; the bar says how many. */
import { find, findAll, on } from "./elements";
import { announce, say } from "./words";

let last: HTMLInputElement | null = null;

function boxes(): HTMLInputElement[] {
  return findAll<HTMLInputElement>("[data-list] input[data-select]");
}

on("click", "input[data-select]", (element, event) => {
  const box = element as HTMLInputElement;
  if (event.shiftKey && last) selectRange(last, box);
  last = box;
  refresh();
});

on("change", "input[data-select-all]", (element) => {
  const { checked } = element as HTMLInputElement;
  for (const box of boxes()) box.checked = checked;
  refresh();
});

on("click", "[data-clear-selection]", () => {
  for (const box of boxes()) box.checked = false;
  refresh();
});

document.addEventListener("htmx:after:swap", refresh);

function selectRange(from: HTMLInputElement, to: HTMLInputElement): void {
  const all = boxes();
  const [start, end] = [all.indexOf(from), all.indexOf(to)].sort((a, b) => a - b) as [number, number];
  for (const box of all.slice(start, end + 1)) box.checked = to.checked;
}

function refresh(): void {
  const bar = find("[data-bulk-bar]");
  const all = boxes();
  const count = all.filter((box) => box.checked).length;
  const master = find<HTMLInputElement>("input[data-select-all]");
  if (master) {
    master.checked = count > 0 && count === all.length;
    master.indeterminate = count > 0 && count < all.length;
  }
  if (!bar) return;
  const text = find("[data-bulk-count]", bar);
  const sentence = say("selected", { count });
  if (text && text.textContent !== sentence) {
    text.textContent = sentence;
    if (count) announce(sentence);
  }
  bar.toggleAttribute("data-active", count > 0);
}
