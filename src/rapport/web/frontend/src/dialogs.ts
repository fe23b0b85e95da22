/** The shared dialog: a link with data-dialog opens its page in it; without scripts the page opens by itself. */
import { find, on } from "./elements";
import { contextOf, htmx } from "./hypermedia";
import { liftAboveDialogs } from "./toasts";
import { closeUnlessFilledIn, isFilledIn } from "./typed";
import { keepIdsUnique } from "./unique-ids";

const shared = (): HTMLDialogElement | null => find<HTMLDialogElement>("#dialog");

export function openInDialog(address: string, source?: Element): void {
  const dialog = shared();
  if (!dialog) {
    location.href = address;
    return;
  }
  void htmx.ajax("GET", address, { source: source ?? dialog, target: "#dialog", swap: "innerHTML" });
}

/** Where the focus was before the menu opened from which the dialog came: the menu is gone when the dialog closes. */
let beforeMenu: Element | null = null;
let returnTo: Element | null = null;

document.addEventListener(
  "beforetoggle",
  (event) => {
    const isMenu = event.target instanceof Element && event.target.matches(".menu");
    if (isMenu && (event as ToggleEvent).newState === "open") beforeMenu = document.activeElement;
  },
  { capture: true },
);

on("click", "a[data-dialog]", (element, event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  returnTo = element.closest(".menu") ? beforeMenu : null;
  openInDialog((element as HTMLAnchorElement).href);
});

// Whatever is swapped into the shared dialog is shown; an empty answer closes it.
document.addEventListener("htmx:after:swap", () => {
  const dialog = shared();
  if (!dialog) return;
  const filled = dialog.childElementCount > 0;
  keepIdsUnique(dialog, "in-dialog");
  if (filled && !dialog.open) {
    dialog.showModal();
    liftAboveDialogs();
  }
  if (!filled && dialog.open) dialog.close("done");
});

// The server says it's over: HX-Trigger: dialog:close
document.addEventListener("dialog:close", () => shared()?.close("done"));

on("click", "[data-open-dialog]", (button) => {
  find<HTMLDialogElement>(`#${button.dataset["openDialog"]}`)?.showModal();
});

on("click", "[data-close-dialog]", (button, event) => {
  const dialog = button.closest("dialog");
  if (!dialog) return;
  event.preventDefault();
  // "Cancel" says what it does; the cross may be hit by mistake.
  if (button.closest("form")) dialog.close();
  else closeUnlessFilledIn(dialog);
});

// Escape, which browsers tell of as "cancel".
document.addEventListener(
  "cancel",
  (event) => {
    if (!(event.target instanceof HTMLDialogElement) || !isFilledIn(event.target)) return;
    event.preventDefault();
    closeUnlessFilledIn(event.target);
  },
  { capture: true },
);

// A click on the backdrop closes, unless something was typed or chosen.
document.addEventListener("pointerdown", (event) => {
  const dialog = event.target;
  if (!(dialog instanceof HTMLDialogElement) || isInside(dialog, event) || isFilledIn(dialog)) return;
  dialog.close();
});

function isInside(dialog: HTMLDialogElement, event: PointerEvent): boolean {
  const box = dialog.getBoundingClientRect();
  return event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
}

document.addEventListener(
  "close",
  (event) => {
    if (event.target !== shared()) return;
    shared()?.replaceChildren();
    if (returnTo instanceof HTMLElement && document.activeElement === document.body) returnTo.focus();
    returnTo = null;
  },
  { capture: true },
);

// Content meant for the dialog that never arrived must not leave an empty one open.
document.addEventListener("htmx:response:error", (event) => {
  const dialog = shared();
  if (contextOf(event)?.target === dialog && dialog && dialog.childElementCount === 0) dialog.close();
});
