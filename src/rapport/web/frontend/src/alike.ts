/** While a new record is typed: Alt and a number open the record that it may be. */
import { find } from "./elements";

document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const number = /^(?:Digit|Numpad)([1-9])$/.exec(event.code)?.[1];
  const link = number ? find(`[data-alike="${number}"]`) : null;
  if (!link) return;
  event.preventDefault();
  link.click();
});
