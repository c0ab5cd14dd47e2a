// What a pre-test leads to: the lessons to read, and those that were known.

/**
 * After a pre-test: the lessons to read and those that were known, and what to say of them. Known is
 * what was right at the first attempt and no guess: whoever has read the feedback answers from it.
 */
export function pathThrough(lessons, done) {
  const asked = Object.entries(lessons ?? {});
  const knew = ([id]) => {
    const { correct, confidence, attempt } = done.get(id);
    return correct && confidence > 0 && attempt === 1;
  };
  const lessonsOf = (chosen) => chosen.map(([, lesson]) => lesson);
  const known = lessonsOf(asked.filter(knew));
  const read = lessonsOf(asked.filter((one) => !knew(one)));
  return { known, read, said: asked.length ? [pathSaid(read, known)] : [] };
}

function pathSaid(read, known) {
  if (!read.length) return "Your path: nothing to read. The questions at the end of each lesson will do.";
  const minutes = read.reduce((sum, lesson) => sum + lesson.minutes, 0);
  const some = read.length === 1 ? "1 lesson" : `${read.length} lessons`;
  const others = known.length === 1 ? "one" : known.length;
  const rest = known.length ? `; for the other ${others} the questions at the end will do` : "";
  return `Your path: ${some} to read, about ${minutes} minutes${rest}. The list follows.`;
}

function pathList({ read, known }, link) {
  const group = (heading, chosen) => (chosen.length
    ? [make("p", {}, make("b", {}, heading)), make("ul", {}, ...chosen.map((one) => make("li", {}, lessonLink(one, link))))] : []);
  return [...group("Read these, in this order:", read), ...group("You knew these; their questions at the end will do:", known)];
}

/** A link to a lesson: a page beside this one, or a document of the JupyterLab that shows this. */
function lessonLink({ number, title, file }, link) {
  const words = `Lesson ${number}, ${title}`;
  if (!link.live) return make("a", { href: file.replace(/\.ipynb$/, ".html") }, words);
  // After a reload JupyterLab's address may name no document: then the course's own folder will do.
  const address = decodeURIComponent(location.pathname);
  const folder = /\/(?:tree|notebooks)\/((?:[^/]+\/)*)[^/]+\.ipynb$/.exec(address)?.[1] ?? "notebooks/";
  const lab = JSON.parse(document.getElementById("jupyter-config-data")?.textContent ?? "{}");
  return make("a", {
    href: lab.baseUrl ? `${lab.baseUrl}lab/tree/${folder}${file}` : file,
    // JupyterLab obeys these on a click or Enter: the lesson opens beside this one.
    "data-commandlinker-command": "docmanager:open",
    "data-commandlinker-args": JSON.stringify({ path: folder + file }),
  }, words);
}
