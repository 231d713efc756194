// The page that is tested, its parts, and the bundles that all verifiers are tested with.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const vectors = new URL("../../evidence/tests/vectors/", import.meta.url);

export const pageFile = process.env.THERIAC_PAGE ?? fileURLToPath(new URL("../../../target/verifier/verify.html", import.meta.url));
export const page = readFileSync(pageFile, "utf8");
export const NAMES = ["regulator", "journal", "public", "participant", "changed"];

export const vectorPath = (name) => fileURLToPath(new URL(name, vectors));
export const vector = (name) => readFileSync(vectorPath(name));

export const pinned = (name) => {
  const report = JSON.parse(vector(`trial_${name}.json`));
  const { height, hash } = report.newest;
  return { report, text: `${vector(`trial_${name}.txt`)}NEWEST       ${height}:${hash}\n` };
};

const { chainId, groupKey } = JSON.parse(vector("bundle_trusted.json"));
export const trust = { chainId: String(chainId), groupKey, known: "" };

// The text of a script of the page, by its id.
export function part(id) {
  const [, text] = page.match(new RegExp(`<script[^>]* id="${id}">(.*?)</script>`, "s"));
  return text;
}

// The verifier as the page itself runs it.
const context = vm.createContext({ atob, Blob, DecompressionStream, Response, TextDecoder, TextEncoder, WebAssembly, Uint8Array });
vm.runInContext(part("verifier"), context);

export const unpack = (text) => context.unpack(text);

export async function answerTo(file, fields = trust) {
  const answer = await context.answerTo({ module: part("module"), file, trust: fields });
  // Objects of another context have other prototypes, which a deep comparison would tell apart.
  return JSON.parse(JSON.stringify(answer));
}
