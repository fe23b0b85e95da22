/** Theme, density and the width of the navigation: changed at once, and kept by the server in a cookie. */
import { findAll, on, whenPresent } from "./elements";
import { csrfToken } from "./hypermedia";

on("submit", "form[data-preference]", (element, event) => {
  const form = element as HTMLFormElement;
  const submitter = (event as SubmitEvent).submitter;
  if (!(submitter instanceof HTMLButtonElement)) return;
  event.preventDefault();
  document.documentElement.setAttribute(`data-${submitter.name}`, submitter.value);
  for (const button of findAll<HTMLButtonElement>(`button[name="${submitter.name}"]`)) {
    button.setAttribute("aria-pressed", String(button.value === submitter.value));
  }
  const body = new URLSearchParams({ [submitter.name]: submitter.value });
  void fetch(form.action, { method: "POST", body, headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true" } });
});

whenPresent("input[data-time-zone]", (field) => {
  (field as HTMLInputElement).value = Intl.DateTimeFormat().resolvedOptions().timeZone;
});
