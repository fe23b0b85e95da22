/** Short answers at the foot of the window. The server writes most of them; these show, time and remove them. */
import { find, findAll, on, whenPresent } from "./elements";
import { announce } from "./words";

const READING_TIME = 7000;

type Tone = "plain" | "bad";

/** A toast made here, for what the server can't tell: it wasn't reached, or it failed. */
export function showToast(text: string, tone: Tone = "plain"): void {
  const template = find<HTMLTemplateElement>("#toast-template");
  const region = find("#toasts");
  const toast = template?.content.firstElementChild?.cloneNode(true);
  if (!region || !(toast instanceof HTMLElement)) return;
  if (findAll(".toast p", region).some((told) => told.textContent === text)) return;
  const sentence = find("p", toast);
  if (sentence) sentence.textContent = text;
  if (tone === "bad") toast.classList.add("toast-bad");
  region.append(toast);
  liftAboveDialogs();
  announce(text);
  startLeaving(toast);
}

function startLeaving(toast: HTMLElement): void {
  let timer = window.setTimeout(() => dismiss(toast), waitFor(toast));
  // Nobody loses Undo while the pointer or the focus is on it.
  const hold = (): void => window.clearTimeout(timer);
  const release = (): void => {
    timer = window.setTimeout(() => dismiss(toast), READING_TIME / 2);
  };
  toast.addEventListener("pointerenter", hold);
  toast.addEventListener("focusin", hold);
  toast.addEventListener("pointerleave", release);
  toast.addEventListener("focusout", release);
}

function waitFor(toast: HTMLElement): number {
  if (toast.classList.contains("toast-bad")) return READING_TIME * 2;
  return find("form", toast) ? READING_TIME * 1.5 : READING_TIME;
}

function dismiss(toast: HTMLElement): void {
  toast.classList.add("leaving");
  window.setTimeout(() => toast.remove(), 220);
}

on("click", "[data-dismiss-toast]", (button) => {
  const toast = button.closest<HTMLElement>(".toast");
  if (toast) dismiss(toast);
});

whenPresent("#toasts .toast", (toast) => {
  liftAboveDialogs();
  announce(find("p", toast)?.textContent ?? "");
  startLeaving(toast);
});

/** A modal dialog covers everything else, so while one is open the region is shown on top of it. */
export function liftAboveDialogs(): void {
  const region = find("#toasts");
  if (!region?.showPopover) return;
  if (!find("dialog[open]") || !find(".toast", region)) {
    region.removeAttribute("popover");
    return;
  }
  region.popover = "manual";
  if (region.matches(":popover-open")) region.hidePopover();
  region.showPopover();
}

document.addEventListener("close", liftAboveDialogs, { capture: true });
