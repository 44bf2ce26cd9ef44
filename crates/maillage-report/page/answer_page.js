const here = (texts) => texts[language === "fr" ? 1 : 0];

/** What the program says of the answer: paragraphs, and tables of letters of one width. */
function toldSection() {
  const parts = data.told[language === "fr" ? 1 : 0].replace(/^\n+|\s+$/g, "").split(/\n\n+/);
  return element("section", { "aria-label": here(data.title) },
    illustrative.length ? element("p", { class: "warning" }, words.illustrativeText(illustrative.join(", "))) : null,
    parts.map((part) => (part.includes("\n  ") || /\S {2,}\S/.test(part)
      ? element("div", { class: "scroll" }, element("pre", {}, part)) : part.split("\n").map((line) => element("p", {}, line)))));
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
  if (column.kind === "decimal") return decimal(value, 3);
  if (typeof value === "boolean") return value ? words.yes : words.noWord;
  return String(value);
}

function legends() {
  const form = ({ form, colour }) => (form === "area"
    ? drawn("rect", { x: 1, y: 1, width: 26, height: 18, fill: colour, stroke: "#555" })
    : form === "square"
      ? drawn("rect", { x: 8, y: 4, width: 12, height: 12, fill: colour })
      : drawn("circle", { cx: 14, cy: 10, r: form === "dot" ? 4 : 7, fill: colour }));
  const used = (sheet) => sheet.classes.filter((_, kind) => sheet.classOf.includes(kind));
  return data.sheets.filter((sheet) => sheet.role).map((sheet) => element("ul", { class: "legend" },
    used(sheet).map((one) => element("li", {}, swatch(form(one)), here(one.label)))));
}

function sheetSection(sheet, at) {
  if (!sheet.rows.length) return null;
  const columns = sheet.columns.map((column, place) => ({
    head: here(column.head), number: column.kind === "whole" || column.kind === "decimal" || column.kind === "share",
    code: column.long, value: (row) => row[place], show: (value) => shownCell(sheet, column, value),
  })).filter((_, place) => sheet.rows.some((row) => row[place] !== null));
  const notes = sheet.columns.filter((column) => here(column.note)).map((column) =>
    [element("dt", {}, here(column.head)), element("dd", {}, here(column.note))]);
  return section(`sheet-${at}`, here(sheet.title),
    ...table({ caption: here(sheet.title), rows: sheet.rows, columns, first: 25, printed: sheet.rows.length <= 200, sorted: {} }),
    element("details", { class: "soft" }, element("summary", {}, words.columns), element("dl", {}, ...notes)));
}

function speak(code) {
  onPaper = [];
  const focused = document.activeElement?.getAttribute?.("lang");
  language = code;
  words = code === "fr" ? french : english;
  document.documentElement.lang = code;
  document.title = here(data.title);
  page.replaceChildren(...[
    header(here(data.title)),
    element("main", {}, ...[toldSection(), areas && data.map ? mapSection([], legends()) : null,
      ...data.sheets.map(sheetSection), sourcesSection()].filter(Boolean)),
    element("footer", {}, element("p", {}, words.program(data.program))),
  ]);
  if (focused) page.querySelector(`[lang="${code}"]`)?.focus();
}

speak(language === "fr" ? "fr" : "en");
