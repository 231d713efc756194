// Compares what solc says of the contracts with what the repository publishes:
//   layout/storage-layout.json   slots and offsets of the storage of the native contracts
//   interfaces/*.json            their ABI
// `node check-layout.mjs` exits with 1 on a difference; `node check-layout.mjs --write` writes storage-layout.json anew.

import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import solc from "solc";

const root = dirname(fileURLToPath(import.meta.url));
const goldenPath = join(root, "layout", "storage-layout.json");

function compile(folder) {
  const files = readdirSync(join(root, folder)).filter((file) => file.endsWith(".sol"));
  const sources = Object.fromEntries(
    files.map((file) => [file, { content: readFileSync(join(root, folder, file), "utf8") }]),
  );
  const settings = {
    evmVersion: "osaka",
    outputSelection: { "*": { "*": ["abi", "storageLayout"] } },
  };
  const input = JSON.stringify({ language: "Solidity", sources, settings });
  const output = JSON.parse(solc.compile(input));
  const complaints = output.errors ?? [];
  for (const complaint of complaints) console.error(complaint.formattedMessage);
  if (complaints.length > 0) process.exit(1);
  return Object.values(output.contracts).flatMap((contracts) => Object.entries(contracts));
}

// "struct Records.Record" and "mapping(bytes32 => struct Records.Record)" without the contract's name.
const plainType = (label) => label.replace(/struct \w+\.(\w+)/g, "struct $1");

function layoutOf({ storage, types }) {
  const place = ({ label, slot, offset, type }) => ({
    label,
    slot: Number(slot),
    offset,
    bytes: Number(types[type].numberOfBytes),
    type: plainType(types[type].label),
  });
  const structs = Object.values(types ?? {})
    .filter((type) => type.members !== undefined)
    .map((type) => [plainType(type.label).replace("struct ", ""), type.members.map(place)])
    .sort(([one], [next]) => (one < next ? -1 : 1));
  return { variables: storage.map(place), structs: Object.fromEntries(structs) };
}

// Order of entries does not matter in an ABI; `internalType` is a courtesy of solc.
function canonicalAbi(abi) {
  const key = (entry) => `${entry.type} ${entry.name}`;
  const byKey = [...abi].sort((one, next) => (key(one) < key(next) ? -1 : 1));
  return JSON.parse(JSON.stringify(byKey, (name, value) => (name === "internalType" ? undefined : value)));
}

const layouts = Object.fromEntries(
  compile("layout").map(([name, contract]) => [name, layoutOf(contract.storageLayout)]),
);
const text = JSON.stringify(layouts, null, 2) + "\n";

if (process.argv.includes("--write")) {
  writeFileSync(goldenPath, text);
}

let drifted = false;
if (readFileSync(goldenPath, "utf8") !== text) {
  console.error("layout/storage-layout.json differs from what solc says; run: node check-layout.mjs --write");
  drifted = true;
}
for (const [name, contract] of compile("interfaces")) {
  const published = JSON.parse(readFileSync(join(root, "interfaces", `${name}.json`), "utf8"));
  if (!isDeepStrictEqual(canonicalAbi(published), canonicalAbi(contract.abi))) {
    console.error(`interfaces/${name}.json differs from what solc says of ${name}.sol`);
    drifted = true;
  }
}
if (drifted) process.exit(1);
console.log(`solc ${solc.version()} agrees on ${Object.keys(layouts).length} layouts and the interfaces`);
