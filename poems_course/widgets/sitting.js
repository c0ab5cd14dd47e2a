// A sitting: a page to begin, one question at a time, a page at the end. Python knows the place and
// keeps it in the log; this page shows it. No answer key reaches the page before Check, and in a test
// none before its end.

function sitting(root, link) {
  const { view } = link;
  const body = make("div", { class: "sitting" });
  const told = make("p", { class: "told", role: "status" });
  root.setAttribute("aria-label", view.title);
  root.append(make("p", { class: "title", role: "heading", "aria-level": "3" }, view.title), body, told);
  const trouble = troubleLine(root);

  let asking = false;
  async function send(message) {
    if (asking) return;
    asking = true;
    const reply = await link.ask(message, () => trouble(SLOW));
    asking = false;
    if (reply.place) show(reply.place);
    told.textContent = reply.told ?? "";
    if (reply.unsaved) notSaved(reply.unsaved);
    else trouble(reply.error);
    if (reply.file) saveFile(reply.file.name, reply.file.text, "text/html");
    if (reply.place) body.querySelector('[tabindex="-1"]')?.focus();
  }
  function notSaved(problem) {
    trouble(`Not saved: ${problem} `, button("Try to save again", async () => {
      const reply = await link.ask({ do: "save" });
      if (reply.unsaved || reply.error) return notSaved(reply.unsaved ?? reply.error);
      trouble("");
      told.textContent = `Saved ${reply.saved}`;
      return body.querySelector("button").focus();
    }));
  }
  function show(place) {
    body.replaceChildren(...(place.question ? questionPlace(place, send, link) : blocks(place.blocks, send, link)));
  }
  show(view.place);
  trouble(view.notice);
}

/** One question with its count, the steps from it, and the way to every other one. */
function questionPlace({ question, kept, count, status, deferred, steps, numbers }, send, link) {
  const heading = make("p", { class: "subtitle", role: "heading", "aria-level": "4", tabindex: "-1" }, count);
  const leave = async (message) => { if (await form.leave()) send(message); };
  const buttons = steps.map(({ text, message, after }) =>
    button(text, () => leave(message), { hidden: after && !kept }));
  const mark = (jump, at, done) => {
    jump.textContent = `${at + 1}${done ? " ✓" : ""}`;
    jump.setAttribute("aria-label", `Question ${at + 1}, ${done ? "answered" : "blank"}`);
  };
  const jumps = numbers.map(({ at, done, here }) => {
    const jump = button("", () => leave({ do: "go", to: at }), { "aria-current": here && "step" });
    mark(jump, at, done);
    return jump;
  });
  const stands = (whole) => {
    for (const { at } of numbers.filter(({ here }) => here)) mark(jumps[at], at, whole);
  };
  let built = false;
  const note = () => {
    if (!built) return;
    buttons.forEach((step) => { step.hidden = false; });
    stands(true);
    if (deferred) buttons[0].focus();
  };
  const form = questionForm(question, "", kept, link, note, { deferred, stands });
  built = true;
  return [heading, status ? make("p", { class: "quiet" }, status) : "", form,
    make("div", { class: "buttons" }, ...buttons),
    jumps.length ? make("details", {}, make("summary", {}, "All questions"),
      make("div", { class: "buttons jumps" }, ...jumps)) : ""];
}
