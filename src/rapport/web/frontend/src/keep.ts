/** Taking something with you: copying a list of codes, printing the page. */
import { find, findAll, on } from "./elements";
import { showToast } from "./toasts";
import { say } from "./words";

on("click", "[data-copy]", (button) => {
  const source = find(button.dataset["copy"] ?? "");
  if (!source) return;
  const lines = findAll("li", source).map((line) => line.textContent ?? "");
  navigator.clipboard.writeText(lines.join("\n")).then(
    () => showToast(say("copied")),
    () => showToast(say("not-copied"), "bad"),
  );
});

on("click", "[data-print]", () => window.print());
