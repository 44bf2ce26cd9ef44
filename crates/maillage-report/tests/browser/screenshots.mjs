// Takes the pictures of a page that the README shows: node screenshots.mjs PAGE.html FOLDER
import { chromium } from "playwright-core";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [, , file, folder] = process.argv;
const profile = mkdtempSync(join(tmpdir(), "page-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: "/usr/bin/chromium",
  headless: true,
  offline: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
});
try {
  const page = await context.newPage();
  for (const [name, width, height] of [["page", 900, 960]]) {
    await page.setViewportSize({ width, height });
    await page.goto(pathToFileURL(file).href);
    await page.waitForSelector(".map[data-drawn=after]");
    await page.waitForTimeout(200);
    await page.screenshot({ path: join(folder, `${name}.png`) });
  }
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
