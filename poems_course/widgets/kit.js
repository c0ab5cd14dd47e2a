// What explorer and quiz share. Each file of the kit is plain functions; Python joins them into
// one module. A widget is `mount(root, link)`: the link hides whether Python, or only this page,
// stands behind it.

/** Make an element: attributes, `on...` handlers, then children (strings become text). */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

let made = 0;
/** A name that nothing else has: no other widget, and no other view of this one. */
function unique() {
  made += 1;
  return `poems-${made}-${Math.random().toString(36).slice(2, 8)}`;
}

/** Native, labelled radio buttons in a named group; `change` gets the chosen position. */
function radios(legend, texts, chosen, change) {
  const name = unique();
  const inputs = texts.map((_, at) =>
    input("radio", { name, value: at, checked: at === chosen, onchange: () => change(at) }));
  const labels = texts.map((text, at) => make("label", {}, inputs[at], make("span", {}, text)));
  return { box: make("fieldset", {}, make("legend", {}, ...[legend].flat()), ...labels), inputs };
}

/** An input that JupyterLab's shortcuts leave alone. */
function input(type, attributes) {
  return make("input", { type, "data-lm-suppress-shortcuts": "true", ...attributes });
}

/** A button that submits nothing. */
function button(text, onclick, attributes = {}) {
  return make("button", { type: "button", "data-lm-suppress-shortcuts": "true", onclick, ...attributes }, text);
}

/** Keys pressed inside stay inside: in a notebook `x` would cut the cell, arrows would leave it. */
function keepKeys(root) {
  for (const kind of ["keydown", "keypress", "keyup"]) {
    root.addEventListener(kind, (event) => event.stopPropagation());
  }
}

/** A table from [caption, columns, rows]. */
function tableOf([caption, columns, rows]) {
  const head = make("tr", {}, ...columns.map((text) => make("th", { scope: "col" }, text)));
  const body = rows.map((row) => make("tr", {}, ...row.map((cell) => make("td", {}, String(cell)))));
  const table = make("table", {}, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...body));
  return make("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption }, table);
}

/** JSON from gzip-compressed bytes. */
async function unpack(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** Offers a text as a file to save. */
function saveFile(name, text, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  make("a", { href: url, download: name }).click();
  URL.revokeObjectURL(url);
}

/** A line where trouble is told at once; empty until then. */
function troubleLine(root) {
  const line = make("p", { class: "trouble", role: "alert" });
  root.append(line);
  return (text, ...extras) => line.replaceChildren(...(text ? [text, ...extras] : []));
}

/** The link to a live kernel: `ask` resolves with Python's reply; errors come back as words. */
function kernelLink(model) {
  const waiting = new Map();
  const receive = (reply, buffers) => {
    waiting.get(reply.number)?.({ ...reply, packed: buffers?.[0] });
    waiting.delete(reply.number);
  };
  model.on("msg:custom", receive);
  return {
    view: model.get("view"),
    live: true,
    ask(message, slow) {
      const mine = unique();  // Python's replies reach every view of a widget
      const notice = slow && setTimeout(slow, 2500);
      return new Promise((resolve) => {
        waiting.set(mine, (reply) => { clearTimeout(notice); resolve(reply); });
        model.send({ ...message, number: mine });
      });
    },
    tell(message) { model.send(message); },
    close() { model.off("msg:custom", receive); },
  };
}

const SLOW = "Still waiting for Python. If it was restarted, run this cell again; " +
  "what you chose stays here.";

/** Show a widget in a notebook's output; gives back what removes it. */
function mountLive(mount, { model, el }) {
  const link = kernelLink(model);
  const root = make("div", { class: "poems", role: "group" });
  keepKeys(root);
  el.replaceChildren(root);
  mount(root, link);
  return () => link.close();
}
