const page = document.getElementById("page");
const section = (name, title, ...content) => element("section", { "aria-labelledby": name }, element("h2", { id: name }, title), ...content);
const origins = inputs.flatMap((input) => (input.access ? [input, { ...input.access, role: "access", file: input.file }] : [input]));
const illustrative = [...new Set(origins.filter((origin) => origin.illustrative).map((origin) => origin.file))];

function header(title) {
  const languages = element("div", { class: "languages group", role: "group", "aria-label": "Language / Langue" },
    [["en", english], ["fr", french]].map(([code, of]) =>
      element("button", { type: "button", lang: code, "aria-pressed": String(code === language), onclick: () => speak(code) }, of.language)));
  return element("header", {}, element("h1", {}, title), languages);
}

let hand;
const lastTold = { commune: undefined, site: undefined };

/** The map; `layers` are the names of what it can show, and `legends` say what its colours and marks mean. */
function mapSection(layers, legends) {
  const told = element("p", { class: "told", "aria-live": "polite", id: "told" });
  const tell = (commune, site) => {
    Object.assign(lastTold, { commune, site });
    told.textContent = [site && siteText(site), commune && communeText(commune)].filter(Boolean).join(" · ") || words.hover;
  };
  if (hand) hand.tell = tell;
  hand ??= new MapHand(tell);
  hand.top.setAttribute("aria-label", words.mapHint);
  const buttons = layers.map((layer) => element("button", {
    type: "button", "data-layer": layer, "aria-pressed": String(layer === hand.layer),
    onclick: () => {
      hand.layer = layer;
      buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.layer === layer)));
      hand.draw();
    },
  }, words[layer]));
  const names = element("datalist", { id: "names" });
  const find = element("input", { type: "search", list: "names", placeholder: words.search, "aria-label": words.search, id: "search", autocomplete: "off" });
  find.addEventListener("input", () => suggest(find.value, names));
  find.addEventListener("change", () => {
    const commune = sought(find.value)[0];
    if (commune) hand.show(commune);
    else if (find.value) told.textContent = words.notFound;
  });
  hand.box.querySelector(".zoom")?.remove();
  hand.box.querySelector(".watermark")?.remove();
  hand.box.append(element("div", { class: "zoom" }, [["+", words.zoomIn, () => hand.zoom(1.6)], ["−", words.zoomOut, () => hand.zoom(1 / 1.6)], ["⤢", words.zoomAll, () => hand.showAll()]]
    .map(([sign, label, act]) => element("button", { type: "button", "aria-label": label, title: label, onclick: act }, sign))));
  if (illustrative.length) hand.box.append(element("div", { class: "watermark" }, words.illustrative));
  tell(lastTold.commune, lastTold.site);
  return section("map-title", words.map,
    element("div", { class: "tools" }, buttons.length ? element("div", { class: "group", role: "group", "aria-label": words.layers }, buttons) : null, find, names),
    hand.box, element("p", { class: "soft fingers" }, words.fingers), told, legends,
    element("p", { class: "soft" }, words.borders(whole(data.map.tolerance))));
}

const plain = (text) => (text ?? "").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
function sought(text) {
  const asked = plain(text.trim());
  if (!asked) return [];
  const exact = communes.filter((commune) => plain(commune.id) === asked || plain(commune.name) === asked || plain(named(commune.name, commune.id)) === asked);
  const starts = communes.filter((commune) => plain(commune.name).startsWith(asked));
  return [...new Set([...exact, ...starts, ...communes.filter((commune) => plain(commune.name).includes(asked))])];
}

function suggest(text, names) {
  names.replaceChildren(...sought(text).slice(0, 12).map((commune) => element("option", { value: named(commune.name, commune.id) })));
}

function swatch(...content) {
  return drawn("svg", { viewBox: "0 0 28 20", "aria-hidden": "true" }, ...content);
}

function sourcesSection() {
  const years = [...new Set(origins.map((input) => input.year).filter((year) => year !== null && year !== undefined))].sort();
  return section("sources", words.sources,
    years.length > 1 ? element("p", { class: "warning" }, words.yearsDiffer(years.join(", "))) : null,
    ...table({ caption: words.sources, rows: origins, columns: [
      { head: words.file, value: (row) => row.file },
      { head: words.role, value: (row) => words.roles[row.role] ?? row.role },
      { head: words.source, value: (row) => (row.source ?? words.unknown) + (row.illustrative ? ` (${words.illustrative})` : "") },
      { head: words.year, value: (row) => String(row.year ?? words.unknown) },
      { head: words.rows, number: true, value: (row) => row.features },
      { head: "SHA-256", code: true, value: (row) => row.sha256 },
    ] }));
}
