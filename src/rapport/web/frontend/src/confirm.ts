/** One native dialog asks before what can't be undone, for htmx elements and for plain forms. */
import { find, on } from "./elements";
import { contextOf } from "./hypermedia";

/** Asks; `label` stands on the button that says yes, instead of its usual words. */
export function ask(question: string, label?: string): Promise<boolean> {
  const dialog = find<HTMLDialogElement>("#confirm");
  if (!dialog) return Promise.resolve(window.confirm(question));
  const text = find("[data-question]", dialog);
  if (text) text.textContent = question;
  const yes = find<HTMLButtonElement>("button[value=yes]", dialog);
  if (yes) yes.textContent = label ?? yes.dataset["label"] ?? "";
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((answer) => {
    dialog.addEventListener("close", () => answer(dialog.returnValue === "yes"), { once: true });
  });
}

document.addEventListener("htmx:confirm", (event) => {
  const { issueRequest, dropRequest } = (event as CustomEvent<{ issueRequest(): void; dropRequest(): void }>).detail;
  const context = contextOf(event);
  if (!context?.confirm) return;
  event.preventDefault();
  void ask(context.confirm).then((yes) => (yes ? issueRequest() : dropRequest()));
});

on(
  "submit",
  "form[data-confirm]",
  (element, event) => {
    const form = element as HTMLFormElement;
    if (form.dataset["confirmed"] !== undefined) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = (event as SubmitEvent).submitter;
    void ask(form.dataset["confirm"] ?? "").then((yes) => {
      if (!yes) return;
      form.dataset["confirmed"] = "";
      form.requestSubmit(submitter);
      delete form.dataset["confirmed"];
    });
  },
  { capture: true },
);
