// Block hashes, transaction roots and receipt roots, recomputed by an independent implementation from what the node answers.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createBlockFromRPC } from "@ethereumjs/block";
import { Hardfork, Mainnet, createCustomCommon } from "@ethereumjs/common";
import { createMPT } from "@ethereumjs/mpt";
import { RLP } from "@ethereumjs/rlp";
import { bytesToHex, createPublicClient, createWalletClient, hexToBytes, http, keccak256, toHex } from "viem";
import { compileVisitLedger } from "./contract.mjs";
import { request, session } from "./session.mjs";

const TIMEOUT = { timeout: 60_000 };
const BLOCKS_AT_MOST = 64;
const { abi, bytecode } = compileVisitLedger();
const { chain, chainId, rpc, signer } = session();
const client = createPublicClient({ chain, transport: http(rpc), pollingInterval: 100 });
const wallet = createWalletClient({ chain, account: signer, transport: http(rpc) });
const common = createCustomCommon({ chainId, name: "theriac" }, Mainnet, { hardfork: Hardfork.Osaka });
const blocks = [];

/** The result of a call that must succeed. */
async function result(method, params) {
  const response = await request(rpc, method, params);
  assert.equal(response.error, undefined, JSON.stringify(response.error));
  return response.result;
}

/** The MPT root over `items`, keyed by the RLP of their index. */
async function root(items) {
  const trie = await createMPT();
  for (const [index, item] of items.entries()) await trie.put(RLP.encode(index), item);
  return bytesToHex(trie.root());
}

/** A receipt as it stands in the trie of receipts. */
function encoded(receipt) {
  const logs = receipt.logs.map(({ address, topics, data }) => [address, topics, data]);
  const fields = [Number(receipt.status) === 0 ? "0x" : "0x01", receipt.cumulativeGasUsed, receipt.logsBloom, logs];
  const payload = RLP.encode(fields.map((field) => (field === "0x" ? new Uint8Array() : field)));
  const type = Number(receipt.type);
  return type === 0 ? payload : Uint8Array.from([type, ...payload]);
}

before(async () => {
  const creation = await wallet.deployContract({ abi, bytecode, args: ["visits by ethereumjs"] });
  const { contractAddress: address, blockNumber: first } = await client.waitForTransactionReceipt({ hash: creation });
  const notes = Array.from({ length: 20 }, (_, index) => keccak256(toHex(`note ${index}`)));
  const nonce = await client.getTransactionCount({ address: signer.address });
  const open = { address, abi, functionName: "openMany", args: [notes], gas: 4_000_000n };
  const sent = [
    await wallet.writeContract({ ...open, nonce, type: "legacy" }),
    await wallet.writeContract({ ...open, nonce: nonce + 1, type: "eip1559" }),
    await wallet.writeContract({ ...open, nonce: nonce + 2, type: "eip2930", accessList: [{ address, storageKeys: [toHex(1, { size: 32 })] }] }),
    await wallet.writeContract({ address, abi, functionName: "close", args: [10_000n], nonce: nonce + 3, gas: 200_000n }),
  ];
  const receipts = await Promise.all(sent.map((hash) => client.waitForTransactionReceipt({ hash })));
  assert.deepEqual(receipts.map((receipt) => receipt.status), ["success", "success", "success", "reverted"]);
  const last = receipts.at(-1).blockNumber;
  assert.ok(last - first < BLOCKS_AT_MOST, "the five transactions are spread over too many blocks");
  for (let number = first; number <= last; number++) blocks.push(await result("eth_getBlockByNumber", [toHex(number), true]));
}, TIMEOUT);

test("ethereumjs computes the same hash for each block", TIMEOUT, async () => {
  for (const block of blocks) {
    const rebuilt = await createBlockFromRPC(block, [], { common });
    assert.equal(bytesToHex(rebuilt.hash()), block.hash);
    assert.equal(rebuilt.header.number, BigInt(block.number));
  }
});

test("ethereumjs computes another hash for a block with one changed field", TIMEOUT, async () => {
  const [block] = blocks;
  for (const field of ["stateRoot", "receiptsRoot", "extraData", "mixHash", "parentHash"]) {
    const changed = block[field] === "0x" ? "0x01" : `${block[field].slice(0, -1)}${block[field].endsWith("0") ? "1" : "0"}`;
    const rebuilt = await createBlockFromRPC({ ...block, [field]: changed }, [], { common });
    assert.notEqual(bytesToHex(rebuilt.hash()), block.hash, field);
  }
});

test("ethereumjs computes the same hash for each transaction and the same root over them", TIMEOUT, async () => {
  for (const block of blocks) {
    const rebuilt = await createBlockFromRPC(block, [], { common });
    assert.deepEqual(rebuilt.transactions.map((transaction) => bytesToHex(transaction.hash())), block.transactions.map(({ hash }) => hash));
    assert.ok(await rebuilt.transactionsTrieIsValid());
  }
});

test("the receipts of each block have the receipts root of its header", TIMEOUT, async () => {
  for (const block of blocks) {
    const receipts = await result("eth_getBlockReceipts", [block.number]);
    assert.deepEqual(receipts.map(({ transactionHash }) => transactionHash), block.transactions.map(({ hash }) => hash));
    assert.equal(await root(receipts.map(encoded)), block.receiptsRoot);
  }
});

test("the bloom of each block is the union of its receipts' blooms", TIMEOUT, async () => {
  for (const block of blocks) {
    const receipts = await result("eth_getBlockReceipts", [block.number]);
    const union = new Uint8Array(256);
    for (const receipt of receipts) hexToBytes(receipt.logsBloom).forEach((byte, index) => (union[index] |= byte));
    assert.equal(bytesToHex(union), block.logsBloom);
    assert.equal(receipts.reduce((sum, receipt) => sum + BigInt(receipt.gasUsed), 0n), BigInt(block.gasUsed));
  }
});

test("each block names its parent by hash and is later than it", TIMEOUT, async () => {
  for (const [index, block] of blocks.entries()) {
    if (index === 0) continue;
    assert.equal(block.parentHash, blocks[index - 1].hash);
    assert.ok(BigInt(block.timestamp) >= BigInt(blocks[index - 1].timestamp));
  }
});

test("a block is the same by number and by hash", TIMEOUT, async () => {
  for (const block of blocks) assert.deepEqual(await result("eth_getBlockByHash", [block.hash, true]), block);
});
