// web3.py, unmodified: the Python tests run once, and each is reported as a test here.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { run } from "./children.mjs";
import { compileVisitLedger } from "./contract.mjs";
import { session } from "./session.mjs";

const TESTS = 8;
const python = process.env.THERIAC_PYTHON;
const skip = python === undefined && process.env.CI !== "true" && "THERIAC_PYTHON names no Python that has web3.py";

test("web3.py drives the chain", { skip, timeout: 180_000 }, async (context) => {
  const { privateKey, rpc } = session();
  const directory = mkdtempSync(join(tmpdir(), "theriac-web3-"));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  const contract = join(directory, "contract.json");
  writeFileSync(contract, JSON.stringify(compileVisitLedger()));
  const script = fileURLToPath(new URL("web3_client.py", import.meta.url));
  const env = { WEB3_RPC: rpc, WEB3_PRIVATE_KEY: privateKey, WEB3_CONTRACT: contract };
  const { code, stdout, stderr } = await run(python, [script], { env, timeoutMs: 170_000 });
  const results = stdout.trim().split("\n").filter(Boolean).map((line) => JSON.parse(line));
  for (const { name, error } of results) {
    await context.test(name, () => assert.ok(error === null, error));
  }
  assert.equal(results.length, TESTS, stderr);
  assert.equal(code, 0, stderr);
});
