// What stands behind a widget of an exported page: no Python, and this browser's own database
// (IndexedDB), which says when a thing is safe. `localStorage` never does, and was seen to forget.

/** One transaction on what this browser keeps for the course, over by the time it resolves. */
async function inBrowser(mode, work) {
  const opening = indexedDB.open("poems-course", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("kept");
  const database = await new Promise((resolve, reject) => {
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  try {
    const transaction = database.transaction("kept", mode, { durability: "strict" });
    const over = new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    const result = work(transaction.objectStore("kept"));
    await over;
    return result;
  } finally {
    database.close();
  }
}

/** What is kept under a name; nothing where the browser keeps nothing. */
async function keptAs(name) {
  try { return (await inBrowser("readonly", (store) => store.get(name))).result ?? {}; } catch { return {}; }
}

/** The link in an exported page: answers are computed here. `kept` is what was kept last; `keep`
 *  changes it (also what another window kept meanwhile), and resolves with whether it is safe. */
function pageLink(data, answer, kept) {
  const link = { view: data.view, live: false, kept, tell() {} };
  link.keep = async (change) => {
    let changed;
    try {
      await inBrowser("readwrite", (store) => {
        const found = store.get(data.view.id);
        found.onsuccess = () => store.put(changed = change(found.result ?? {}), data.view.id);
      });
    } catch { return false; }
    link.kept = changed;
    return true;
  };
  link.ask = async (message) => answer(message, data, link);
  return link;
}

/** Show a widget in every place of an exported page that still holds its static form. */
async function mountPage(mount, data, answer, style) {
  if (!document.getElementById("poems-style")) {
    document.head.append(make("style", { id: "poems-style" }, style));
  }
  const kept = await keptAs(data.view.id);
  for (const place of document.querySelectorAll(`[data-poems="${data.view.id}"]`)) {
    delete place.dataset.poems;
    const root = make("div", { class: "poems", role: "group" });
    place.replaceChildren(root);
    mount(root, pageLink(data, answer, kept));
  }
}
