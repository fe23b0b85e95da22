/** Dropping files, and a bar that shows how far the upload is. */
import { find, findAll, on, whenPresent } from "./elements";
import { csrfToken } from "./hypermedia";
import { showToast } from "./toasts";
import { announce, say } from "./words";

whenPresent("[data-upload]", (zone) => {
  const input = find<HTMLInputElement>("input[type=file]", zone);
  if (!input) return;
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.dataset["over"] = "";
  });
  for (const type of ["dragleave", "drop"]) zone.addEventListener(type, () => delete zone.dataset["over"]);
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer?.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", () => list(zone, input));
});

function list(zone: HTMLElement, input: HTMLInputElement): void {
  const names = find("[data-files]", zone);
  const files = [...(input.files ?? [])];
  names?.replaceChildren(...files.map(describe));
  if (files.length) announce(say("files-chosen", { count: files.length }));
  if (zone.dataset["upload"] === "at-once" && files.length) input.form?.requestSubmit();
}

function describe(file: File): HTMLElement {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const size = document.createElement("span");
  name.textContent = file.name;
  size.textContent = sizeOf(file.size);
  item.append(name, size);
  return item;
}

function sizeOf(bytes: number): string {
  const unit = bytes < 1_000_000 ? "kilobyte" : "megabyte";
  const amount = bytes / (unit === "kilobyte" ? 1_000 : 1_000_000);
  return new Intl.NumberFormat(document.documentElement.lang, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}

on("submit", "form[data-upload-form]", (element, event) => {
  event.preventDefault();
  send(element as HTMLFormElement, (event as SubmitEvent).submitter);
});

/** fetch() can't tell how much was sent, so this is the one place with XMLHttpRequest. */
function send(form: HTMLFormElement, submitter: HTMLElement | null): void {
  const request = new XMLHttpRequest();
  const bar = find<HTMLProgressElement>("progress", form);
  const buttons = findAll<HTMLButtonElement>("button", form);
  const finish = (sentence?: string): void => {
    for (const button of buttons) button.disabled = false;
    if (bar) bar.hidden = true;
    if (sentence) showToast(sentence, "bad");
  };
  request.upload.addEventListener("progress", (event) => {
    if (bar && event.lengthComputable) bar.value = event.loaded / event.total;
  });
  request.addEventListener("load", () => arrive(request, finish));
  request.addEventListener("error", () => finish(say("unreachable")));
  request.open("POST", form.action);
  request.setRequestHeader("X-CSRFToken", csrfToken());
  request.setRequestHeader("HX-Request", "true");
  request.setRequestHeader("HX-Target", "upload");
  request.send(new FormData(form, submitter));
  if (bar) bar.hidden = false;
  for (const button of buttons) button.disabled = true;
}

function arrive(request: XMLHttpRequest, finish: (sentence?: string) => void): void {
  const next = request.getResponseHeader("HX-Redirect");
  if (next) {
    location.href = next;
    return;
  }
  const problem = decodeURIComponent(request.getResponseHeader("X-Problem") ?? "");
  finish(request.status >= 400 ? problem || say("upload-failed") : undefined);
}
