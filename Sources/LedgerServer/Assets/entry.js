// Attendance at keyboard speed: Enter and the arrows move between rows, f fills in the whole day, a an absence. Without
// this the form works as any other.
const form = document.querySelector("form[data-entry]");
if (form) {
  const fields = [...form.querySelectorAll("input.minutes")];
  const go = (field, step) => {
    const next = fields[fields.indexOf(field) + step];
    if (next) { next.focus(); next.select(); }
    return next;
  };
  form.addEventListener("keydown", (event) => {
    const field = event.target;
    if (!fields.includes(field) || event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.toLowerCase();
    if (key === "enter" || key === "arrowdown") {
      // On the last row Enter sends the form, as it does everywhere.
      if (go(field, 1) || key === "arrowdown") event.preventDefault();
    } else if (key === "arrowup") {
      go(field, -1);
      event.preventDefault();
    } else if (key === "f" || key === "a") {
      field.value = key === "f" ? form.dataset.full : "0";
      go(field, 1);
      event.preventDefault();
    }
  });
  const first = fields.find((field) => field.value === "") ?? fields[0];
  // A browser that goes to the fragment takes the focus away from what has it before the page is loaded.
  if (first && location.hash === "#attendance") addEventListener("load", () => setTimeout(() => first.focus()));
}
