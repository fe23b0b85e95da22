/** Menus are native popovers; this adds the arrow keys, and places them where CSS can't yet. */
import { findAll, on } from "./elements";

const ITEMS = ".menu-item:not([disabled])";

on("keydown", ".menu", (menu, event) => {
  const items = findAll(ITEMS, menu);
  const index = items.indexOf(document.activeElement as HTMLElement);
  const next = targetOf(event.key, index, items.length);
  if (next === undefined) return;
  event.preventDefault();
  items[next]?.focus();
});

function targetOf(key: string, index: number, count: number): number | undefined {
  if (key === "ArrowDown") return (index + 1) % count;
  if (key === "ArrowUp") return (index - 1 + count) % count;
  if (key === "Home") return 0;
  if (key === "End") return count - 1;
  return undefined;
}

// Arrow down on the button of a menu opens it.
on("keydown", "button[popovertarget]", (element, event) => {
  if (event.key !== "ArrowDown") return;
  event.preventDefault();
  pressByKey(element as HTMLButtonElement);
});

/** Press something; of a menu that opens, the first item has the focus before another key can come. */
export function pressByKey(element: HTMLElement): void {
  element.click();
  const menu = element instanceof HTMLButtonElement ? element.popoverTargetElement : null;
  if (menu?.matches(".menu:popover-open")) focusFirst(menu);
}

function focusFirst(menu: Element): void {
  findAll(ITEMS, menu)[0]?.focus({ preventScroll: true });
}

document.addEventListener(
  "toggle",
  (event) => {
    const menu = event.target;
    if (!(menu instanceof HTMLElement) || !menu.matches(".menu")) return;
    const button = document.querySelector<HTMLElement>(`[popovertarget="${menu.id}"]`);
    const opens = (event as ToggleEvent).newState === "open";
    button?.setAttribute("aria-expanded", String(opens));
    if (!opens) return;
    if (button && !CSS.supports("position-area: block-end")) place(menu, button);
    if (!menu.contains(document.activeElement)) focusFirst(menu);
  },
  { capture: true },
);

function place(menu: HTMLElement, button: HTMLElement): void {
  const anchor = button.getBoundingClientRect();
  const left = menu.classList.contains("menu-end") ? anchor.right - menu.offsetWidth : anchor.left;
  const below = anchor.bottom + menu.offsetHeight < window.innerHeight;
  menu.style.left = `${Math.max(8, Math.min(left, window.innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${below ? anchor.bottom : Math.max(8, anchor.top - menu.offsetHeight - 8)}px`;
}
