// The module of the page, run by the page's own script, says what the native verifier says.
import assert from "node:assert/strict";
import { test } from "node:test";
import { homedir } from "node:os";
import { NAMES, answerTo, part, pinned, trust, unpack, vector } from "./page.mjs";

const bundle = (name) => new Blob([vector(`trial_${name}.zip`)]);

for (const name of NAMES) {
  test(`the ${name} bundle is judged as by the native verifier`, async () => {
    const { verified } = await answerTo(bundle(name));
    assert.deepEqual(verified.report, pinned(name).report);
    assert.equal(verified.text, pinned(name).text);
    assert.equal(verified.holds, name !== "changed");
  });
}

test("the module imports nothing: no network, clock or randomness gets in", async () => {
  const module = await WebAssembly.compile(await unpack(part("module")));
  assert.deepEqual(WebAssembly.Module.imports(module), []);
});

test("the module names no folder of the machine that built it", async () => {
  const text = Buffer.from(await unpack(part("module"))).toString("latin1");
  for (const word of [homedir(), process.cwd().replace(/\/crates\/verifier\/tests$/, ""), ".cargo/registry", "/rustlib/"]) {
    assert.equal(text.includes(word), false, word);
  }
});

test("what cannot be looked at has a code and words", async () => {
  const good = vector("trial_public.zip");
  const rows = [
    [new Blob([]), trust, "not-a-trial-bundle"],
    [new Blob(["{}"]), trust, "not-a-trial-bundle"],
    [new Blob([good.subarray(0, 1000)]), trust, "archive-malformed"],
    [new Blob([good, "x"]), trust, "archive-malformed"],
    [new Blob([good]), { ...trust, chainId: "1" }, "network-differs"],
    [new Blob([good]), { ...trust, chainId: "" }, "chain-id-malformed"],
    [new Blob([good]), { ...trust, groupKey: "0x12" }, "group-key-malformed"],
    [new Blob([good]), { ...trust, groupKey: `0x${"00".repeat(96)}` }, "network-differs"],
    [new Blob([good]), { ...trust, known: "20" }, "known-block-malformed"],
    [new Blob([good]), { ...trust, known: "1".repeat(1 << 17) }, "trust-malformed"],
  ];
  for (const [file, fields, code] of rows) {
    const { failed } = await answerTo(file, fields);
    assert.equal(failed?.code, code);
    assert.ok(failed.text.length > 20, failed.text);
  }
});

test("a newer block that the reader knows is held against the bundle", async () => {
  const { newest } = pinned("public").report;
  const same = await answerTo(bundle("public"), { ...trust, known: `${newest.height}:${newest.hash}` });
  assert.equal(same.verified.holds, true);
  const other = await answerTo(bundle("public"), { ...trust, known: `${newest.height + 1}:${newest.hash}` });
  assert.equal(other.verified?.holds ?? false, false);
});

test("a file of more than 1 GiB is refused before it is read", async () => {
  const unread = () => assert.fail("it was read");
  for (const size of [2 ** 30 + 1, 2 ** 32 + 100]) {
    const { failed } = await answerTo({ size, slice: unread });
    assert.equal(failed.code, "bundle-too-large");
  }
});

test("a file that changes while it is read is told", async () => {
  const gone = () => ({ arrayBuffer: () => Promise.reject(new DOMException("gone", "NotReadableError")) });
  const { failed } = await answerTo({ size: 10, slice: gone });
  assert.equal(failed.code, "file-unreadable");
});

test("each changed byte of a bundle fails or is told", async () => {
  const good = vector("trial_participant.zip");
  for (let at = 0; at < good.length; at += 997) {
    const bytes = Buffer.from(good);
    bytes[at] ^= 1;
    const { verified } = await answerTo(new Blob([bytes]));
    assert.equal(verified?.holds ?? false, false, `byte ${at}`);
  }
});
