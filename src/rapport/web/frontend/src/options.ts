/** The list of options under a field: arrows go round it, and the field names the option that Enter takes. */
import { findAll } from "./elements";

/** The options, with ids of their own, as the server's have none. */
export function optionsOf(list: Element | null, prefix: string): HTMLElement[] {
  const options = list ? findAll("[role=option]", list) : [];
  options.forEach((option, index) => (option.id = `${prefix}-option-${index}`));
  return options;
}

export function chosenOf(options: HTMLElement[]): number {
  return options.findIndex((option) => option.getAttribute("aria-selected") === "true");
}

/** True when the key was one of the arrows that move the choice. */
export function move(field: HTMLElement, options: HTMLElement[], event: KeyboardEvent): boolean {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return false;
  event.preventDefault();
  const next = chosenOf(options) + (event.key === "ArrowDown" ? 1 : -1);
  choose(field, options, (next + options.length) % options.length);
  return true;
}

export function choose(field: HTMLElement, options: HTMLElement[], index: number): void {
  options.forEach((option, place) => option.setAttribute("aria-selected", String(place === index)));
  const chosen = options[index];
  chosen?.scrollIntoView({ block: "nearest" });
  if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
  else field.removeAttribute("aria-activedescendant");
}
