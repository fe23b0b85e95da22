/** Under a field: a verdict's correction, or an offer where nothing is known; taken by a press, or by Alt+Enter. */
import { find, on } from "./elements";

function take(button: HTMLElement): void {
  const place = button.closest(".verified");
  const inputs = place?.querySelectorAll<HTMLInputElement>(`[name="${button.dataset["name"] ?? ""}"]`);
  const input = inputs?.[Number(button.dataset["place"] ?? 0)];
  if (!input) return;
  const other = swap(button, input.form);
  input.value = button.dataset["correct"] ?? "";
  input.focus();
  for (const changed of [input, other]) changed?.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Two names that change places: what was typed here goes into the other field. */
function swap(button: HTMLElement, form: HTMLFormElement | null): HTMLInputElement | null {
  const name = button.dataset["other"];
  const other = name ? form?.querySelector<HTMLInputElement>(`[name="${name}"]`) : null;
  if (other) other.value = button.dataset["typed"] ?? "";
  return other ?? null;
}

on("click", "[data-correct]", (button) => {
  take(button as HTMLElement);
});

on("keydown", ".verified", (place, event) => {
  if (event.key !== "Enter" || !event.altKey) return;
  const button = find<HTMLElement>("[data-correct]", place);
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  take(button);
});

on("keydown", ".field, .fact", (place, event) => {
  if (event.key !== "Enter" || !event.altKey) return;
  const button = find<HTMLElement>("[data-offer]", place);
  if (!button) return;
  event.preventDefault();
  event.stopPropagation();
  button.click();
});
