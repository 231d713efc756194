// The whole page in Chromium, opened from a file as a reader opens it.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { launch, skip } from "./chromium.mjs";
import { NAMES, pageFile, pinned, trust, vectorPath } from "./page.mjs";

const RUNS = 5;
const MOST_MS = 10_000;
const shots = join(dirname(pageFile), "../test-output");
let browser;

before(async () => {
  if (!skip) browser = await launch();
});
after(async () => browser?.close());

// A page with a list of all that it asked for and of all that went wrong in it.
async function open(options = {}) {
  const context = await browser.newContext(options);
  const seen = { requests: [], faults: [] };
  context.on("request", (request) => seen.requests.push(request.url()));
  context.on("weberror", (error) => seen.faults.push(String(error.error())));
  context.on("console", (message) => message.type() === "error" && seen.faults.push(message.text()));
  const page = await context.newPage();
  if (options.withoutWorker) await page.addInitScript(() => delete globalThis.Worker);
  if (options.then) await standIn(page, options.then);
  await page.goto(pathToFileURL(pageFile).href);
  return { page, seen };
}

async function fill(page, name, fields = trust) {
  await page.getByLabel("Choose the bundle").setInputFiles(vectorPath(`trial_${name}.zip`));
  await page.getByLabel("Chain id").fill(fields.chainId);
  await page.getByLabel("Group key").fill(fields.groupKey);
}

async function verify(page, name, fields = trust) {
  await fill(page, name, fields);
  await page.getByRole("button", { name: "Verify" }).click();
  await page.locator("#result, #failure").and(page.locator(":visible")).waitFor();
}

const tableOf = (page) =>
  page.locator("#claims tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText)));

function assertNothingLeft(seen) {
  assert.deepEqual(seen.faults, []);
  const outside = seen.requests.filter((url) => !/^(file|blob|data):/.test(url));
  assert.deepEqual(outside, []);
}

for (const name of NAMES) {
  test(`the page shows the claims of the ${name} bundle`, { skip }, async () => {
    const { page, seen } = await open();
    await verify(page, name);
    const { report } = pinned(name);
    const table = await tableOf(page);
    assert.equal(table.length, report.claims.length);
    for (const [index, claim] of report.claims.entries()) {
      const [number, verdict, words] = table[index];
      assert.equal(number, claim.id.slice(1));
      assert.ok(verdict.endsWith(claim.verdict), `${claim.id}: ${verdict}`);
      assert.ok(words.startsWith(claim.title), words);
      for (const line of claim.notClaimed) assert.ok(words.includes(`Not claimed: ${line}`), words);
      for (const { text, code } of [...claim.failures, ...claim.notes]) assert.ok(words.includes(text) && words.includes(code), words);
    }
    assert.deepEqual(await page.locator("#limits li").allInnerTexts(), report.notClaimed);
    assertNothingLeft(seen);
    await page.context().close();
  });
}

test("a tampered bundle shows FAIL with its place", { skip }, async () => {
  const { page, seen } = await open();
  await verify(page, "changed");
  const [, verdict, words] = (await tableOf(page))[1];
  assert.equal(verdict, "✕ FAIL");
  const [{ place, text, code }] = pinned("changed").report.claims[1].failures;
  assert.ok(words.includes(`entry ${place.entry}, slot ${place.slot}, cell ${place.cell}: ${text} ${code}`), words);
  assert.equal(await page.locator("#verdict").innerText(), "1 of 15 claims FAIL. Do not rely on this bundle.");
  assertNothingLeft(seen);
  await page.context().close();
});

test("the page cannot reach a server, even where a script in it tries", { skip }, async (t) => {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.url);
    response.setHeader("access-control-allow-origin", "*");
    response.end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = `http://127.0.0.1:${server.address().port}`;
  const { page } = await open();
  const refused = await page.evaluate(async (address) => {
    const outcome = await fetch(`${address}/fetch`).then(() => "sent", () => "refused");
    new Image().src = `${address}/image`;
    navigator.sendBeacon(`${address}/beacon`, "x");
    const frame = document.createElement("iframe");
    frame.src = `${address}/frame`;
    document.body.append(frame);
    const script = document.createElement("script");
    script.textContent = "globalThis.ran = true";
    document.body.append(script);
    await new Promise((resolve) => setTimeout(resolve, 500));
    return [outcome, globalThis.ran ?? false];
  }, address);
  assert.deepEqual(refused, ["refused", false]);
  assert.deepEqual(asked, []);
  await page.context().close();
});

