// The fields of a question, one kind for each type. Nothing is graded on a change.

/** The field that a question's type needs: { box, value(), focus() }; value is null while empty. */
function answerField(question, legend, response) {
  const fields = { single: singleField, multiple: multipleField, numeric: numericField, ordering: orderingField,
    matching: matchingField, concordance: singleField };
  return fields[question.type](question, legend, response);
}

function singleField(question, legend, response) {
  let chosen = response ?? null;
  const field = radios(legend, question.options, chosen, (at) => { chosen = at; });
  field.box.classList.add("options");
  return { box: field.box, value: () => chosen, focus: () => (field.inputs[chosen] ?? field.inputs[0]).focus() };
}

function multipleField(question, legend, response) {
  const boxes = question.options.map((_, at) => input("checkbox", { checked: response?.includes(at) ?? false }));
  const labels = question.options.map((text, at) => make("label", {}, boxes[at], make("span", {}, text)));
  const chosen = () => boxes.flatMap((box, at) => (box.checked ? [at] : []));
  return {
    box: make("fieldset", { class: "options" }, make("legend", {}, ...legend,
      make("p", { class: "quiet" }, "Choose all that belong.")), ...labels),
    value: () => (chosen().length ? chosen() : null),
    focus: () => boxes[0].focus(),
  };
}

function numericField(question, legend, response) {
  const field = input("text", { inputmode: "decimal", autocomplete: "off", value: response ?? "" });
  const label = make("label", { class: "number" }, make("span", {}, "Your answer"), field, make("span", {}, question.unit ?? ""));
  return {
    box: make("fieldset", {}, make("legend", {}, ...legend), label),
    value: () => field.value.trim() || null,
    focus: () => field.focus(),
  };
}

function orderingField(question, legend, response) {
  const order = [...(response ?? question.options.keys())];
  const list = make("ol", { class: "order" });
  const spoken = make("p", { class: "spoken", role: "status" });
  const move = (from, by) => {
    const to = from + by;
    [order[from], order[to]] = [order[to], order[from]];
    fill();
    const [up, down] = list.children[to].querySelectorAll("button");
    const [same, other] = by < 0 ? [up, down] : [down, up];
    (same.disabled ? other : same).focus();
    spoken.textContent = `${question.options[order[to]]}: now ${to + 1} of ${order.length}`;
  };
  const fill = () => list.replaceChildren(...order.map((option, at) => {
    const text = question.options[option];
    return make("li", {}, make("span", {}, text),
      button("↑", () => move(at, -1), { "aria-label": `Move up: ${text}`, disabled: at === 0 }),
      button("↓", () => move(at, 1), { "aria-label": `Move down: ${text}`, disabled: at === order.length - 1 }));
  }));
  fill();
  return {
    box: make("fieldset", {}, make("legend", {}, ...legend), list, spoken),
    value: () => [...order],
    focus: () => list.querySelector("button:not(:disabled)").focus(),
  };
}

/** One native list of matches for each prompt; a match may be used again, or not at all. */
function matchingField(question, legend, response) {
  const selects = question.prompts.map((_, row) => make("select", { "data-lm-suppress-shortcuts": "true" },
    make("option", { value: "" }, "Choose a match"),
    ...question.options.map((text, at) => make("option", { value: at, selected: response?.[row] === at }, text))));
  const rows = question.prompts.map((text, row) => make("li", {}, make("label", {}, make("span", {}, text), selects[row])));
  const hint = "A match may be used more than once, or not at all.";
  return {
    box: make("fieldset", {}, make("legend", {}, ...legend, make("p", { class: "quiet" }, hint)),
      make("ul", { class: "pairs" }, ...rows)),
    value: () => selects.map(({ value }) => (value === "" ? null : Number(value))),
    focus: () => (selects.find(({ value }) => value === "") ?? selects[0]).focus(),
  };
}

/** A question's drawing with its table; the sentence that reads it comes with "Show me why". */
function figure({ svg, table }) {
  const drawing = make("div", { class: "chart" });
  drawing.innerHTML = svg;
  return [drawing, make("details", {}, make("summary", {}, "The data as a table"), tableOf(table))];
}
