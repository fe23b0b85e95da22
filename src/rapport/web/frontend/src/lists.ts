/** j, k, Enter, x, e in anything marked data-list with rows marked data-row. */
import { find, findAll, on } from "./elements";
import { registerAction } from "./keys";

function rows(): HTMLElement[] {
  return findAll("[data-list] [data-row]").filter((row) => row.checkVisibility()); // those folded away are no place to be
}

function currentRow(): HTMLElement | null {
  return find("[data-row][data-current]") ?? document.activeElement?.closest<HTMLElement>("[data-list] [data-row]") ?? null;
}

function goTo(row: HTMLElement | undefined): boolean {
  if (!row) return false;
  currentRow()?.removeAttribute("data-current");
  row.dataset["current"] = "";
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
  return true;
}

function step(by: 1 | -1): boolean {
  const all = rows();
  const row = currentRow();
  const index = row ? all.indexOf(row) + by : by === 1 ? 0 : all.length - 1;
  return goTo(all[Math.max(0, Math.min(index, all.length - 1))]);
}

function pressIn(selector: string): boolean {
  const row = currentRow();
  const element = row && (find(selector, row) ?? (row.matches(selector) ? row : null));
  element?.click();
  return Boolean(element);
}

registerAction("next", () => step(1));
registerAction("previous", () => step(-1));
registerAction("select", () => pressIn("input[data-select]"));
registerAction("edit", () => pressIn("[data-edit]"));
registerAction("open", (event) => {
  // Enter belongs to the link or button that has the focus.
  if (event.target !== currentRow()) return false;
  return pressIn("[data-open], .cell-title, a[href]");
});

on("focusout", "[data-row][data-current]", (row, event) => {
  if (!row.contains(event.relatedTarget as Node | null)) row.removeAttribute("data-current");
});
