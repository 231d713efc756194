"use strict";
// From a bundle to an answer. Runs in a worker, and in the page itself where a browser gives it none.

const STEP_BYTES = 8 << 20;

function failed(code, text) {
  return { failed: { code, text } };
}

// The module stands in the page deflated and in base 64.
async function unpack(text) {
  const packed = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}

function room(wasm, reserve, length) {
  const at = reserve(length) >>> 0;
  return at === 0 ? null : (bytes, offset) => new Uint8Array(wasm.memory.buffer, at + offset, bytes.length).set(bytes);
}

async function check({ module, file, trust }) {
  const { instance } = await WebAssembly.instantiate(await unpack(module), {});
  const wasm = instance.exports;
  const limit = wasm.max_bundle() >>> 0;
  if (file.size > limit) {
    return failed("bundle-too-large", `the file has ${file.size} bytes, and this page takes at most ${limit}: use \`theriac verify\``);
  }
  const writeBundle = room(wasm, wasm.bundle_room, file.size);
  const fields = new TextEncoder().encode(JSON.stringify(trust));
  const writeTrust = room(wasm, wasm.trust_room, fields.length);
  if (writeBundle === null) return failed("no-memory", "the browser has no memory for a file of this size: use `theriac verify`");
  if (writeTrust === null) return failed("trust-malformed", "what was typed about the network is too long");
  writeTrust(fields, 0);
  for (let offset = 0; offset < file.size; offset += STEP_BYTES) {
    writeBundle(new Uint8Array(await file.slice(offset, offset + STEP_BYTES).arrayBuffer()), offset);
  }
  const at = wasm.verify() >>> 0;
  const answer = new Uint8Array(wasm.memory.buffer, at, wasm.answer_length() >>> 0);
  return JSON.parse(new TextDecoder().decode(answer));
}

async function answerTo(request) {
  try {
    return await check(request);
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) {
      return failed("verifier-stopped", `the verifier stopped before its end, most likely for want of memory: use \`theriac verify\` (${error.message})`);
    }
    if (error?.name === "NotReadableError" || error?.name === "NotFoundError") {
      return failed("file-unreadable", "the file cannot be read, or changed meanwhile: choose it again");
    }
    return failed("browser-unable", `this browser cannot run the verifier: use another one, or \`theriac verify\` (${error})`);
  }
}
