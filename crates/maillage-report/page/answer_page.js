const request = data.request ?? {};

/** Keeps French signs on the line of their word. */
const typeset = (text) => (language === "fr" ? text.replace(/ ([:;?!»%€])/g, "\u00a0$1").replace(/« /g, "«\u00a0") : text);
const here = (texts) => typeset(texts[language === "fr" ? 1 : 0]);

/** Finds what stands between two spaces or more, and where: from which letter to which. */
const piecesOf = (line) => [...line.matchAll(/[^ ]+(?: [^ ]+)*/gu)].map(({ 0: text, index }) => {
  const start = Array.from(line.slice(0, index)).length;
  return { text, start, end: start + Array.from(text).length };
});

/** Cuts lines of letters of one width into the cells of a table, whose columns end flush right but for the first. */
function cellsOf([head, ...lines]) {
  const heads = piecesOf(head);
  const first = heads[0].start === 2 ? heads.shift().text : "";
  const edges = heads.map(({ end }) => end);
  if (!edges.length || !lines.length) return null;
  const rows = lines.map((line) => {
    const cells = ["", ...edges.map(() => "")];
    let waiting = [];
    let at = 0;
    for (const { text, end } of piecesOf(line)) {
      const edge = edges.indexOf(end);
      if (edge < 0 && at === 0) cells[0] = [cells[0], text].filter(Boolean).join("  ");
      else if (edge < 0) waiting.push(text);
      else [at, cells[edge + 1], waiting] = [edge + 1, [...waiting, text].join("  "), []];
    }
    return waiting.length ? null : cells;
  });
  return rows.includes(null) ? null : { heads: [first, ...heads.map(({ text }) => text)], rows };
}

const isNumber = (text) => /^[-−≥]?\s?€?\d[\d.,\s–]*[%€]?$/u.test(text);

function toldTable(lines, caption) {
  const cut = cellsOf(lines);
  if (!cut) return lines.length > 1 ? element("div", { class: "scroll" }, element("pre", {}, lines.join("\n"))) : element("p", {}, typeset(lines[0].trim()));
  const columns = cut.heads.map((head, at) => {
    const cells = cut.rows.map((row) => row[at]).filter((cell) => cell && cell !== "–");
    return { head: typeset(head), number: at > 0 && cells.length > 0 && cells.every(isNumber), value: (row) => row[at], show: (cell) => typeset(cell) };
  });
  return [caption === undefined ? null : element("h3", {}, typeset(caption)),
    ...table({ caption: typeset(caption ?? here(data.title)), rows: cut.rows, columns, low: true })];
}

/** What the program says of the answer: first sentences, then tables, each under the sentence that stands right above it. */
function toldParts() {
  const parts = [];
  let first;
  for (const text of data.told[language === "fr" ? 1 : 0].replace(/^\n+|\s+$/g, "").split(/\n\n+/)) {
    const lines = text.split("\n");
    let caption;
    while (lines.length) {
      const inner = lines.findIndex((line) => !line.startsWith("  "));
      if (inner === 0) {
        const line = lines.shift();
        if (lines[0]?.startsWith("  ") && piecesOf(lines[0]).length > 1) caption = line;
        else parts.push(element("p", parts.length ? {} : { class: "headline" }, typeset(line)));
      } else {
        first ??= parts.length;
        parts.push(toldTable(lines.splice(0, inner < 0 ? lines.length : inner), caption));
        caption = undefined;
      }
    }
  }
  // What follows the first table stays with it.
  return [parts.slice(0, first), first === undefined ? [] : parts.slice(first)];
}

const spaced = (quantity) => String(quantity).replace(/(\d)([a-z])/, "$1\u00a0$2");

/** What the figures rest on. */
function methodSection() {
  const times = inputs.find((input) => input.role === "times");
  const minutes = times ? words.byTimes(times.file)
    : request.roads ? words.byRoads(request.roads)
    : request.reach ? words.byReach
      : request.speed && request.detour ? words.byLine(spaced(request.speed), decimal(Number(request.detour), 3)) : null;
  const said = [
    request.under === null || request.under === undefined || !request["access-field"] ? null : words.under(request["access-field"], decimal(Number(request.under), 2)),
    request.within ? words.within(spaced(request.within)) : null,
    minutes, request.grid ? null : words.whole, words.use].filter(Boolean);
  return section("assumptions", words.assumptions, element("ul", {}, said.map((text) => element("li", {}, text))));
}

