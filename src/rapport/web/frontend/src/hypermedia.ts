/** htmx, and what happens when a request of it goes wrong. */
import htmx from "htmx.org/dist/htmx.esm.js";
import { showToast } from "./toasts";
import { isKnown, say } from "./words";

export interface RequestContext {
  sourceElement: HTMLElement;
  target?: HTMLElement;
  swap: string;
  confirm?: string;
  text?: string;
  request: { headers: Record<string, string>; method: string; action: string; body?: FormData };
  response?: { status: number; headers: Headers };
}

/** The event detail of htmx 4: everything about one request is in `ctx`. */
export function contextOf(event: Event): RequestContext | undefined {
  return (event as CustomEvent<{ ctx?: RequestContext }>).detail?.ctx;
}

export function csrfToken(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf-token"]')?.content ?? "";
}

/** Statuses whose page is an answer to show in place: a form with its errors, a question. */
const ANSWERS = [409, 422];

document.addEventListener("htmx:config:request", (event) => {
  const context = contextOf(event);
  if (context && context.request.method !== "GET") context.request.headers["X-CSRFToken"] = csrfToken();
});

document.addEventListener("htmx:response:error", (event) => {
  const context = contextOf(event);
  const status = context?.response?.status ?? 0;
  if (!context || ANSWERS.includes(status)) return;
  context.swap = "none";
  // The server may explain itself with a toast of its own in the same answer.
  if (!context.text?.includes("data-toast")) showToast(say(isKnown(`error-${status}`) ? `error-${status}` : "error"), "bad");
});

document.addEventListener("htmx:error", (event) => {
  if (contextOf(event)) showToast(say("unreachable"), "bad");
});

export { htmx };
