// The verifier of trials in Python, over the pinned bundles.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../python");
const python = process.env.THERIAC_PYTHON;

const skip = python === undefined && process.env.CI !== "true" && "THERIAC_PYTHON names no Python that has py_ecc";

test("Python judges bundles of trials as Rust does", { skip }, () => {
  const run = spawnSync(python, ["-m", "unittest", "test_trial"], { cwd: folder, encoding: "utf8", timeout: 300_000 });
  assert.equal(run.status, 0, run.stderr);
});
