// Drives the page of a plan in headless Chromium; run by tests/browser.rs.
import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { check, colours as coloursOf, complaints, done, look, pictured } from "./browser.mjs";

const [, , file, expected, pictures] = process.argv;
const { commune, communeName, sites, first, last } = JSON.parse(expected);

await look(file, async (page) => {
  await page.waitForSelector(".map[data-drawn=after]");

  const colours = async () => {
    const seen = await coloursOf(page);
    return { newly: seen["230,159,0"] ?? 0, already: seen["158,202,225"] ?? 0 };
  };
  const drawn = await colours();
  check(drawn.newly > 100 && drawn.already > 100, `the map is drawn: ${JSON.stringify(drawn)}`);

  await page.click("[data-layer=before]");
  await page.waitForSelector(".map[data-drawn=before]");
  const before = await colours();
  check(before.newly === 0 && before.already > 100, `the layer "before" shows what is reached today: ${JSON.stringify(before)}`);
  await page.click("[data-layer=added]");
  await page.waitForSelector(".map[data-drawn=added]");
  const added = await colours();
  check(added.newly > 100 && added.already === 0, `the layer "added" shows what is added: ${JSON.stringify(added)}`);
  await page.click("[data-layer=after]");

  await page.fill("#search", commune);
  await page.press("#search", "Enter");
  await page.waitForFunction((name) => document.querySelector("#told").textContent.includes(name), communeName, { timeout: 5000 })
    .catch(() => complaints.push("the search tells the commune by its very name"));
  check((await page.$$("img")).length === 0, "no name becomes an element");

  const rows = () => page.$$eval("section[aria-labelledby=sites] tbody tr", (found) => found.map((row) => row.children[1].textContent));
  const more = await page.$("section[aria-labelledby=sites] p button");
  if (more) await more.click();
  const ranked = await rows();
  check(ranked.length === sites, `all ${sites} new sites stand in the table, not ${ranked.length}`);
  await page.click("section[aria-labelledby=sites] thead th:nth-child(2) button");
  const rising = await rows();
  check(rising[0] === first && rising.at(-1) === last, `sorted by name: ${rising[0]} … ${rising.at(-1)}`);
  await page.click("section[aria-labelledby=sites] thead th:nth-child(2) button");
  check((await rows())[0] === last, "sorted the other way round");

  const figures = await page.$$eval("svg.chart text", (found) => found.map((text) => text.textContent));
  check(figures.length > 8 && figures.includes("100,000"), `the curve has figures beside it: ${figures}`);

  const heading = () => page.$eval("h1", (found) => found.textContent);
  const one = await heading();
  await page.click("button[lang=fr]");
  check((await heading()) !== one && (await page.getAttribute("html", "lang")) === "fr", "the page speaks French");
  await page.waitForSelector(".map[data-drawn=after]");

  await page.focus("#map");
  await page.keyboard.press("+");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("0");
  const box = await (await page.$("#map")).boundingBox();
  const slow = await page.evaluate(async ([x, y, width, height]) => {
    const map = document.querySelector("#map");
    const times = [];
    for (let step = 0; step < 100; step++) {
      const start = performance.now();
      map.dispatchEvent(new PointerEvent("pointermove", { pointerId: 7, clientX: x + (width * (step + 1)) / 102, clientY: y + height / 2, bubbles: true }));
      times.push(performance.now() - start);
    }
    times.sort((one, other) => one - other);
    return times[95];
  }, [box.x, box.y, box.width, box.height]);
  console.log(`hover: 95 of 100 moves take at most ${slow.toFixed(1)} ms`);
  const unnamed = await page.$$eval("button, input, canvas[role]", (found) =>
    found.filter((one) => !(one.textContent.trim() || one.getAttribute("aria-label"))).length);
  check(unnamed === 0, "everything that can be used has a name");

  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  const areas = await page.$$eval("svg.paper path", (found) => found.map((path) => path.getAttribute("fill")));
  check(["#9ecae1", "#e69f00", "#cfcfcf"].every((colour) => areas.includes(colour)), `on paper all classes are drawn: ${areas}`);
  await page.evaluate(() => dispatchEvent(new Event("afterprint")));
  const pdf = await page.pdf({ preferCSSPageSize: true });
  check(pdf.length > 20000 && pdf.subarray(0, 5).toString() === "%PDF-", "the page prints");
  if (pictures) {
    writeFileSync(join(pictures, "page.pdf"), pdf);
    await pictured(page, pictures, "");
  }
  const paint = await page.evaluate(() => Math.round(performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? -1));
  console.log(`first paint with content after ${paint} ms; ${statSync(file).size} bytes; ${done.checks} checks`);
});