test("wrong input is told in words, and the page goes on", { skip }, async () => {
  const { page, seen } = await open();
  const failure = page.locator("#failure");
  await page.getByRole("button", { name: "Verify" }).click();
  assert.match(await failure.innerText(), /choose the bundle first no-bundle/);
  await verify(page, "public", { chainId: "7411", groupKey: "0x12" });
  assert.match(await failure.innerText(), /96 bytes.*got 2 digits group-key-malformed/);
  await verify(page, "public", { ...trust, chainId: "8" });
  assert.match(await failure.innerText(), /network-differs/);
  await page.getByLabel("The network's file").setInputFiles({ name: "other.json", mimeType: "application/json", buffer: Buffer.from("[1]") });
  await failure.filter({ hasText: /other.json is no network file.* network-malformed/ }).waitFor();
  const network = JSON.stringify({ version: 1, groupKey: trust.groupKey, charter: { chainId: Number(trust.chainId) } });
  await page.getByLabel("The network's file").setInputFiles({ name: "network.json", mimeType: "application/json", buffer: Buffer.from(network) });
  await page.waitForFunction((chainId) => document.getElementById("chain").value === chainId, trust.chainId);
  await page.getByRole("button", { name: "Verify" }).click();
  await page.locator("#result").waitFor();
  assert.equal(await failure.isVisible(), false);
  assertNothingLeft(seen);
  await page.context().close();
});

test("the page is worked by keyboard alone", { skip }, async () => {
  const { page, seen } = await open();
  await fill(page, "public", { chainId: "", groupKey: trust.groupKey });
  await page.getByLabel("Chain id").focus();
  await page.keyboard.type(`${trust.chainId}\n`);
  await page.locator("#result").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement.id), "result");
  const stops = new Set();
  await page.getByLabel("Choose the bundle").focus();
  for (let count = 0; count < 12; count++) {
    stops.add(await page.evaluate(() => document.activeElement.id || document.activeElement.tagName));
    await page.keyboard.press("Tab");
  }
  for (const id of ["bundle", "network", "chain", "key", "SUMMARY", "start", "text", "json"]) assert.ok(stops.has(id), `${id} of ${[...stops]}`);
  assertNothingLeft(seen);
  await page.context().close();
});

test("a browser that gives no worker verifies in the page", { skip }, async () => {
  const { page, seen } = await open({ withoutWorker: true });
  await verify(page, "changed");
  assert.equal(await page.locator("#verdict").innerText(), "1 of 15 claims FAIL. Do not rely on this bundle.");
  assertNothingLeft(seen);
  await page.context().close();
});

// In the place of the worker, one that is ready, and then does what the test says.
const standIn = (page, then) =>
  page.addInitScript((then) => {
    globalThis.Worker = class {
      constructor() {
        setTimeout(() => this.onmessage({ data: "ready" }));
      }
      postMessage() {
        if (then === "breaks") setTimeout(() => this.onerror({ message: "out of memory" }));
      }
      terminate() {
        globalThis.isEnded = true;
      }
    };
  }, then);

test("a run that takes too long is stopped, and another can begin", { skip }, async () => {
  const { page, seen } = await open({ then: "nothing" });
  await fill(page, "public");
  await page.getByRole("button", { name: "Verify" }).click();
  await page.getByRole("button", { name: "Stop" }).click();
  await page.getByText("Stopped: nothing was shown.").waitFor();
  assert.equal(await page.evaluate(() => globalThis.isEnded), true);
  assert.equal(await page.getByRole("button", { name: "Verify" }).isEnabled(), true);
  assert.equal(await page.getByRole("button", { name: "Stop" }).isVisible(), false);
  assertNothingLeft(seen);
  await page.context().close();
});

