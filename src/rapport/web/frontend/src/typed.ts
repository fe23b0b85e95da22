/** What was typed is not lost by accident: closing a dialog that holds some of it, or leaving the page, is asked about. */
import { ask } from "./confirm";
import { findAll, hasChanged, on } from "./elements";
import { say } from "./words";

const FORM = "form.form";

/** Forms that were sent, or left by a link of their own such as "Cancel". */
const done = new WeakSet<Element>();

/** Whether something was typed or chosen in here that only the page knows. */
export function isFilledIn(part: ParentNode, forms = FORM): boolean {
  return findAll<HTMLFormElement>(forms, part).some((form) => !done.has(form) && hasChanged(form));
}

export function closeUnlessFilledIn(dialog: HTMLDialogElement): void {
  if (!isFilledIn(dialog)) dialog.close();
  else void ask(say("typed-not-saved"), say("close-unsaved")).then((yes) => yes && dialog.close());
}

document.addEventListener("submit", (event) => done.add(event.target as Element), { capture: true });
on("click", `${FORM} a[href]`, (link) => void done.add(link.closest("form") as Element));
on("input", FORM, (form) => void done.delete(form));

// A search that was not begun is no loss.
window.addEventListener("beforeunload", (event) => {
  if (isFilledIn(document, `${FORM}[method=post]`)) event.preventDefault();
});
