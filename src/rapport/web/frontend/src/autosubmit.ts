/** A control marked data-submit sends its form as soon as it changes; without scripts the form's button does. */
export function submitOnChange(): void {
  document.addEventListener("change", (event) => {
    const control = event.target;
    if (control instanceof HTMLSelectElement && control.hasAttribute("data-submit")) {
      control.form?.requestSubmit();
    }
  });
}
