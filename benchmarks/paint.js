// Drives one control and tells how long it took until the new chart was painted: from the event to
// the second animation frame after the chart's last needed change in the document.

const CELLS = ".jp-Notebook .jp-CodeCell";
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const twoFrames = () => new Promise((resolve) =>
  requestAnimationFrame(() => requestAnimationFrame(resolve)));

const explorer = {
  ready: (cell) => cell.querySelector(".poems .chart svg"),
  look: (cell) => cell.querySelector(".poems .chart svg"),
  changed: (now, before) => now && now !== before,
  // The course's explorers start with a slider, or with radio buttons where they have none.
  move(cell, to) {
    const slider = cell.querySelector(".poems input[type=range]");
    if (slider) {
      slider.value = Number(slider.min) + to % (Number(slider.max) - Number(slider.min) + 1);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
      return;
    }
    const boxes = [...cell.querySelectorAll(".poems .controls input")];
    const others = boxes.filter((box) => box.type === "checkbox" || !box.checked);
    others[to % others.length].click();
  },
};

// One whose page holds every state, once the kernel has drawn and sent them.
const drawn = { ...explorer, ready: (cell) => cell.querySelector('.poems[data-ready="states"]') };

const lines = (cell) => [...cell.querySelectorAll(".scatterlayer .js-line")];
const plotly = {
  ready: (cell) => lines(cell).length === 3 && cell.querySelector(".noUi-handle"),
  look: (cell) => ({
    title: cell.querySelector(".gtitle")?.textContent,
    paths: lines(cell).map((line) => line.getAttribute("d")),
  }),
  changed: (now, before) =>
    now.title !== before.title && now.paths.length === 3 &&
    now.paths.every((path, i) => path && path !== before.paths[i]),
  // ipywidgets' slider hears arrow keys; where they bubble, JupyterLab hears them too.
  move(cell, to, from) {
    const key = to > from ? "ArrowRight" : "ArrowLeft";
    cell.querySelector(".noUi-handle").dispatchEvent(new KeyboardEvent("keydown", { key }));
  },
};

// What the browser itself takes: one word changes, two frames pass.
const word = {
  ready: (cell) => cell.querySelector(".bench-word"),
  look: (cell) => cell.querySelector(".bench-word").textContent,
  changed: (now, before) => now !== before,
  move(cell, to) { cell.querySelector(".bench-word").textContent = String(to); },
};

const KINDS = { explorer, drawn, plotly, word };

/** Whether the cell's widget is there to be moved. */
function ready({ index, kind }) {
  const cell = document.querySelectorAll(CELLS)[index];
  cell.scrollIntoView({ block: "center" });
  return Boolean(KINDS[kind].ready(cell));
}

function oneMove(cell, { look, changed, move }, to, from) {
  return new Promise((resolve, reject) => {
    const before = look(cell);
    const late = setTimeout(() => reject(new Error(`no new chart for position ${to}`)), 15000);
    const observer = new MutationObserver(async () => {
      if (!changed(look(cell), before)) return;
      observer.disconnect();
      clearTimeout(late);
      await twoFrames();
      resolve(performance.now() - start);
    });
    observer.observe(cell, { subtree: true, childList: true, attributes: true, characterData: true });
    const start = performance.now();
    move(cell, to, from);
  });
}

/** Milliseconds of each move through these positions, with a rest between them. */
async function measure({ index, kind, positions, rest }) {
  const cell = document.querySelectorAll(CELLS)[index];
  cell.scrollIntoView({ block: "center" });
  await pause(300);
  const times = [];
  for (let i = 1; i < positions.length; i += 1) {
    times.push(await oneMove(cell, KINDS[kind], positions[i], positions[i - 1]));
    await pause(rest + (i * 7) % 17);  // so that moves do not fall into step with the frames
  }
  return times;
}

window.paint = { ready, measure };
