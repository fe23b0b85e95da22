/** Editing a cell of a list: a double click, or with the arrows to the cell and Enter. Saving and giving up as in facts.ts. */
import { find, findAll, on } from "./elements";
import { htmx } from "./hypermedia";

function addressOf(cell: HTMLElement): string | null {
  const row = cell.closest<HTMLElement>("[data-row]");
  const list = cell.closest<HTMLElement>("[data-cells]");
  return row && list ? `${list.dataset["cells"]}${row.id.replace("row-", "")}/cell/${cell.dataset["cell"]}/` : null;
}

function edit(cell: HTMLElement): void {
  const address = addressOf(cell);
  if (!address || find("form", cell)) return;
  leftCell = cell;
  void htmx.ajax("GET", address, { source: cell, target: cell, swap: "innerHTML" });
}

on("dblclick", "td[data-cell]", (element, event) => {
  if ((event.target as Element).closest("a, button, input, select, textarea")) return;
  event.preventDefault();
  edit(element as HTMLElement);
});

on("keydown", "[data-cells] [data-row]", (element, event) => {
  const row = element as HTMLElement;
  const target = event.target as HTMLElement;
  if (target !== row && !target.matches("td[data-cell]")) return;
  if (target !== row && (event.key === "Enter" || event.key === "F2")) {
    event.preventDefault();
    event.stopPropagation();
    edit(target);
  } else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
    event.preventDefault();
    step(row, target, event.key === "ArrowRight" ? 1 : -1);
  } else if (event.key === "Escape" && target !== row) {
    event.stopPropagation();
    row.focus();
  }
});

function step(row: HTMLElement, from: HTMLElement, by: 1 | -1): void {
  const cells = findAll("td[data-cell]", row);
  const next = cells[from === row ? (by === 1 ? 0 : cells.length - 1) : cells.indexOf(from) + by];
  if (!next) return;
  next.tabIndex = -1;
  next.focus();
}

// The focus comes back to the cell after saving or giving up.
let leftCell: HTMLElement | null = null;

document.addEventListener("htmx:after:swap", () => {
  if (!leftCell?.isConnected || find("form", leftCell)) return;
  leftCell.tabIndex = -1;
  leftCell.focus({ preventScroll: true });
  leftCell = null;
});
