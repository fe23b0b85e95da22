/** A form in the dialog may have the same fields as the page below it; labels must still find their own. */
import { findAll } from "./elements";

const REFERRING = ["for", "form", "list", "popovertarget", "aria-controls", "aria-describedby", "aria-labelledby", "aria-errormessage"];

export function keepIdsUnique(part: HTMLElement, prefix: string): void {
  const renamed = new Map<string, string>();
  for (const element of findAll("[id]", part)) {
    if (document.querySelectorAll(`[id="${CSS.escape(element.id)}"]`).length < 2) continue;
    renamed.set(element.id, `${prefix}-${element.id}`);
    element.id = `${prefix}-${element.id}`;
  }
  if (!renamed.size) return;
  for (const name of REFERRING) {
    for (const element of findAll(`[${name}]`, part)) {
      const ids = (element.getAttribute(name) ?? "").split(" ");
      element.setAttribute(name, ids.map((id) => renamed.get(id) ?? id).join(" "));
    }
  }
}
