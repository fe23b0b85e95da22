/** Small ways to find elements and to set them up when they appear. */

export function find<E extends Element = HTMLElement>(selector: string, root: ParentNode = document): E | null {
  return root.querySelector<E>(selector);
}

export function findAll<E extends Element = HTMLElement>(selector: string, root: ParentNode = document): E[] {
  return [...root.querySelectorAll<E>(selector)];
}

/** The nearest element around an event that matches; null when there is none. */
export function closest<E extends Element = HTMLElement>(event: Event, selector: string): E | null {
  return event.target instanceof Element ? event.target.closest<E>(selector) : null;
}

/** Runs `setUp` once for each matching element, now and whenever htmx brings new ones. */
export function whenPresent(selector: string, setUp: (element: HTMLElement) => void): void {
  const seen = new WeakSet<HTMLElement>();
  const look = (root: ParentNode): void => {
    const found = findAll(selector, root);
    if (root instanceof HTMLElement && root.matches(selector)) found.unshift(root);
    for (const element of found) {
      if (seen.has(element)) continue;
      seen.add(element);
      setUp(element);
    }
  };
  look(document);
  document.addEventListener("htmx:after:process", (event) => {
    look(event.target instanceof Element ? event.target : document);
  });
}

/** A listener on the whole document that only sees events inside `selector`. */
export function on<K extends keyof DocumentEventMap>(
  type: K,
  selector: string,
  act: (element: HTMLElement, event: DocumentEventMap[K]) => void,
  options?: AddEventListenerOptions,
): void {
  document.addEventListener(
    type,
    (event) => {
      const element = closest(event, selector);
      if (element) act(element, event);
    },
    options,
  );
}

/** True while the person is typing, so single-letter keys must not act. */
export function isTyping(event: Event): boolean {
  const target = event.target;
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button", "submit", "range"].includes(target.type);
}

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Whether anything in a form is otherwise than it came. */
export function hasChanged(form: HTMLFormElement): boolean {
  return [...form.elements].some((element) => isChanged(element as Field));
}

function isChanged(field: Field): boolean {
  if (field instanceof HTMLSelectElement) return isChosenAnew(field);
  if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) return field.checked !== field.defaultChecked;
  return "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue;
}

/** Where no option is marked as chosen, the browser shows the first one. */
function isChosenAnew(field: HTMLSelectElement): boolean {
  const options = [...field.options];
  if (!field.multiple && !options.some((option) => option.defaultSelected)) return field.selectedIndex > 0;
  return options.some((option) => option.selected !== option.defaultSelected);
}

/** What the server left for the scripts in `<script type="application/json" id=…>`. */
export function readJson<T>(id: string, otherwise: T): T {
  const text = document.getElementById(id)?.textContent;
  return text ? (JSON.parse(text) as T) : otherwise;
}
