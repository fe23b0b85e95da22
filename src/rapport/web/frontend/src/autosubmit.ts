/** A control marked data-submit sends its form as soon as it changes; without scripts the form's button does. */
import { on } from "./elements";

on("change", "select[data-submit]", (control) => (control as HTMLSelectElement).form?.requestSubmit());
