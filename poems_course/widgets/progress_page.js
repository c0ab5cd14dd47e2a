// The progress page: what Python says of the log, and a button to look again.

function progressPage(root, link) {
  const { view } = link;
  const body = make("div", {});
  const told = make("p", { class: "told", role: "status" });
  root.setAttribute("aria-label", view.title);
  root.append(make("p", { class: "title", role: "heading", "aria-level": "3" }, view.title), body,
    make("div", { class: "buttons" }, button("Look again", renew)), told);
  const trouble = troubleLine(root);

  async function renew() {
    const reply = await link.ask({ do: "renew" }, () => trouble(SLOW));
    trouble(reply.error);
    if (!reply.blocks) return;
    body.replaceChildren(...blocks(reply.blocks));
    told.textContent = `As of ${new Date().toLocaleTimeString([], { timeStyle: "short" })}.`;
  }
  body.replaceChildren(...blocks(view.blocks));
  trouble(view.notice);
}
