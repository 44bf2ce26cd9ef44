const request = answer.request ?? {};
function headline() {
  const told = data.words[language];
  const { under_served: all, reached_before: before, newly_reached: added } = answer;
  const parts = [["already", before], ["newly", added], ["no", Math.max(0, all - before - added)]];
  const bar = drawn("svg", { viewBox: "0 0 1000 40", preserveAspectRatio: "none", width: "100%", height: 30, role: "img", "aria-label": told.people });
  let x = 0;
  for (const [kind, people] of parts) {
    const width = all > 0 ? (people / all) * 1000 : 0;
    bar.append(drawn("rect", { x, width, y: 0, height: 40, fill: COLOURS[kind], stroke: "#555", "stroke-width": 1, "vector-effect": "non-scaling-stroke" }));
    x += width;
  }
  const money = answer.cost ? ` ${words.cost} ${new Intl.NumberFormat(language, { style: "currency", currency: "EUR", maximumFractionDigits: 0 }).format(answer.cost)}` : "";
  return element("section", { "aria-label": words.title },
    illustrative.length ? element("p", { class: "warning" }, words.illustrativeText(illustrative.join(", "))) : null,
    element("p", { class: "headline" }, told.headline),
    bar,
    legend(["already", "newly", "no"]),
    element("p", {}, told.people),
    element("p", {}, `${whole(answer.sites_new)} ${words.new}${money}, ${words.beside(whole(answer.sites_existing))}.`),
    told.goal.map((line) => element("p", {}, line)),
    element("p", { class: "guarantee" }, told.guarantee));
}

function legend(kinds, sites = false) {
  const areas = kinds.map((kind) => element("li", {},
    swatch(drawn("rect", { x: 1, y: 1, width: 26, height: 18, fill: COLOURS[kind], stroke: "#555" })), words[kind]));
  const marks = !sites ? [] : [
    element("li", {}, swatch(drawn("circle", { cx: 14, cy: 10, r: 7, fill: "#000" })), words.newSite),
    element("li", {}, swatch(drawn("rect", { x: 8, y: 4, width: 12, height: 12, fill: COLOURS.blue })), words.existingSite)];
  return element("ul", { class: "legend" }, areas, marks);
}

function communeText(commune) {
  const site = siteOf.get(commune.site);
  return [
    named(commune.name, commune.id),
    `${whole(commune.population)} ${words.population}`,
    commune.people > 0 ? `${whole(commune.people)} ${words.people}, ${words[commune.kind]}` : words.uncounted,
    commune.access === null ? null : `${words.access} ${decimal(commune.access, 2)}`,
    site && commune.minutes !== null ? `${words.nearest}: ${site.name || site.id}, ${decimal(commune.minutes)} ${words.minutes}` : null,
  ].filter(Boolean).join(" · ");
}

function siteText(site) {
  const figures = site.new ? ` · ${words.peopleAdded}: ${whole(site.added)} · ${words.peopleLost}: ${whole(site.lost)}` : "";
  return `${site.new ? words.newSite : words.existingSite} ${named(site.name, site.id)}${figures}`;
}

/** Counts those left out by place: of territories the largest number first, of classes in their order. */
function leftTable(caption, head, rows, value, show) {
  const left = (row) => Math.max(0, row.under_served - row.reached_before - row.newly_reached);
  const some = rows.filter((row) => left(row) > 0);
  if (some.length < 2) return [];
  return table({ caption, titled: true, rows: some, first: 12, sorted: { at: 1, up: false }, columns: [
    { head, value, show },
    { head: words.left, number: true, value: left },
    { head: words.ofCounted, number: true, value: (row) => left(row) / row.under_served, show: fraction },
  ] });
}

function unreachedSection() {
  const left = communes.filter((commune) => commune.kind === "no").sort((one, other) => other.people - one.people || (one.id < other.id ? -1 : 1));
  const people = Math.max(0, answer.under_served - answer.reached_after);
  if (people === 0) return section("unreached", words.unreached, element("p", {}, words.unreachedNone));
  const { by_territory: territories = [], by_density: densities = [], out_of_reach: beyond } = answer;
  return section("unreached", words.unreached,
    element("p", {}, words.unreachedText(whole(people), share(people, answer.under_served), whole(left.length)),
      !beyond ? "" : ` ${words.outOfReach(whole(beyond))}`),
    element("div", { class: "columns" }, ...[
      leftTable(words.leftByTerritory, words.territory, territories, (row) => row.territory || null),
      leftTable(words.leftByDensity, words.density, densities, densityOf),
    ].filter((parts) => parts.length).map((parts) => element("div", {}, ...parts))),
    ...table({ caption: words.leftByCommune, titled: true, rows: left, first: 12, sorted: { at: 2, up: false }, columns: [
      { head: words.commune, value: (row) => named(row.name, row.id) },
      { head: words.territory, value: (row) => row.territory },
      { head: words.people, number: true, value: (row) => row.people },
      { head: words.nearest, value: (row) => siteOf.get(row.site)?.name || row.site },
      { head: words.minutes, number: true, value: (row) => row.minutes, show: (value) => (value === null ? "–" : decimal(value)) },
    ] }));
}

const densityOf = (row) => (row.density === null ? null : `${row.density} – ${words.densities[row.density - 1] ?? ""}`);

