// One question as a form: choose, say how sure you are, then Check. Nothing is graded on selection.

const CONFIDENCE = ["Guessing", "Fairly sure", "Certain"];
const LEAD = /^([\s\S]*[.:!?][")]?)\s+((?:[^.:!?]|[.:]\d)+\?)$/;

/** One question as a form; `kept` is the last answer, if there was one. Where feedback is `deferred`,
 *  what stands on the form is kept as it is changed; `stands` hears whether it is a whole answer.
 *  What is `closed` is not tried again. */
function questionForm(question, count, kept, link, note, { deferred = false, closed = false, stands } = {}) {
  const form = make("form", { class: "question", "data-question": question.id });
  const legend = [count && make("span", { class: "count" }, count), ...stem(question.stem)].filter(Boolean);
  const answer = answerField(question, legend, kept?.response);
  if (question.figure) answer.box.querySelector("legend").after(...figure(question.figure));
  let confidence = kept?.confidence ?? null;
  const sure = radios("How sure are you?", CONFIDENCE, confidence, (value) => { confidence = value; });
  sure.box.className = "confidence";
  const said = make("div", { class: "said", role: "status" });
  const more = make("div", { class: "more", role: "status" });
  const saved = make("p", { class: "saved" });
  const check = make("button", { type: "submit", "data-lm-suppress-shortcuts": "true" },
    deferred ? "Keep my answer" : "Check");
  const again = button("Try again", reopen, { hidden: true });
  const hint = button("Hint", () => open("hint"), { hidden: deferred || !question.hint });
  const why = button("Show me why", () => open("why"), { hidden: true });
  form.append(answer.box, sure.box, make("div", { class: "buttons" }, check, again, hint, why), said, saved, more);
  const trouble = troubleLine(form);
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });

  let asking = false;
  const state = () => JSON.stringify([answer.value(), confidence]);
  let sent = state();
  let told = true;  // what is no whole answer, or not saved, is told once, on leaving
  for (const kind of deferred ? ["input", "change", "click"] : []) {
    for (const box of [answer.box, sure.box]) box.addEventListener(kind, draft);
  }
  const message = (what) => ({ do: what, question: question.id, response: answer.value(), confidence });
  /** Keeps what now stands on the form, whole or not, so that a page that is closed loses nothing. */
  async function draft() {
    if (state() === sent) return;
    const mine = sent = state();
    told = false;
    say("");
    saved.textContent = "";
    const reply = await link.ask(message("keep"), () => trouble(SLOW));
    if (sent !== mine) return;  // it was changed since; that is on its way
    trouble(reply.error);
    if (reply.error) return;
    told = !reply.outcome && !reply.unsaved;
    stamp(reply);
    stands(!reply.outcome);
  }
  const refuse = (text) => { say(text); return false; };
  /** Sends the answer; resolves with whether it was taken. */
  async function submit() {
    if (asking) return false;
    if (answer.value() === null) return refuse("Choose an answer first.");
    if (confidence === null) return refuse("Say how sure you are first.");
    wait(true);
    sent = state();
    const reply = await link.ask(message(deferred ? "keep" : "check"), () => trouble(SLOW));
    wait(false);
    trouble(reply.error);
    if (reply.error) { check.focus(); return false; }
    if (reply.outcome?.graded === false) { answer.focus(); return refuse(reply.outcome.summary); }
    if (deferred) keep(reply);
    else { grade(reply); (reply.outcome.correct ? why : again).focus(); }
    return !reply.unsaved;
  }
  form.leave = async () => {
    if (told || answer.value() === null) return true;
    told = true;
    return submit();
  };
  function wait(on) {
    asking = on;
    check.setAttribute("aria-disabled", on);  // `disabled` would drop the focus into the notebook
  }
  function grade({ outcome, saved: when, attempt, unsaved }) {
    lock(true);
    say(outcome.summary, remarkList(outcome.feedback, question));
    saved.textContent = when ? `Saved ${when}` : "";
    if (unsaved) notSaved(unsaved);
    note(question.id, { correct: outcome.correct, confidence, attempt });
  }
  function keep({ saved: when, unsaved }) {
    told = true;
    say("Your answer is kept. You can still change it.");
    stamp({ saved: when, unsaved });
    note(question.id, {});
  }
  function stamp({ saved: when, unsaved }) {
    saved.textContent = when ? `Saved ${when}` : "";
    if (unsaved) notSaved(unsaved);
  }
  function notSaved(problem) {
    const retry = async () => {
      const reply = await link.ask({ do: "save" }, () => trouble(SLOW));
      if (reply.unsaved || reply.error) return notSaved(reply.unsaved ?? reply.error);
      trouble("");
      saved.textContent = `Saved ${reply.saved}`;
      return [again, why, check].find(({ hidden }) => !hidden).focus();
    };
    trouble(`Not saved: ${problem} `, button("Try to save again", retry), " ",
      button("Download my answer", () => download(question, answer.value(), confidence)));
  }
  async function open(what) {
    const reply = await link.ask({ do: what, question: question.id }, () => trouble(SLOW));
    trouble(reply.error);
    if (!reply.error) more.replaceChildren(...explained(what, reply, question));
  }
  function reopen() {
    lock(false);
    say("");
    more.replaceChildren();
    saved.textContent = "";
    answer.focus();
  }
  function lock(on) {
    for (const box of [answer.box, sure.box]) box.disabled = on;
    check.hidden = on;
    why.hidden = !on;
    again.hidden = !on || closed;
    hint.hidden = on || !question.hint;
  }
  function say(text, ...extras) {
    said.replaceChildren(...(text ? [make("p", { class: "outcome" }, text), ...extras] : []));
  }
  if (kept?.missing) { stamp(kept); say(kept.missing); }
  else if (kept) (deferred ? keep : grade)(kept);
  else if (closed) { lock(true); say("You left this one blank."); }
  return form;
}

