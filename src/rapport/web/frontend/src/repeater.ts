/** Rows that repeat: several e-mails, phones, addresses. Without scripts there is one empty row to fill. */
import { find, findAll, on } from "./elements";

on("click", "[data-add-row]", (button) => {
  const repeater = button.closest<HTMLElement>("[data-repeater]");
  const template = repeater && find<HTMLTemplateElement>("template", repeater);
  const row = template?.content.firstElementChild?.cloneNode(true);
  if (!repeater || !(row instanceof HTMLElement)) return;
  find("[data-rows]", repeater)?.append(row);
  find("input, select", row)?.focus();
});

on("click", "[data-remove-row]", (button) => {
  const row = button.closest<HTMLElement>("[data-repeater-row]");
  const repeater = button.closest<HTMLElement>("[data-repeater]");
  if (!row || !repeater) return;
  const others = findAll("[data-repeater-row]", repeater).filter((other) => other !== row);
  row.remove();
  (find("input", others.at(-1) ?? repeater) ?? find("[data-add-row]", repeater))?.focus();
});
