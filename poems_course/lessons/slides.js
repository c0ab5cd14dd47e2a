// Turns the slides by arrow keys, Page Up and Down, Home and End; the address keeps the place.
// Without a script all slides stand one below the other. Keys pressed in a figure stay in it.
const slides = [...document.querySelectorAll("section")];
const [back, place, on] = ["back", "place", "on"].map((id) => document.getElementById(id));
const STEPS = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity };
let now = 0;

function show(at) {
  now = Math.max(0, Math.min(slides.length - 1, at));
  slides.forEach((slide, i) => slide.classList.toggle("now", i === now));
  place.textContent = `Slide ${now + 1} of ${slides.length}`;
  back.disabled = now === 0;
  on.disabled = now === slides.length - 1;
  history.replaceState(null, "", `#${now + 1}`);
  scrollTo(0, 0);
}

document.body.classList.add("turned");
back.addEventListener("click", () => show(now - 1));
on.addEventListener("click", () => show(now + 1));
addEventListener("keydown", (event) => {
  if (!(event.key in STEPS) || event.target.closest(".poems")) return;
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  show(now + STEPS[event.key]);
});
addEventListener("hashchange", () => show(Number(location.hash.slice(1)) - 1 || 0));
show(Number(location.hash.slice(1)) - 1 || 0);
