/** What tables do when the page goes to paper, and when it comes back. */
let onPaper = [];
addEventListener("beforeprint", () => onPaper.forEach((fill) => fill(true)));
addEventListener("afterprint", () => onPaper.forEach((fill) => fill(false)));

/**
 * A table: each column has a head, the value of a row, and how it is shown; where `sorted` is given, heads are buttons.
 * Where `printed` is given, paper holds all rows; else it says how many it leaves out. A table that is `low` needs no bar of its own; one that is `wide`
 * leaves its lists to the screen.
 */
function table({ columns, rows, caption, sorted, first, titled, printed, low, wide }) {
  let order = sorted?.at === undefined ? null : sorted;
  let all = !first || rows.length <= first;
  const body = element("tbody");
  const titles = columns.map(({ head }) => head.charAt(0).toUpperCase() + head.slice(1));
  const heads = columns.map((column, at) => {
    const head = element("th", { scope: "col", class: column.number ? "number" : column.code ? "code" : null });
    if (!sorted) head.append(titles[at]);
    else head.append(element("button", { type: "button", title: `${words.sortBy} ${column.head}`, onclick: () => sort(at) }, titles[at]));
    return head;
  });

  function sort(at) {
    const up = order?.at === at ? !order.up : !columns[at].number || columns[at].up === true;
    order = { at, up };
    fill();
  }

  function compare(one, other) {
    const [left, right] = [columns[order.at].value(one), columns[order.at].value(other)];
    if (left === right) return 0;
    if (left === null || left === undefined) return 1;
    if (right === null || right === undefined) return -1;
    const rising = typeof left === "number" ? left - right : String(left).localeCompare(String(right), language);
    return order.up ? rising : -rising;
  }

  function fill() {
    const shown = order ? [...rows].sort(compare) : rows;
    heads.forEach((head, at) => {
      if (!sorted) return;
      head.setAttribute("aria-sort", order?.at !== at ? "none" : order.up ? "ascending" : "descending");
      head.firstChild.textContent = titles[at] + (order?.at !== at ? "" : order.up ? " ▲" : " ▼");
    });
    body.replaceChildren(...shown.slice(0, all ? undefined : first).map((row) => element("tr", {}, columns.map((column) => {
      const value = column.value(row);
      const text = column.show ? column.show(value, row) : column.number ? whole(value) : value ?? "–";
      return element("td", { class: column.number ? "number" : column.code ? "code" : null }, text);
    }))));
  }

  fill();
  const made = element("div", { class: low ? "scroll" : "scroll tall", tabindex: 0, role: "region", "aria-label": caption },
    element("table", { class: wide ? "wide" : null }, element("caption", { class: titled ? null : "same" }, caption), element("thead", {}, element("tr", {}, heads)), body));
  if (all) return [made];
  const left = printed ? null : element("p", { class: "soft onpaper" }, words.cut(whole(first), whole(rows.length)));
  const more = element("button", { type: "button", onclick: () => {
    all = !all;
    left?.toggleAttribute("hidden", all);
    more.textContent = all ? words.showFewer : `${words.showAll} (${whole(rows.length)})`;
    fill();
  } }, `${words.showAll} (${whole(rows.length)})`);
  if (printed) onPaper.push((isOpening) => {
    const shown = all;
    all = all || isOpening;
    fill();
    all = shown;
  });
  return [made, element("p", { class: "more" }, more), left].filter(Boolean);
}
