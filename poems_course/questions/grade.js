// The same grading as scoring.py, for exported pages without Python. Tested against one table.
const NUMBER = /^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)$/;
const GROUPED = /^[+-]?[1-9][0-9]{0,2}(( [0-9]{3})+([.,][0-9]+)?|(,[0-9]{3})+(\.[0-9]+)?)$/;
const TWO_READINGS = /^[+-]?[1-9][0-9]{0,2},[0-9]{3}$/;

const refuse = (summary) => ({ graded: false, summary });
const outcome = (correct, score, feedback, summary) => (
  { graded: true, correct, score, feedback, summary });
const remark = (key, option, tone) => ({ text: key.feedback[option], option, tone });

/** view: presentation(question); key: key_material(question); positions are those of the view. */
export function grade(view, key, response) {
  if (view.type === "numeric") return gradeNumber(view, key, response);
  const size = view.options.length;
  const placed = positions(["single", "concordance"].includes(view.type) ? [response] : response, size);
  if (view.type === "matching") return gradeMatching(key, response, size);
  const graders = { single: gradeSingle, multiple: gradeMultiple, ordering: gradeOrdering, concordance: gradeConcordance };
  return graders[view.type](key, placed, size);
}

function positions(response, size) {
  if (!Array.isArray(response) || new Set(response).size !== response.length) return [];
  return response.every((at) => Number.isInteger(at) && at >= 0 && at < size) ? response : [];
}

function gradeSingle(key, [chosen]) {
  if (chosen === undefined) return refuse("Choose an answer first.");
  return key.keys.includes(chosen)
    ? outcome(true, 1, [remark(key, chosen, "right")], "Yes. This is the best answer.")
    : outcome(false, 0, [remark(key, chosen, "wrong")], "Not yet: another option fits better.");
}

function gradeMultiple(key, response, size) {
  if (!response.length) return refuse("Choose at least one answer first.");
  const chosen = [...response].sort((a, b) => a - b);
  const slips = chosen.filter((at) => !key.keys.includes(at)).length;
  const missed = key.keys.filter((at) => !chosen.includes(at));
  const remarks = chosen.map((at) => remark(key, at, key.keys.includes(at) ? "right" : "wrong"));
  remarks.push(...missed.map((at) => remark(key, at, "note")));
  const [keys, hits] = [key.keys.length, chosen.length - slips];
  const score = Math.max(0, hits / keys - slips / (size - keys));
  return outcome(!slips && !missed.length, score, remarks, multipleSummary(slips, missed.length));
}

function multipleSummary(slips, missed) {
  if (!slips && !missed) return "Yes. You chose all that belong and nothing else.";
  const wrong = slips === 1 ? "one of your choices does" : `${slips} of your choices do`;
  if (!missed) return `Not yet: ${wrong} not belong.`;
  if (!slips) return "Not yet: what you chose belongs, but something is missing.";
  return `Not yet: ${wrong} not belong, and something is missing.`;
}

function gradeOrdering(key, placed, size) {
  if (placed.length !== size) return refuse("Put every step in its place first.");
  const ranks = placed.map((at) => key.ranks[at]);
  const sorted = ranks.slice(1).filter((rank, i) => ranks[i] < rank).length;
  const astray = ranks.findIndex((rank, step) => rank !== step);
  const praise = placed.map((at) => remark(key, at, "right"));
  if (astray < 0) return outcome(true, 1, praise, "Yes. Every step is in its place.");
  return outcome(false, sorted / (size - 1), [remark(key, placed[astray], "wrong")],
    `Not yet: the first step out of place is number ${astray + 1}.`);
}

function gradeMatching(key, response, size) {
  const given = Array.isArray(response) ? response : [];
  if (given.length !== key.matches.length || !given.every((at) => positions([at], size).length)) {
    return refuse("Choose a match in every line first.");
  }
  const remarks = given.map((at, row) => (at === key.matches[row] ? remark(key, row, "right")
    : { ...remark(key, row, "wrong"), text: key.decoys[at] ?? key.feedback[row] }));
  const fits = remarks.filter(({ tone }) => tone === "right").length;
  if (fits === given.length) return outcome(true, 1, remarks, "Yes. Every pair fits.");
  return outcome(false, fits / given.length, remarks, `Not yet: pairs that fit: ${fits} of ${given.length}.`);
}

function gradeConcordance(key, [chosen]) {
  if (chosen === undefined) return refuse("Choose an answer first.");
  const [score, tone, summary] = AWAY[Math.min(Math.abs(chosen - key.keys[0]), 2)];
  return outcome(score === 1, score, [remark(key, chosen, tone)], summary);
}

const AWAY = [
  [1, "right", "Yes. The stated reasoning takes this step."],
  [0.5, "near", "Close: the stated reasoning ends one step away."],
  [0, "wrong", "Not yet: the stated reasoning ends further away."],
];

function gradeNumber(view, key, response) {
  const { value, problem } = readNumber(typeof response === "string" ? response : "", view.unit);
  if (problem) return refuse(problem);
  const right = Math.abs(value - key.answer) <= key.tolerance + 1e-9;
  const side = right ? "right" : value < key.answer ? "low" : "high";
  const text = key.number_feedback[side];
  const said = { text, option: null, tone: right ? "right" : "wrong" };
  const summary = right ? "Yes. That is the number." : `Not yet: your number is too ${side}.`;
  return outcome(right, right ? 1 : 0, [said], summary);
}

const tidy = (text) =>
  text.replaceAll("\u2212", "-").replaceAll("\u00b5", "\u03bc").replace(/\s+/g, " ").trim();

function readNumber(typed, givenUnit) {
  let [text, unit] = [tidy(typed), tidy(givenUnit)];
  if (!text) return { problem: "Type a number first." };
  const named = unit && text.toLowerCase().endsWith(unit.toLowerCase());
  if (named) text = text.slice(0, -unit.length).trimEnd();
  const both = `That can be read as ${text.replace(",", "")} or as ${text.replace(",", ".")}`;
  if (TWO_READINGS.test(text)) return { problem: `${both}: type one of these.` };
  if (GROUPED.test(text)) text = text.replaceAll(text.includes(" ") ? " " : ",", "");
  text = text.replace(",", ".");
  if (NUMBER.test(text)) return { value: Number(text) };
  const wanted = givenUnit ? ` in ${givenUnit}` : "";
  return { problem: `That is not a number${wanted} yet: type digits, such as 12.5.` };
}