test("a verifier that breaks off is told and no verdict is shown", { skip }, async () => {
  const { page } = await open({ then: "breaks" });
  await verify(page, "public");
  assert.match(await page.locator("#failure").innerText(), /stopped before its end.*out of memory.* verifier-stopped/);
  assert.equal(await page.locator("#result").isVisible(), false);
  await page.context().close();
});

test("reports are saved as theriac verify prints them", { skip }, async () => {
  const { page } = await open({ acceptDownloads: true });
  await verify(page, "journal");
  const read = async (name) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name }).click()]);
    const chunks = await (await download.createReadStream()).toArray();
    return [download.suggestedFilename(), Buffer.concat(chunks).toString()];
  };
  const { report, text } = pinned("journal");
  assert.deepEqual(await read("Save the report as text"), ["trial_journal.report.txt", text]);
  const [name, json] = await read("Save it as JSON");
  assert.equal(name, "trial_journal.report.json");
  assert.deepEqual(JSON.parse(json), { ...report, verified: true });
  await page.context().close();
});

test("the journal bundle is verified in seconds, in a worker, while the page stays free", { skip }, async (t) => {
  const { page, seen } = await open();
  await fill(page, "journal");
  const started = new Promise((resolve) => page.once("worker", resolve));
  const took = [];
  for (let run = 0; run < RUNS; run++) {
    const measured = await page.evaluate(async () => {
      const free = { longest: 0, last: performance.now() };
      const beat = setInterval(() => {
        const now = performance.now();
        free.longest = Math.max(free.longest, now - free.last);
        free.last = now;
      }, 5);
      const start = performance.now();
      document.getElementById("start").click();
      while (document.getElementById("result").hidden) await new Promise((resolve) => setTimeout(resolve, 2));
      clearInterval(beat);
      return { ms: performance.now() - start, longest: free.longest };
    });
    took.push(measured);
  }
  await started;
  const median = took.map(({ ms }) => ms).sort((one, other) => one - other)[RUNS >> 1];
  t.diagnostic(`verified in ${median.toFixed(0)} ms (median of ${RUNS}); longest pause of the page ${Math.max(...took.map(({ longest }) => longest)).toFixed(0)} ms`);
  assert.ok(median < MOST_MS, `${median} ms`);
  assertNothingLeft(seen);
  await page.context().close();
});

test("the script of the bench times a bundle that holds, and breaks off where one does not", { skip }, async (t) => {
  const folder = mkdtempSync(join(tmpdir(), "theriac-page-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const network = join(folder, "network.json");
  writeFileSync(network, JSON.stringify({ groupKey: trust.groupKey, charter: { chainId: Number(trust.chainId) } }));
  const script = fileURLToPath(new URL("measure.mjs", import.meta.url));
  const measure = (name) => promisify(execFile)(process.execPath, [script, pageFile, vectorPath(`trial_${name}.zip`), network]);
  const { seconds } = JSON.parse((await measure("journal")).stdout);
  assert.ok(seconds > 0 && seconds * 1000 < MOST_MS, `${seconds} s`);
  await assert.rejects(measure("changed"), /1 of 15 claims FAIL/);
});

test("the page is seen in light, in dark and on a narrow screen", { skip }, async () => {
  mkdirSync(shots, { recursive: true });
  for (const [name, options] of [
    ["light", { colorScheme: "light" }],
    ["dark", { colorScheme: "dark" }],
    ["narrow", { viewport: { width: 390, height: 844 } }],
  ]) {
    const { page } = await open(options);
    await verify(page, "changed");
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(overflow, 0, `${name}: wider than the screen`);
    await page.screenshot({ path: join(shots, `page-${name}.png`), fullPage: true });
    await page.context().close();
  }
});
