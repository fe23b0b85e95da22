/** Moving a card by keyboard: Space takes it, arrows move it, Space or Enter puts it down, Escape brings it back. */
import { find, findAll } from "./elements";
import { announce, say } from "./words";

/** Where a card lies: in a list, before another card or last. */
export interface Place {
  list: Element;
  next: Element | null;
}

interface Moves {
  placeOf(card: HTMLElement): Place;
  moved(card: HTMLElement, origin: Place): void;
}

export function listenForKeys(board: HTMLElement, moves: Moves): void {
  let origin: Place | null = null;

  board.addEventListener("keydown", (event) => {
    const card = event.target;
    if (!(card instanceof HTMLElement) || !card.matches("[data-card]")) return;
    if (origin === null) {
      if (event.key === " ") grab(card, event);
      else if (walk(card, event.key)) event.preventDefault();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") release(card, true);
    else if (event.key === " " || event.key === "Enter") release(card, false);
    else carry(card, event.key);
  });

  board.addEventListener("focusout", (event) => {
    const card = event.target;
    if (origin && card instanceof HTMLElement && card.dataset["grabbed"] !== undefined && !moving) release(card, true);
  });

  let moving = false;

  function grab(card: HTMLElement, event: KeyboardEvent): void {
    event.preventDefault();
    origin = moves.placeOf(card);
    card.dataset["grabbed"] = "";
    announce(say("card-grabbed", { title: titleOf(card) }));
  }

  function release(card: HTMLElement, giveUp: boolean): void {
    const from = origin as Place;
    origin = null;
    delete card.dataset["grabbed"];
    if (giveUp) {
      put(card, from.list, from.next);
      announce(say("card-returned"));
    } else {
      moves.moved(card, from);
    }
  }

  function carry(card: HTMLElement, key: string): void {
    const list = card.parentElement as HTMLElement;
    if (key === "ArrowUp" && card.previousElementSibling) put(card, list, card.previousElementSibling);
    else if (key === "ArrowDown" && card.nextElementSibling) put(card, list, card.nextElementSibling.nextElementSibling);
    else if (key === "ArrowLeft" || key === "ArrowRight") carryAcross(card, list, key === "ArrowRight" ? 1 : -1);
  }

  function carryAcross(card: HTMLElement, list: HTMLElement, by: 1 | -1): void {
    const lists = findAll("[data-board-list]", board);
    const next = lists[lists.indexOf(list) + by];
    if (!next) return;
    put(card, next, next.firstElementChild);
    announce(say("card-over", { stage: next.dataset["label"] ?? "" }));
  }

  /** Moving an element in the page makes it lose the focus, so it is given back. */
  function put(card: HTMLElement, list: Element, next: Element | null): void {
    moving = true;
    list.insertBefore(card, next);
    card.focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
    moving = false;
  }

  function walk(card: HTMLElement, key: string): boolean {
    const target = neighbour(board, card, key);
    target?.focus();
    return target !== null;
  }
}

function neighbour(board: HTMLElement, card: HTMLElement, key: string): HTMLElement | null {
  if (key === "ArrowDown") return card.nextElementSibling as HTMLElement | null;
  if (key === "ArrowUp") return card.previousElementSibling as HTMLElement | null;
  if (key !== "ArrowLeft" && key !== "ArrowRight") return null;
  const lists = findAll("[data-board-list]", board).filter((list) => find("[data-card]", list));
  const index = lists.indexOf(card.parentElement as HTMLElement);
  const list = lists[index + (key === "ArrowRight" ? 1 : -1)];
  return list ? find("[data-card]", list) : null;
}

function titleOf(card: HTMLElement): string {
  return find(".board-card-title", card)?.textContent?.trim() ?? "";
}
