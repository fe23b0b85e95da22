/** Every key of the product. The page lists them (rapport/web/ui/keys.py); actions register here by name. */
import { find, isTyping, readJson, whenPresent } from "./elements";
import { pressByKey } from "./menus";

interface Binding {
  keys: string;
  action?: string;
  href?: string;
}

const PATIENCE = 1200;
const bindings = readJson<Binding[]>("script-keys", []);
const actions = new Map<string, (event: KeyboardEvent) => boolean | void>();

/** `act` may return false: it had nothing to do, and the key stays with the browser. */
export function registerAction(name: string, act: (event: KeyboardEvent) => boolean | void): void {
  actions.set(name, act);
}

let typed = "";
let timer = 0;

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const stroke = strokeOf(event);
  if (!stroke) return;
  const held = event.ctrlKey || event.metaKey;
  if (!held && (isTyping(event) || isBusy())) return;
  remember(stroke);
  const meant = bindings.filter((known) => known.keys === typed);
  const matching = meant.length > 0 ? meant : bindings.filter((known) => known.keys === stroke);
  if (matching.some((binding) => run(binding, event))) {
    event.preventDefault();
    typed = "";
  }
});

/** "g p", "?", "mod+k": a stroke is one key with Ctrl or Cmd named "mod". */
function strokeOf(event: KeyboardEvent): string {
  if (event.altKey || ["Shift", "Control", "Meta", "Alt"].includes(event.key)) return "";
  const key = event.key === " " ? "Space" : event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

function remember(stroke: string): void {
  window.clearTimeout(timer);
  timer = window.setTimeout(() => (typed = ""), PATIENCE);
  typed = bindings.some((known) => known.keys.startsWith(`${typed} ${stroke}`)) ? `${typed} ${stroke}` : stroke;
}

/** Open dialogs and menus keep the keyboard to themselves. */
function isBusy(): boolean {
  return find("dialog[open], .menu:popover-open, [data-grabbed]") !== null;
}

function run(binding: Binding, event: KeyboardEvent): boolean {
  if (binding.action) return actions.get(binding.action)?.(event) !== false;
  if (!binding.href) return false;
  location.href = binding.href;
  return true;
}

function press(selector: string): boolean {
  const element = find(selector);
  if (element) pressByKey(element);
  return element !== null;
}

registerAction("help", () => press("[data-keys-help]"));
// The page's own "new" when it has one, else the menu of everything that can be made.
registerAction("create", () => press("[data-create]") || press("[data-quick-create]"));
registerAction("filter", () => press("[data-add-filter]"));
// Records side by side: which stays, and what becomes of them.
registerAction("review", (event) => press(`[data-review="${CSS.escape(event.key.toLowerCase())}"]`));

// A Mac has another key where others have Ctrl.
if (/Mac|iPhone|iPad/.test(navigator.platform)) {
  whenPresent("kbd", (cap) => {
    cap.textContent = cap.textContent?.replace("Ctrl", "⌘") ?? "";
  });
}
