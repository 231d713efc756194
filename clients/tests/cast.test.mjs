// cast, unmodified: the command line that people of the field use.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { Wallet } from "ethers";
import { decodeErrorResult, keccak256, parseTransaction, toHex } from "viem";
import { foundry } from "./anvil.mjs";
import { run } from "./children.mjs";
import { compileVisitLedger } from "./contract.mjs";
import { encrypt, session } from "./session.mjs";

const TIMEOUT = { timeout: 60_000 };
const { abi, bytecode, deployedBytecode } = compileVisitLedger();
const { account, chainId, privateKey, rpc } = session();
const directory = mkdtempSync(join(tmpdir(), "theriac-cast-"));
const keystore = join(directory, "keystore.json");
const passwordFile = join(directory, "password");
const signer = ["--keystore", keystore, "--password-file", passwordFile];
let address;

/** Runs cast and returns its standard output, trimmed. */
async function cast(command, ...parameters) {
  const { code, stdout, stderr } = await run(foundry("cast"), [command, ...parameters], { env: { ETH_RPC_URL: rpc } });
  assert.equal(code, 0, `cast ${command}: ${stderr}`);
  return stdout.trim();
}

const json = async (...parameters) => JSON.parse(await cast(...parameters));

before(async () => {
  writeFileSync(keystore, encrypt(privateKey, "cast"), { mode: 0o600 });
  writeFileSync(passwordFile, "cast", { mode: 0o600 });
  const creation = ["--create", bytecode, "constructor(string)", "visits by cast"];
  const receipt = await json("send", ...signer, "--json", ...creation);
  assert.equal(receipt.status, "0x1");
  address = receipt.contractAddress;
}, TIMEOUT);

after(() => rmSync(directory, { recursive: true, force: true }));

test("cast reads the chain, the code and the storage of the contract it deployed", TIMEOUT, async () => {
  assert.equal(await cast("chain-id"), String(chainId));
  assert.equal(await cast("code", address), deployedBytecode);
  assert.equal(BigInt(await cast("storage", address, "1")), 0n);
  assert.equal(await cast("call", address, "name()(string)"), '"visits by cast"');
});

for (const [type, flags] of [
  ["0x0", ["--legacy"]],
  ["0x1", ["--legacy", "--access-list"]],
  ["0x2", []],
]) {
  test(`cast sends a transaction of type ${type} and reads its receipt and log`, TIMEOUT, async () => {
    const note = keccak256(toHex(`cast ${type}`));
    const receipt = await json("send", ...signer, "--json", address, "open(bytes32)", note, ...flags);
    assert.equal(receipt.status, "0x1");
    assert.equal(receipt.type, type);
    const again = await json("receipt", "--json", receipt.transactionHash);
    assert.equal(again.blockHash, receipt.blockHash);
    const range = ["--from-block", receipt.blockNumber, "--to-block", receipt.blockNumber];
    const logs = await json("logs", "--json", ...range, "--address", address, "Opened(uint256 indexed,address indexed,bytes32)");
    assert.deepEqual(logs.map((log) => [log.transactionHash, log.data]), [[receipt.transactionHash, note]]);
  });
}

test("cast makes and publishes a transaction whose hash is the hash of its bytes", TIMEOUT, async () => {
  const raw = await cast("mktx", ...signer, address, "open(bytes32)", keccak256(toHex("made")));
  const receipt = await json("publish", "--json", raw);
  assert.equal(receipt.transactionHash, keccak256(raw));
  assert.equal(await cast("tx", receipt.transactionHash, "--raw"), raw);
});

test("cast sends type 4, and the delegating account runs the contract's code in its own storage", TIMEOUT, async () => {
  const authority = Wallet.createRandom();
  const tuple = await cast("wallet", "sign-auth", address, "--private-key", authority.privateKey, "--nonce", "0", "--chain", String(chainId));
  const note = keccak256(toHex("delegated"));
  const receipt = await json("send", ...signer, "--json", "--auth", tuple, authority.address, "open(bytes32)", note);
  assert.equal(receipt.status, "0x1");
  assert.equal(receipt.type, "0x4");
  assert.equal(await cast("code", authority.address), `0xef0100${address.slice(2).toLowerCase()}`);
  assert.equal(await cast("call", authority.address, "count()(uint256)"), "1");
});

test("cast reads the block of a transaction, and its fields agree", TIMEOUT, async () => {
  const block = await json("block", "latest", "--json");
  const byHash = await json("block", block.hash, "--json");
  assert.deepEqual(byHash, block);
  assert.equal(await cast("block-number", block.hash), String(Number(block.number)));
});

test("cast shows the revert data with which a call is refused", TIMEOUT, async () => {
  const { code, stderr } = await run(foundry("cast"), ["call", address, "close(uint256)", "10000", "--from", account.address], { env: { ETH_RPC_URL: rpc } });
  assert.notEqual(code, 0);
  const data = /data: "(0x[0-9a-f]+)"/.exec(stderr)?.[1];
  assert.ok(data, stderr);
  assert.equal(decodeErrorResult({ abi, data }).errorName, "UnknownVisit");
});

test("cast estimates the gas of a call above what the call uses", TIMEOUT, async () => {
  const note = keccak256(toHex("estimated"));
  const estimate = Number(await cast("estimate", "--from", account.address, address, "open(bytes32)", note));
  const raw = await cast("mktx", ...signer, "--gas-limit", String(estimate), address, "open(bytes32)", note);
  assert.equal(Number(parseTransaction(raw).gas), estimate);
  const receipt = await json("publish", "--json", raw);
  assert.equal(receipt.status, "0x1");
  assert.ok(Number(receipt.gasUsed) <= estimate);
});
