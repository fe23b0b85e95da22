/** Dropping files, and a bar that shows how far the upload is. */
import { find, findAll, on, whenPresent } from "./elements";
import { csrfToken } from "./hypermedia";
import { showToast } from "./toasts";
import { announce, say } from "./words";

const LARGE = 4 * 1024 * 1024;

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
  void sendAll(element as HTMLFormElement, (event as SubmitEvent).submitter);
});

/** What the person sees of an upload under way. */
class Sending {
  readonly stopping = new AbortController();
  private readonly bar: HTMLProgressElement | null;
  private readonly state: HTMLElement | null;
  private readonly stop: HTMLElement | null;

  constructor(private readonly form: HTMLFormElement) {
    this.bar = find<HTMLProgressElement>("progress", form);
    this.state = find("[data-upload-state]", form);
    this.stop = find("[data-upload-stop]", form);
    this.stop?.addEventListener("click", () => this.stopping.abort(), { signal: this.stopping.signal });
    this.show(true);
  }

  reached(sent: number, total: number): void {
    if (this.bar) this.bar.value = total ? sent / total : 0;
    this.say(say("upload-sent", { sent: sizeOf(sent), total: sizeOf(total) }));
  }

  say(sentence: string): void {
    if (this.state) this.state.textContent = sentence;
  }

  end(sentence = ""): void {
    this.show(false);
    this.say(sentence);
    if (sentence) showToast(sentence, "bad");
  }

  private show(isUnderWay: boolean): void {
    for (const button of findAll<HTMLButtonElement>("button:not([data-upload-stop])", this.form)) button.disabled = isUnderWay;
    if (this.bar) this.bar.hidden = !isUnderWay;
    if (this.stop) this.stop.hidden = !isUnderWay || !this.form.dataset["pieces"];
  }
}

/** Large files go ahead in pieces where the form has an address for them; the rest goes with the form. */
async function sendAll(form: HTMLFormElement, submitter: HTMLElement | null): Promise<void> {
  const sending = new Sending(form);
  const body = new FormData(form, submitter);
  try {
    if (form.dataset["pieces"]) await sendLarge(form.dataset["pieces"], body, sending);
  } catch (problem) {
    const { sentenceOf } = await import("./pieces");
    sending.end(sending.stopping.signal.aborted ? say("upload-stopped") : sentenceOf(problem) || say("upload-broken"));
    return;
  }
  send(form, body, sending);
}

/** Puts the numbers of the large files into the form, in place of the files. */
async function sendLarge(address: string, body: FormData, sending: Sending): Promise<void> {
  const files = body.getAll("files").filter((entry): entry is File => entry instanceof File);
  const large = files.filter((file) => file.size > LARGE);
  if (!large.length) return;
  const { sendInPieces } = await import("./pieces");
  const total = large.reduce((sum, file) => sum + file.size, 0);
  body.delete("files");
  for (const file of files) if (file.size <= LARGE) body.append("files", file);
  let before = 0;
  for (const file of large) {
    const sent = (bytes: number): void => sending.reached(before + bytes, total);
    const waits = (): void => sending.say(say("upload-waits"));
    body.append("arrived", await sendInPieces(file, { address, sent, waits, signal: sending.stopping.signal }));
    before += file.size;
  }
  sending.say(say("upload-read"));
}

/** fetch() can't tell how much was sent, so this is the one place with XMLHttpRequest. */
function send(form: HTMLFormElement, body: FormData, sending: Sending): void {
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable && !body.has("arrived")) sending.reached(event.loaded, event.total);
  });
  request.addEventListener("load", () => arrive(request, sending));
  request.addEventListener("error", () => sending.end(say("unreachable")));
  sending.stopping.signal.addEventListener("abort", () => {
    request.abort();
    sending.end(say("upload-stopped"));
  });
  request.open("POST", form.action);
  request.setRequestHeader("X-CSRFToken", csrfToken());
  request.setRequestHeader("HX-Request", "true");
  request.setRequestHeader("HX-Target", "upload");
  request.send(body);
}

function arrive(request: XMLHttpRequest, sending: Sending): void {
  const next = request.getResponseHeader("HX-Redirect");
  if (next) {
    location.href = next;
    return;
  }
  const problem = decodeURIComponent(request.getResponseHeader("X-Problem") ?? "");
  sending.end(request.status >= 400 ? problem || say("upload-failed") : "");
}
