// The quiz: choose, say how sure you are, then Check. Nothing is graded on selection. Before Check
// the page of a live notebook does not know the key; an exported page holds it in its script.

function quiz(root, link) {
  const { view } = link;
  const done = new Map();
  const kept = { ...view.saved, ...link.kept?.answers };
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

function summaryOf(results) {
  const first = results.filter(({ correct, attempt }) => correct && attempt === 1).length;
  const misled = results.filter(({ correct, confidence }) => !correct && confidence === 2).length;
  const lucky = results.filter(({ correct, confidence }) => correct && confidence === 0).length;
  const parts = [`All ${results.length} answered; ${first} right at the first attempt.`];
  if (misled) parts.push(`${misled} wrong though you were certain: worth another look.`);
  if (lucky) parts.push(`${lucky} right by guessing: open "Show me why" there.`);
  return parts.join(" ");
}

/** How an exported page answers for Python. */
async function answerQuiz(message, data, link) {
  if (message.do === "save") return save();
  const question = data.view.questions.find(({ id }) => id === message.question);
  const key = data.keys[question.id];
  if (message.do !== "check") return key.explanation;
  const { response, confidence } = message;
  const outcome = grade(question, key, response);
  if (!outcome.graded) return { outcome };
  outcome.feedback = outcome.feedback.filter(({ tone }) => tone !== "note");
  const before = data.unsaved?.[question.id] ?? link.kept.answers?.[question.id];
  const attempt = (before?.attempt ?? 0) + 1;
  const given = { response, confidence, outcome, attempt, saved: now(), version: question.version };
  data.unsaved = { ...data.unsaved, [question.id]: given };
  return { outcome, attempt, ...await save() };

  function now() {
    return `in this browser, ${new Date().toLocaleTimeString([], { timeStyle: "short" })}`;
  }
  async function save() {
    const mine = { ...data.unsaved };
    const safe = await link.keep(({ answers }) => ({ answers: { ...answers, ...mine } }));
    if (!safe) return { unsaved: "this browser keeps nothing for this page." };
    data.unsaved = Object.fromEntries(Object.entries(data.unsaved).filter(([id, given]) => mine[id] !== given));
    return { saved: now() };
  }
}
