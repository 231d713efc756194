// node measure.mjs VERIFY.HTML BUNDLE NETWORK: opens the page in Chromium as a reader opens it, verifies the bundle with it, and prints as JSON the
// seconds from the file that is chosen to the report that is shown, or why there is no browser.
import { pathToFileURL } from "node:url";
import { launch, skip } from "./chromium.mjs";

const LIMIT_MS = 120_000;

async function measure(browser, [pageFile, bundle, network]) {
  const page = await browser.newPage();
  page.setDefaultTimeout(LIMIT_MS);
  await page.goto(pathToFileURL(pageFile).href);
  await page.getByLabel("The network's file").setInputFiles(network);
  await page.waitForFunction(() => document.getElementById("key").value !== "" || !document.getElementById("failure").hidden);
  const begun = performance.now();
  await page.getByLabel("Choose the bundle").setInputFiles(bundle);
  await page.getByRole("button", { name: "Verify" }).click();
  const end = page.locator("#result, #failure").and(page.locator(":visible"));
  await end.waitFor();
  const seconds = (performance.now() - begun) / 1000;
  if ((await end.getAttribute("class")) !== "holds") throw new Error(`the page says: ${await end.innerText()}`);
  return { seconds };
}

async function run(files) {
  if (skip) return { absent: "Chromium" };
  const browser = await launch();
  try {
    return await measure(browser, files);
  } finally {
    await browser.close();
  }
}

console.log(JSON.stringify(await run(process.argv.slice(2))));