/** A stem as paragraphs, its lead-in (the last sentence) on a line of its own; what ends in a
 *  quotation or a bracket before it is a sentence too, and "15.7 %" within it ends none. */
function stem(text) {
  const vignette = text.trim().split(/\n\s*\n/);
  const [, before, lead] = LEAD.exec(vignette.at(-1)) ?? [, "", vignette.at(-1)];
  vignette.splice(-1, 1, ...(before ? [before] : []));
  return [...vignette.map((part) => make("p", {}, part)), make("p", { class: "lead" }, lead)];
}

function explained(what, reply, question) {
  if (what === "hint") return [make("p", { class: "why" }, `Hint: ${reply.hint}`)];
  const sources = reply.sources.map(({ title, link, rest }) =>
    make("li", {}, make("a", { href: link, target: "_blank", rel: "noopener" }, title), ` ${rest}`));
  const paragraphs = reply.why.split(/\n\s*\n/).map((part) => make("p", {}, part));
  return [make("div", { class: "why" },
    make("p", {}, make("b", {}, "Answer: "), reply.answer_text), ...paragraphs,
    reply.reading ? make("p", {}, make("b", {}, "The drawing, read: "), reply.reading) : null,
    reply.options.length ? fold("Every option, one by one", remarkList(reply.options, question)) : null,
    sources.length ? fold("Sources", make("ul", {}, ...sources)) : null)];
}

function fold(title, content) {
  return make("details", {}, make("summary", {}, title), content);
}

const TONES = { right: "✓ ", near: "≈ ", wrong: "✗ ", note: "" };
const SPOKEN = { right: "belongs", near: "half a point", wrong: "does not belong", note: "" };

/** Remarks as a list, each under its option; in a matching, under its prompt. */
function remarkList(remarks, question) {
  const names = question.prompts.length ? question.prompts : question.options;
  const items = remarks.map(({ option, text, tone }) => make("li", { class: tone },
    option == null ? null : make("b", {}, `${TONES[tone]}${names[option]}`,
      SPOKEN[tone] ? make("span", { class: "spoken" }, ` (${SPOKEN[tone]})`) : null, ": "), text));
  return make("ul", { class: "remarks" }, ...items);
}

function download(question, response, confidence) {
  const utc = new Date().toISOString();
  const answer = { item: question.id, version: question.version, response, confidence, utc };
  saveFile(`${question.id}.json`, JSON.stringify(answer), "application/json");
}
