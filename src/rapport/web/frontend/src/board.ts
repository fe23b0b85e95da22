/** The board: cards move by dragging, by keyboard (board-keys.ts) or by the menu of the card, which is a plain page. */
import Sortable, { type SortableEvent } from "sortablejs";
import { find, findAll } from "./elements";
import { listenForKeys, type Place } from "./board-keys";
import { contextOf, htmx } from "./hypermedia";
import { announce, say } from "./words";

export function startBoard(board: HTMLElement): void {
  for (const list of findAll("[data-board-list]", board)) {
    new Sortable(list, {
      group: "board",
      animation: 140,
      delay: 180,
      delayOnTouchOnly: true,
      draggable: "[data-card]",
      ghostClass: "board-ghost",
      filter: "button, .menu",
      preventOnFilter: false,
      onStart: (event) => origins.set(event.item, placeOf(event.item)),
      onEnd: finish,
    });
  }
  listenForKeys(board, { placeOf, moved });
  board.dataset["ready"] = "";
}

const origins = new WeakMap<HTMLElement, Place>();

function placeOf(card: HTMLElement): Place {
  return { list: card.parentElement as Element, next: card.nextElementSibling };
}

function finish(event: SortableEvent): void {
  const origin = origins.get(event.item);
  if (origin && (event.from !== event.to || event.oldIndex !== event.newIndex)) moved(event.item, origin);
}

/** Tells the server; the card goes home when the server refuses or its question is not answered. */
function moved(card: HTMLElement, origin: Place): void {
  const list = card.parentElement as HTMLElement;
  const address = card.dataset["move"];
  if (!address || (list === origin.list && !list.dataset["ordered"])) return;
  const values = {
    stage: list.dataset["stage"] ?? "",
    before: (card.nextElementSibling as HTMLElement | null)?.dataset["card"] ?? "",
  };
  let refused = false;
  const notice = (event: Event): void => {
    if (contextOf(event)?.sourceElement === card) refused = true;
  };
  document.addEventListener("htmx:response:error", notice);
  document.addEventListener("htmx:error", notice);
  void htmx.ajax("POST", address, { source: card, target: card, swap: "outerHTML", values }).finally(() => {
    document.removeEventListener("htmx:response:error", notice);
    document.removeEventListener("htmx:error", notice);
    if (refused) awaitAnswer(card, origin);
    else announce(say("card-moved", { stage: list.dataset["label"] ?? "" }));
  });
}

/** A refusal may come with a dialog that asks for what is missing; only its success keeps the card. */
function awaitAnswer(card: HTMLElement, origin: Place): void {
  const dialog = find<HTMLDialogElement>("#dialog");
  if (!dialog?.open) {
    goHome(card, origin);
    return;
  }
  dialog.addEventListener(
    "close",
    () => {
      if (dialog.returnValue !== "done" && card.isConnected) goHome(card, origin);
    },
    { once: true },
  );
}

function goHome(card: HTMLElement, origin: Place): void {
  origin.list.insertBefore(card, origin.next?.parentElement === origin.list ? origin.next : null);
  announce(say("card-returned"));
}
