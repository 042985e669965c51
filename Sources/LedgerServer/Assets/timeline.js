// The slider for the as-of position: it only fills in and sends the form that works without it.
const slider = document.querySelector("input[data-as-of]");
if (slider) {
  const form = slider.form;
  const field = form.elements["as-of"];
  const shown = document.getElementById("as-of-shown");
  slider.hidden = false;
  slider.addEventListener("input", () => { shown.textContent = "@" + slider.value; });
  slider.addEventListener("change", () => { field.value = "@" + slider.value; form.submit(); });
}
