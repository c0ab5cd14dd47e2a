// The explorer: controls, a chart, one sentence, a table. Soon after it shows, all states come
// drawn and packed, in the order in which the last control runs fastest; Python is then only asked
// where there are too many of them.

function explorer(root, link) {
  const { view } = link;
  const left = link.kept?.at;
  let at = [...(fits(left, view.controls) ? left : view.at)];
  let states = null;
  let asked = 0;
  let still;

  const chart = make("div", { class: "chart" });
  const reading = make("p", { class: "reading" });
  const table = make("details", {}, make("summary", {}, "The data as a table"));
  const spoken = make("p", { class: "spoken", role: "status" });
  const controls = make("form", { class: "controls", onsubmit: (event) => event.preventDefault() });
  root.setAttribute("aria-label", `Explorer: ${view.title}`);
  root.append(
    make("p", { class: "title", role: "heading", "aria-level": "3" }, view.title),
    make("p", { class: "prompt" }, view.prompt),
    controls, chart, reading, table, spoken);
  const trouble = troubleLine(root);

  const show = ([svg, sentence, data]) => {
    chart.innerHTML = svg;
    reading.textContent = sentence;
    table.replaceChildren(table.firstChild, tableOf(data));
    clearTimeout(still);
    still = setTimeout(settle, 600, sentence);
  };
  // Screen reader and log hear of a position once the learner rests on it, not of every step.
  const settle = (sentence) => {
    if (spoken.textContent !== sentence) spoken.textContent = sentence;
    link.keep?.(() => ({ at }));
    link.tell({ do: "moved", at });
  };
  const place = () => at.reduce((sum, position, i) => sum * view.controls[i].texts.length + position, 0);

  async function draw() {
    if (states) return show(states[place()]);
    asked += 1;
    if (!link.live) return undefined;  // the states are on their way
    const mine = asked;
    const reply = await link.ask({ do: "chart", at }, () => trouble(SLOW));
    if (mine !== asked) return undefined;  // the learner has moved on
    trouble(reply.error);
    return reply.chart && show(reply.chart);
  }
  const build = () => controls.replaceChildren(
    ...view.controls.map((control, i) => controlFor(control, at[i], (value) => { at[i] = value; draw(); })),
    button("Start again", () => { at = [...view.start]; build(); draw(); controls.querySelector("input").focus(); }));

  build();
  chart.innerHTML = view.chart[0];
  reading.textContent = view.chart[1];
  table.append(tableOf(view.chart[2]));
  if (view.drawn) {
    link.ask({ do: "states" }).then(({ packed, error }) => {
      if (error) throw new Error(error);
      return unpack(packed);
    }).then((all) => {
      states = all;
      if (String(at) !== String(view.at) || asked) draw();
      root.dataset.ready = "states";
    }).catch((error) => trouble(`The other states cannot be shown here: ${error.message}`));
  }
}

/** Whether kept positions still are positions: the explorer may have changed since. */
function fits(at, controls) {
  return at?.length === controls.length && controls.every(({ texts }, i) => at[i] in texts);
}

/** How an exported page answers for Python. */
function answerExplorer(_message, data) {
  return { packed: Uint8Array.from(atob(data.packed), (char) => char.charCodeAt(0)) };
}

/** One control with its label; `move` gets the new position. */
function controlFor(control, start, move) {
  const { kind, label, texts } = control;
  if (kind === "choice") return radios(label, texts, start, move).box;
  if (kind === "toggle") {
    const box = input("checkbox", { checked: start === 1, onchange: () => move(Number(box.checked)) });
    return make("label", { class: "toggle" }, box, make("span", {}, label));
  }
  const value = make("output", {}, texts[start]);
  const slider = input("range", {
    min: 0, max: texts.length - 1, step: 1, value: start, "aria-valuetext": texts[start],
    oninput: () => {
      value.textContent = texts[slider.value];
      slider.setAttribute("aria-valuetext", texts[slider.value]);
      move(Number(slider.value));
    },
  });
  return make("label", { class: "slider" }, make("span", {}, `${label}: `, value), slider);
}