/** Says of a row what its columns hold, but for what nobody knows. */
function rowText(sheet, row) {
  const known = sheet.columns.map((column, at) => [column, row[at], at]).filter(([column, value, at]) => at > 1 && value !== null && !column.long);
  return [named(row[1], row[0]), ...known.map(([column, value]) => `${here(column.head)}${language === "fr" ? "\u00a0: " : ": "}${shownCell(sheet, column, value)}`)].join(" · ");
}

const communeText = (commune) => rowText(areas, commune.row);
const siteText = (mark) => rowText(mark.sheet, mark.row);

function shownCell(sheet, column, value) {
  if (value === null || value === undefined) return "–";
  const label = (column.name === sheet.column && sheet.classes.find((one) => one.value === value)?.label) || column.words[value];
  if (label) return here(label);
  if (column.kind === "share") return fraction(value);
  if (column.kind === "whole") return whole(value);
  // Nothing is said to be nearer than it is.
  if (column.kind === "decimal" && column.name.startsWith("minutes")) return decimal(Math.max(0, Math.ceil(value * 10 - 1e-6)) / 10);
  if (column.kind === "decimal") return decimal(value, 3);
  if (typeof value === "boolean") return value ? words.yes : words.noWord;
  return String(value);
}

function legends() {
  const form = ({ form, colour }) => (form === "area"
    ? drawn("rect", { x: 1, y: 1, width: 26, height: 18, fill: colour, stroke: "#555" })
    : drawnMark(form === "dot" ? "circle" : form, 14, 10, 7 * SIZES[form], { fill: colour }));
  const used = (sheet) => sheet.classes.filter((_, kind) => sheet.classOf.includes(kind));
  return data.sheets.filter((sheet) => sheet.role).map((sheet) => element("ul", { class: "legend" },
    used(sheet).map((one) => element("li", {}, swatch(form(one)), here(one.label)))));
}

function sheetSection(sheet, at) {
  if (!sheet.rows.length) return null;
  const columns = sheet.columns.map((column, place) => ({
    head: here(column.head), number: column.kind === "whole" || column.kind === "decimal" || column.kind === "share",
    code: column.long && column.name !== "name", value: (row) => row[place], show: (value) => shownCell(sheet, column, value),
  })).filter((_, place) => sheet.rows.some((row) => row[place] !== null));
  // Lists of sites would leave a sheet of paper no room for the rest.
  const wide = columns.length > 9 ? columns.filter(({ code }) => code).map(({ head }) => head) : [];
  const notes = sheet.columns.filter((column) => here(column.note)).map((column) =>
    [element("dt", {}, here(column.head)), element("dd", {}, here(column.note))]);
  return section(`sheet-${at}`, here(sheet.title),
    ...table({ caption: here(sheet.title), rows: sheet.rows, columns, first: 25, printed: sheet.rows.length <= 200, wide: wide.length > 0, sorted: {} }),
    wide.length ? element("p", { class: "soft onpaper" }, words.onScreen(wide.join(", "))) : null,
    element("details", { class: "soft" }, element("summary", {}, words.columns), element("dl", {}, ...notes)));
}

function speak(code) {
  onPaper = [];
  const focused = document.activeElement?.getAttribute?.("lang");
  language = code;
  words = code === "fr" ? french : english;
  document.documentElement.lang = code;
  document.title = here(data.title);
  const [sentences, figures] = toldParts();
  page.replaceChildren(...[
    header(here(data.title)),
    element("main", {}, ...[
      element("section", { "aria-label": here(data.title) },
        illustrative.length ? element("p", { class: "warning" }, words.illustrativeText(illustrative.join(", "))) : null, sentences),
      areas && data.map ? mapSection([], legends()) : null,
      figures.length ? filled(section("figures", words.figures, figures), { class: "answer" }, []) : null,
      ...data.sheets.map(sheetSection), methodSection(), sourcesSection()].filter(Boolean)),
    element("footer", {}, element("p", {}, words.program(data.program))),
  ]);
  if (focused) page.querySelector(`[lang="${code}"]`)?.focus();
}

speak(language === "fr" ? "fr" : "en");