function sitesSection() {
  const rows = data.sites.filter((site) => site.new);
  const has = (field) => rows.some((row) => row[field] !== null && row[field] !== undefined);
  const columns = [
    { head: words.rank, number: true, up: true, value: (row) => row.rank },
    { head: words.site, value: (row) => named(row.name, row.id) },
    has("territory") && { head: words.territory, value: (row) => row.territory },
    has("kind") && { head: words.kind, value: (row) => row.kind },
    has("phase") && { head: words.phase, value: (row) => row.phase },
    { head: words.peopleAdded, number: true, value: (row) => row.added },
    { head: words.peopleLost, number: true, value: (row) => row.lost },
    has("cost") && { head: words.euros, number: true, value: (row) => row.cost },
  ].filter(Boolean);
  return section("sites", words.sites, ...table({ caption: words.sites, rows, columns, first: 25, printed: true, sorted: { at: 0, up: true } }), element("p", { class: "soft" }, words.sitesNote));
}

function countColumns(head, value, show) {
  const after = (row) => row.reached_before + row.newly_reached;
  return [
    { head, value, show },
    { head: words.counted, number: true, value: (row) => row.under_served },
    { head: words.reachedBefore, number: true, value: (row) => (row.under_served ? row.reached_before / row.under_served : null), show: fraction },
    { head: words.newlyReached, number: true, value: (row) => row.newly_reached },
    { head: words.reachedAfter, number: true, value: (row) => (row.under_served ? after(row) / row.under_served : null), show: fraction },
  ];
}

function territoriesSection() {
  const { by_territory: territories = [], by_density: densities = [], by_threshold: thresholds = [], rural } = answer;
  const parts = [];
  if (territories.length) parts.push(...table({ caption: words.territories, rows: territories, sorted: { at: 0, up: true },
    columns: [...countColumns(words.territory, (row) => row.territory || null), { head: words.sitesNew, number: true, value: (row) => row.sites_new }] }));
  if (densities.length) parts.push(...table({ caption: words.byDensity, titled: true, rows: densities, sorted: { at: 0, up: true },
    columns: [...countColumns(words.density, densityOf), { head: words.sitesNew, number: true, value: (row) => row.sites_new }] }));
  if (rural) parts.push(element("p", {}, words.rural(fraction(rural.sites_new), fraction(rural.sites_all), fraction(rural.people_newly_reached))));
  if (thresholds.length > 1) parts.push(...table({ caption: words.thresholds, titled: true, rows: thresholds, columns: countColumns(words.threshold, (row) => row.under, (value) => decimal(value, 2)) }));
  return parts.length ? section("territories", words.territories, ...parts) : null;
}

function phasesSection() {
  if (!answer.phases?.length) return null;
  return section("phases", words.phases, ...table({ caption: words.phases, rows: answer.phases, columns: [
    { head: words.phase, value: (row) => row.phase },
    { head: words.sitesOpened, number: true, value: (row) => row.sites_opened },
    { head: words.sitesSoFar, number: true, value: (row) => row.sites_new },
    { head: words.euros, number: true, value: (row) => row.cost },
    { head: words.newlyReached, number: true, value: (row) => row.newly_reached },
    { head: words.reachedAfter, number: true, value: (row) => row.reached_after / answer.under_served, show: fraction },
  ] }));
}

function rulesSection() {
  if (!answer.rules?.length) return null;
  return section("rules", words.rules, ...table({ caption: words.rules, rows: answer.rules, first: 15, columns: [
    { head: words.rule, value: (row) => row.words[language] },
    { head: words.value, number: true, value: (row) => row.value, show: (value) => (typeof value === "number" ? decimal(value, 3) : String(value ?? "–")) },
    { head: words.binds, value: (row) => row.binds, show: (value) => (value === null ? "–" : value ? words.yes : words.noWord) },
  ] }));
}

function curveSection(curve, at) {
  const picture = chart(curve);
  if (!picture) return null;
  const isFloor = curve.over === "floor";
  const [title, text] = isFloor ? [words.equity, words.equityText] : [words.frontier, words.frontierText];
  const { unit, value, bound } = answer.objective;
  return section(`curve-${at}`, title, picture,
    element("p", { class: "soft" }, text, !isFloor && unit === curve.unit ? ` ${words.chosenText(whole(value), whole(bound))}` : ""));
}

const spaced = (quantity) => String(quantity).replace(/(\d)([a-z])/, "$1\u00a0$2");

function lastSection() {
  const times = answer.inputs.find((input) => input.role === "times");
  const minutes = times ? words.byTimes(times.file) : request.roads ? words.byRoads(request.roads) : request.speed ? words.byLine(spaced(request.speed), decimal(Number(request.detour ?? 1), 3)) : words.byReach;
  const assumptions = [
    request.under === null || request.under === undefined ? null : words.under(request["access-field"], decimal(Number(request.under), 2)),
    request.within ? words.within(spaced(request.within)) : null,
    minutes, words.whole, words.use].filter(Boolean);
  return section("assumptions", words.assumptions, element("ul", {}, assumptions.map((text) => element("li", {}, text))),
    element("h2", {}, words.verify),
    element("p", {}, words.verifyText, " ", element("code", {}, "maillage verify plan.geojson")),
    answer.certificate ? element("p", {}, words.certificate(answer.certificate.file)) : null);
}

function speak(code) {
  onPaper = [];
  const focused = document.activeElement?.getAttribute?.("lang");
  language = code;
  words = code === "fr" ? french : english;
  document.documentElement.lang = code;
  document.title = data.words[code].headline || words.title;
  page.replaceChildren(...[
    header(words.title),
    element("main", {}, ...[headline(), mapSection(["before", "after", "added"], legend(["already", "newly", "no", "uncounted"], true)), unreachedSection(), sitesSection(), territoriesSection(), phasesSection(),
      ...data.curves.map(curveSection), rulesSection(), sourcesSection(), lastSection()].filter(Boolean)),
    element("footer", {}, element("p", {}, words.program(answer.program))),
  ]);
  if (focused) page.querySelector(`[lang="${code}"]`)?.focus();
}

speak(language === "fr" ? "fr" : "en");
