// Must stay first: the others find window.htmx in place.
import "./src/hypermedia";
import "./src/alike";
import "./src/autosubmit";
import "./src/bulk";
import "./src/cells";
import "./src/combobox";
import "./src/confirm";
import "./src/dialogs";
import "./src/facts";
import "./src/files";
import "./src/keep";
import "./src/keys";
import "./src/lists";
import "./src/menus";
import "./src/palette";
import "./src/passkeys";
import "./src/preferences";
import "./src/proposals";
import "./src/repeater";
import "./src/toasts";
import "./src/typed";
import "./src/verdicts";
import { whenPresent } from "./src/elements";

document.documentElement.dataset["js"] = "";

// Dragging is the only heavy part, so a page without a board never loads it.
whenPresent("[data-board]", async (board) => {
  const { startBoard } = await import("./src/board");
  startBoard(board);
});
