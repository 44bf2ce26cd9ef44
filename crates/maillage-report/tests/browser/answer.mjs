// Drives the page of an answer around a plan in headless Chromium; run by tests/browser.rs.
import { check, colours, complaints, look, pictured } from "./browser.mjs";

const [, , file, expected, pictures] = process.argv;
const { commune, communeName, rows } = JSON.parse(expected);

await look(file, async (page) => {
  await page.waitForSelector(".map[data-drawn]");
  const seen = await colours(page);
  check((seen["230,159,0"] ?? 0) > 100 && (seen["158,202,225"] ?? 0) > 100, `each class has its colour: ${JSON.stringify(seen)}`);
  check((seen["0,0,0"] ?? 0) > 10, "new sites are on the map");

  await page.fill("#search", commune);
  await page.press("#search", "Enter");
  await page.waitForFunction((name) => document.querySelector("#told").textContent.includes(name), communeName, { timeout: 5000 })
    .catch(() => complaints.push("the search tells the commune by its very name"));
  check((await page.$$("img")).length === 0, "no name becomes an element");

  const figures = await page.$$eval("section[aria-labelledby=figures] :is(h3, th, td, p)", (parts) => parts.map((part) => part.textContent));
  check(JSON.stringify(figures) === JSON.stringify(["Most of all:", "Head", "Figure", communeName, "12", "And so on."]), `what is told in letters becomes a table: ${figures}`);

  const table = "section[aria-labelledby=sheet-0]";
  await page.click(`${table} p.more button`);
  const found = () => page.$$eval(`${table} tbody tr`, (lines) => lines.map((line) => [...line.children].map((cell) => cell.textContent)));
  check((await found()).length === rows, "all rows stand in the table");
  check((await found()).some((line) => line.includes("Raised to the threshold")), "classes are told in words");
  await page.click(`${table} thead th:nth-child(5) button`);
  const access = (await found()).map((line) => Number(line[4])).filter(Number.isFinite);
  check(access[0] === Math.max(...access), `sorted by a figure: ${access.slice(0, 3)}`);

  const heading = () => page.$eval("h1", (one) => one.textContent);
  const before = await heading();
  await page.click("button[lang=fr]");
  check((await heading()) !== before && (await page.getAttribute("html", "lang")) === "fr", "the page speaks French");
  await page.waitForSelector(".map[data-drawn]");
  const notes = await page.$$eval("details dd", (list) => list.length);
  check(notes > 5, "columns are explained");
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  check((await page.$$("svg.paper path")).length > 2, "the map is on paper");
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  const pdf = await page.pdf({ preferCSSPageSize: true });
  check(pdf.length > 20000, "the page prints");
  if (pictures) await pictured(page, pictures, "answer-");
});
