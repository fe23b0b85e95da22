/** Linking a record: type, choose from what the server finds. Without scripts the typed name is looked up on saving. */
import { find, on } from "./elements";
import { contextOf } from "./hypermedia";
import { choose, chosenOf, move, optionsOf } from "./options";

const FIELD = "input[role=combobox][data-link]";

function partsOf(field: HTMLElement): { box: HTMLElement; list: HTMLElement | null; hidden: HTMLInputElement | null } {
  const box = field.closest<HTMLElement>(".combobox") ?? field;
  return { box, list: find("[role=listbox]", box), hidden: find<HTMLInputElement>("input[type=hidden]", box) };
}

// The server is asked with ?q= whatever the field is called.
document.addEventListener("htmx:config:request", (event) => {
  const context = contextOf(event);
  if (!context?.sourceElement.matches(FIELD)) return;
  const question = new FormData();
  question.set("q", (context.sourceElement as HTMLInputElement).value);
  context.request.body = question;
});

// What is typed is no longer what was chosen.
on("input", FIELD, (field) => {
  const { hidden } = partsOf(field);
  if (hidden) hidden.value = "";
});

on("keydown", FIELD, (field, event) => {
  const { list } = partsOf(field);
  const options = optionsOf(list, field.id);
  const chosen = options[chosenOf(options)];
  if (move(field, options, event)) return;
  if (event.key === "Enter" && chosen) {
    event.preventDefault();
    take(field, chosen);
  } else if (event.key === "Escape" && options.length) {
    event.preventDefault();
    event.stopPropagation();
    close(field);
  }
});

// pointerdown comes before the field loses the focus.
on("pointerdown", ".combobox [role=option]", (option, event) => {
  const field = find(FIELD, option.closest<HTMLElement>(".combobox") ?? document);
  event.preventDefault();
  if (field) take(field, option);
});

on("focusout", FIELD, (field) => close(field));

document.addEventListener("htmx:after:swap", (event) => {
  const box = event.target instanceof Element ? event.target.closest<HTMLElement>(".combobox") : null;
  const field = box && find(FIELD, box);
  if (!field) return;
  const options = optionsOf(partsOf(field).list, field.id);
  field.setAttribute("aria-expanded", String(options.length > 0 && document.activeElement === field));
  if (document.activeElement === field) choose(field, options, 0);
  else close(field);
});

function take(field: HTMLElement, option: HTMLElement): void {
  const { hidden } = partsOf(field);
  (field as HTMLInputElement).value = option.dataset["text"] ?? option.textContent?.trim() ?? "";
  if (hidden) {
    hidden.value = option.dataset["value"] ?? "";
    hidden.dispatchEvent(new Event("change", { bubbles: true }));
  }
  close(field);
}

function close(field: HTMLElement): void {
  partsOf(field).list?.replaceChildren();
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}
