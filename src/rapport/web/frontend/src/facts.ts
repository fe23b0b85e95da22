/** Editing a fact in place: Enter saves, Escape gives up, leaving the field saves what changed. */
import { find, hasChanged, on } from "./elements";
import { contextOf } from "./hypermedia";

on("keydown", ".fact-form", (form, event) => {
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    find("[data-cancel]", form)?.click();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    (form as HTMLFormElement).requestSubmit();
  }
});

on("focusout", ".fact-form", (element, event) => {
  const form = element as HTMLFormElement;
  if (form.contains(event.relatedTarget as Node | null) || !event.relatedTarget || !form.isConnected) return;
  if (hasChanged(form)) form.requestSubmit();
  else find("[data-cancel]", form)?.click();
});

// The focus comes back to the value after saving or giving up.
let left: string | undefined;

document.addEventListener("htmx:before:request", (event) => {
  const fact = contextOf(event)?.sourceElement.closest(".fact-form")?.closest(".fact");
  if (fact) left = fact.id;
});

document.addEventListener("htmx:after:swap", (event) => {
  if (!left || contextOf(event)?.target?.id !== left) return;
  const fact = document.getElementById(left);
  left = undefined;
  if (!fact || (document.activeElement && document.activeElement !== document.body)) return;
  const place = find<HTMLElement>("input:not([type=hidden]), select, textarea, a.fact-value, .fact-edit", fact);
  place?.focus({ preventScroll: true });
});
