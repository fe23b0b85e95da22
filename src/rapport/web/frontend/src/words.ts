/** Sentences in the language of the page; the server puts them there (rapport/web/ui/words.py). */
import { readJson } from "./elements";

const words = readJson<Record<string, string>>("script-words", {});

/** Whether there is a sentence of its own for this. */
export function isKnown(key: string): boolean {
  return key in words;
}

export function say(key: string, values: Record<string, string | number> = {}): string {
  const sentence = words[key] ?? key;
  return sentence.replace(/%\((\w+)\)s/g, (whole, name: string) => String(values[name] ?? whole));
}

/** Tells a screen reader something that sighted people see happen. */
export function announce(sentence: string): void {
  const region = document.getElementById("announcements");
  if (!region) return;
  region.textContent = "";
  // A fresh frame, or the same sentence twice would be read once.
  requestAnimationFrame(() => {
    region.textContent = sentence;
  });
}
