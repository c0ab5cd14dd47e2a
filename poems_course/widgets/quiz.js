// The quiz: choose, say how sure you are, then Check. Nothing is graded on selection. Before Check
// the page of a live notebook does not know the key; an exported page holds it in its script.

const CONFIDENCE = ["Guessing", "Fairly sure", "Certain"];

function quiz(root, link) {
  const { view } = link;
  const done = new Map();
  const kept = { ...view.saved, ...link.read?.().answers };
  for (const { id, version } of view.questions) {
    if (kept[id]?.version !== version) delete kept[id];  // the question has changed since
  }
  root.setAttribute("aria-label", view.title);
  root.append(make("p", { class: "title", role: "heading", "aria-level": "3" }, view.title));
  if (!link.live && !document.querySelector(".poems .honest")) root.append(make("p", { class: "quiet honest" },
    "Your answers stay in this browser. This page holds its own answer key, in its script."));
  const summary = make("div", { class: "summary", role: "status" });
  const path = make("div", { class: "path" });
  const note = (id, result) => {
    done.set(id, result);
    if (done.size < view.questions.length) return;
    const way = pathThrough(view.path, done);
    summary.replaceChildren(make("p", {}, summaryOf([...done.values()])), ...way.said.map((text) => make("p", {}, text)));
    path.replaceChildren(...pathList(way, link));
  };
  view.questions.forEach((question, at) => {
    const count = view.questions.length > 1 ? `Question ${at + 1} of ${view.questions.length}` : "";
    root.append(questionForm(question, count, kept[question.id], link, note));
  });
  root.append(summary, path);
  troubleLine(root)(view.notice);
}

/** One question as a form; `kept` is the last answer, if there was one. */
function questionForm(question, count, kept, link, note) {
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
  const check = make("button", { type: "submit", "data-lm-suppress-shortcuts": "true" }, "Check");
  const again = button("Try again", reopen, { hidden: true });
  const hint = button("Hint", () => open("hint"), { hidden: !question.hint });
  const why = button("Show me why", () => open("why"), { hidden: true });
  form.append(answer.box, sure.box, make("div", { class: "buttons" }, check, again, hint, why), said, saved, more);
  const trouble = troubleLine(form);
  form.addEventListener("submit", (event) => { event.preventDefault(); submit(); });

  let asking = false;
  async function submit() {
    if (asking) return undefined;
    const response = answer.value();
    if (response === null) return say("Choose an answer first, then Check.");
    if (confidence === null) return say("Say how sure you are, then Check.");
    wait(true);
    const message = { do: "check", question: question.id, response, confidence };
    const reply = await link.ask(message, () => trouble(SLOW));
    wait(false);
    trouble(reply.error);
    if (reply.error) return check.focus();
    if (!reply.outcome.graded) { say(reply.outcome.summary); return answer.focus(); }
    grade(reply);
    (reply.outcome.correct ? why : again).focus();
    return undefined;
  }
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
  function notSaved(problem) {
    const keep = async () => {
      const reply = await link.ask({ do: "save" }, () => trouble(SLOW));
      if (reply.unsaved || reply.error) return notSaved(reply.unsaved ?? reply.error);
      trouble("");
      saved.textContent = `Saved ${reply.saved}`;
      return again.hidden ? why.focus() : again.focus();
    };
    trouble(`Not saved: ${problem} `, button("Try to save again", keep), " ",
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
    again.hidden = why.hidden = !on;
    hint.hidden = on || !question.hint;
  }
  function say(text, ...extras) {
    said.replaceChildren(...(text ? [make("p", { class: "outcome" }, text), ...extras] : []));
  }
  if (kept) grade(kept);
  return form;
}

/** A stem as paragraphs, its lead-in (the last sentence) on a line of its own. */
function stem(text) {
  const vignette = text.trim().split(/\n\s*\n/);
  const [, before, lead] = /^([\s\S]*[.:!])\s+([^.:!]+\?)$/.exec(vignette.at(-1)) ?? [, "", vignette.at(-1)];
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

function summaryOf(results) {
  const first = results.filter(({ correct, attempt }) => correct && attempt === 1).length;
  const misled = results.filter(({ correct, confidence }) => !correct && confidence === 2).length;
  const lucky = results.filter(({ correct, confidence }) => correct && confidence === 0).length;
  const parts = [`All ${results.length} answered; ${first} right at the first attempt.`];
  if (misled) parts.push(`${misled} wrong though you were certain: worth another look.`);
  if (lucky) parts.push(`${lucky} right by guessing: open "Show me why" there.`);
  return parts.join(" ");
}

function download(question, response, confidence) {
  const text = JSON.stringify({ item: question.id, version: question.version, response, confidence,
    utc: new Date().toISOString() });
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  make("a", { href: url, download: `${question.id}.json` }).click();
  URL.revokeObjectURL(url);
}

/** How an exported page answers for Python. */
function answerQuiz(message, data, link) {
  const answers = { ...link.read().answers, ...data.unsaved };
  if (message.do === "save") return save();
  const question = data.view.questions.find(({ id }) => id === message.question);
  const key = data.keys[question.id];
  if (message.do !== "check") return key.explanation;
  const { response, confidence } = message;
  const outcome = grade(question, key, response);
  if (!outcome.graded) return { outcome };
  outcome.feedback = outcome.feedback.filter(({ tone }) => tone !== "note");
  const attempt = (answers[question.id]?.attempt ?? 0) + 1;
  answers[question.id] = { response, confidence, outcome, attempt, saved: now(), version: question.version };
  data.unsaved = { ...data.unsaved, [question.id]: answers[question.id] };
  return { outcome, attempt, ...save() };

  function now() {
    return `in this browser, ${new Date().toLocaleTimeString([], { timeStyle: "short" })}`;
  }
  function save() {
    if (!link.write({ answers })) return { unsaved: "this browser keeps nothing for this page." };
    data.unsaved = {};
    return { saved: now() };
  }
}
