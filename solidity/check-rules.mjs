// Compiles the example rules and compares the bytecode with what the repository publishes:
//   rules/NAME.hex                creation code of each example, as `theriac access rule deploy` takes it
//   rules/testing/compiled.json   for tests: creation code of what only they deploy and of twins of the native rules with one mistake each; code as
//                                 it stands on the ledger, without and with the compiler's metadata
// `node check-rules.mjs` exits with 1 on a difference; `node check-rules.mjs --write` writes them anew.

import { existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import solc from "solc";

const root = dirname(fileURLToPath(import.meta.url));
const read = (path) => readFileSync(join(root, path), "utf8");
const write = process.argv.includes("--write");
let drifted = false;

const settings = {
  evmVersion: "osaka",
  optimizer: { enabled: true, runs: 200 },
  metadata: { bytecodeHash: "none", appendCBOR: false },
  outputSelection: { "*": { "*": ["evm.bytecode.object", "evm.deployedBytecode.object"] } },
};
const withMetadata = { ...settings, metadata: { bytecodeHash: "ipfs", appendCBOR: true } };

// What the compiler makes of the contracts in these files of the repository, by name; `changed` replaces the text of some.
function compile(files, { settings: chosen = settings, changed = {} } = {}) {
  const all = [...files, "interfaces/IAccessRule.sol", "rules/NativeTwin.sol"];
  const sources = Object.fromEntries(all.map((file) => [file, { content: changed[file] ?? read(file) }]));
  const output = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings: chosen })));
  const complaints = output.errors ?? [];
  for (const complaint of complaints) console.error(complaint.formattedMessage);
  if (complaints.length > 0) process.exit(1);
  return Object.fromEntries(files.flatMap((file) => Object.entries(output.contracts[file])));
}

const map = (contracts, code) => Object.fromEntries(Object.entries(contracts).map(([name, { evm }]) => [name, code(evm)]));
const creation = (contracts) => map(contracts, (evm) => evm.bytecode.object);
const runtime = (contracts) => map(contracts, (evm) => evm.deployedBytecode.object);

function publish(path, text) {
  if (write) writeFileSync(join(root, path), text);
  if (existsSync(join(root, path)) && read(path) === text) return;
  console.error(`${path} differs from what solc says; run: node check-rules.mjs --write`);
  drifted = true;
}

// The twin with one place changed, which must be there exactly once.
function mutant({ name, from, to }) {
  const twin = "rules/NativeTwin.sol";
  const parts = read(twin).split(from);
  if (parts.length !== 2) throw new Error(`"${from}" stands ${parts.length - 1} times in ${twin}`);
  return [name, creation(compile([twin], { changed: { [twin]: parts.join(to) } })).NativeTwin];
}

const solidity = (folder) => readdirSync(join(root, folder)).filter((file) => file.endsWith(".sol")).map((file) => `${folder}/${file}`);
const examples = compile(solidity("rules"));
const helpers = compile(solidity("rules/testing"));
for (const [name, code] of Object.entries(creation(examples))) publish(`rules/${name}.hex`, `${code}\n`);
const testing = {
  compiler: solc.version(),
  contracts: creation(helpers),
  mutants: Object.fromEntries(JSON.parse(read("rules/testing/mutants.json")).map(mutant)),
  runtime: runtime({ ...examples, ...helpers }),
  withMetadata: runtime(compile(solidity("rules"), { settings: withMetadata })),
};
publish("rules/testing/compiled.json", `${JSON.stringify(testing, null, 1)}\n`);

if (drifted) process.exit(1);
console.log(`solc ${solc.version()} agrees on ${Object.keys(examples).length} example rules`);
