// What a page is made of where Python lays it out: headings, sentences, lists, charts, tables, forms,
// buttons and questions to open. `send` takes a message to Python.

function blocks(list, send, link) {
  return list.flatMap((block) => Object.entries(block).map(([kind, data]) => BLOCKS[kind](data, send, link)));
}

const BLOCKS = {
  heading: (text) => make("p", { class: "subtitle", role: "heading", "aria-level": "4", tabindex: "-1" }, text),
  said: (text) => make("p", {}, text),
  quiet: (text) => make("p", { class: "quiet" }, text),
  list: (lines) => make("ul", {}, ...lines.map((text) => make("li", {}, text))),
  chart: chartBlock,
  table: ([caption, ...rest]) => make("details", {}, make("summary", {}, caption), tableOf([caption, ...rest])),
  form: formBlock,
  buttons: (steps, send) => make("div", { class: "buttons" },
    ...steps.map(({ text, message }) => button(text, () => send(message)))),
  questions: questionsBlock,
};

function chartBlock([svg, reading, table]) {
  const drawing = make("div", { class: "chart" });
  drawing.innerHTML = svg;
  return make("div", {}, drawing, make("p", { class: "reading" }, reading),
    make("details", {}, make("summary", {}, "The data as a table"), tableOf(table)));
}

/** A form whose fields are sent, by name, with its message. */
function formBlock({ fields, text, message }, send) {
  const parts = fields.map((field) => FIELDS[field.kind](field));
  const form = make("form", { class: "ask" }, ...parts.map(({ box }) => box), make("div", { class: "buttons" },
    make("button", { type: "submit", "data-lm-suppress-shortcuts": "true" }, text)));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const values = parts.map(({ value }, at) => [fields[at].name, value()]);
    send({ ...message, ...Object.fromEntries(values) });
  });
  return form;
}

const FIELDS = {
  checks({ label, fold, texts, chosen }) {
    const boxes = texts.map((_, at) => input("checkbox", { checked: chosen.includes(at) }));
    const all = button("All or none", () => {
      const on = !boxes.every(({ checked }) => checked);
      for (const box of boxes) box.checked = on;
    });
    const labels = texts.map((text, at) => make("label", {}, boxes[at], make("span", {}, text)));
    const legend = make("legend", { class: "spoken" }, label);
    return {
      box: make("details", {}, make("summary", {}, fold), make("fieldset", { class: "folded" }, legend, ...labels, all)),
      value: () => boxes.flatMap(({ checked }, at) => (checked ? [at] : [])),
    };
  },
  choice({ label, texts, chosen }) {
    let at = chosen;
    return { box: radios(label, texts, chosen, (now) => { at = now; }).box, value: () => at };
  },
  text({ label, note, type, value }) {
    const field = input(type, { autocomplete: "off", value: value ?? "" });
    const words = make("span", {}, label, note ? make("span", { class: "quiet" }, ` ${note}`) : null);
    return { box: make("label", { class: "stacked" }, words, field), value: () => field.value.trim() };
  },
};

/** Answered questions to open one by one; each is fetched when it is opened. */
function questionsBlock(list, send, link) {
  return make("div", { class: "answered" }, ...list.map(({ id, text, tone }) => {
    const box = make("details", { class: tone }, make("summary", {}, text));
    box.addEventListener("toggle", async () => {
      if (!box.open || box.children.length > 1) return;
      const reply = await link.ask({ do: "shown", question: id });
      box.append(reply.error ? make("p", { role: "alert" }, reply.error)
        : questionForm(reply.question, "", reply.kept, link, () => {}, { closed: true }));
    });
    return box;
  }));
}
