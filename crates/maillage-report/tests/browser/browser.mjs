// A page in headless Chromium with the network refused; everything that goes wrong in it is a complaint.
import { chromium } from "playwright-core";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const complaints = [];
export const done = { checks: 0 };

export function check(holds, what) {
  done.checks += 1;
  if (!holds) complaints.push(what);
}

/** Opens a page, lets it be looked at, and ends with what there is to complain of. */
export async function look(file, at) {
  const profile = mkdtempSync(join(tmpdir(), "page-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: "/usr/bin/chromium",
    headless: true,
    offline: true,
    viewport: { width: 1280, height: 800 },
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
  try {
    const page = await context.newPage();
    page.on("console", (message) => complaints.push(`console: ${message.text()}`));
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("dialog", (dialog) => { complaints.push(`dialog: ${dialog.message()}`); dialog.dismiss(); });
    page.on("request", (request) => { if (!request.url().startsWith("file:")) complaints.push(`request: ${request.url()}`); });
    await page.goto(pathToFileURL(file).href);
    await at(page);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
  for (const complaint of complaints) console.error(complaint);
  process.exit(complaints.length ? 1 : 0);
}

/** Counts the dots of each colour on the map. */
export const colours = (page) => page.evaluate(() => {
  const canvas = document.querySelector(".map canvas");
  const copy = Object.assign(document.createElement("canvas"), { width: canvas.width, height: canvas.height });
  const read = copy.getContext("2d", { willReadFrequently: true });
  read.drawImage(canvas, 0, 0);
  const { data } = read.getImageData(0, 0, copy.width, copy.height);
  const seen = {};
  for (let at = 0; at < data.length; at += 4) {
    const key = [data[at], data[at + 1], data[at + 2]].join();
    seen[key] = (seen[key] ?? 0) + 1;
  }
  return seen;
});

/** Asserts that nothing stands out to the side, and takes pictures where a folder is named. */
export async function pictured(page, folder, name) {
  for (const [size, width, height] of [["phone", 390, 844], ["laptop", 1280, 800]]) {
    await page.setViewportSize({ width, height });
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(folder, `${name}${size}.png`) });
    await page.screenshot({ path: join(folder, `${name}${size}-whole.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    check(wide <= 0, `on a ${size}, nothing stands out to the side`);
  }
}
