// Errors by the book: the codes on which unmodified clients decide what to do next.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createPublicClient, createWalletClient, decodeErrorResult, encodeFunctionData, http } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { compileVisitLedger } from "./contract.mjs";
import { batch, request, session } from "./session.mjs";

const TIMEOUT = { timeout: 60_000 };
const { abi, bytecode } = compileVisitLedger();
const { chain, chainId, needsToken: isOurs, rpc, signer } = session();
const client = createPublicClient({ chain, transport: http(rpc), pollingInterval: 100 });
const wallet = createWalletClient({ chain, account: signer, transport: http(rpc) });
const LEGACY = { type: "legacy", gas: 100_000n, gasPrice: 10_000_000_000n, value: 0n };
let address;

const post = async (body) => {
  const response = await fetch(rpc, { method: "POST", headers: { "content-type": "application/json" }, body });
  return JSON.parse(await response.text());
};

/** Signs `fields` as they are, sends them, and returns the error. */
async function refused(fields) {
  const nonce = await client.getTransactionCount({ address: signer.address });
  const raw = await signer.signTransaction({ ...LEGACY, chainId, nonce, to: address, ...fields });
  const { error, result } = await request(rpc, "eth_sendRawTransaction", [raw]);
  assert.equal(result, undefined, "the transaction was accepted");
  return error;
}

before(async () => {
  const hash = await wallet.deployContract({ abi, bytecode, args: ["visits with errors"] });
  ({ contractAddress: address } = await client.waitForTransactionReceipt({ hash }));
}, TIMEOUT);

test("a method that does not exist is answered with -32601", TIMEOUT, async () => {
  assert.equal((await request(rpc, "theriac_noSuchMethod")).error.code, -32601);
});

test("eth_fillTransaction is answered with -32601, on which viem falls back", { ...TIMEOUT, skip: !isOurs && "anvil has it" }, async () => {
  assert.equal((await request(rpc, "eth_fillTransaction", [{}])).error.code, -32601);
});

test("parameters that cannot be read are answered with -32602", TIMEOUT, async () => {
  const { error } = await request(rpc, "eth_getBalance", ["not an address", "latest"]);
  assert.equal(error.code, -32602);
});

test("a body that is not JSON is answered with -32700", { ...TIMEOUT, skip: !isOurs && "anvil answers -32600" }, async () => {
  assert.equal((await post('{"jsonrpc": "2.0", "method"')).error.code, -32700);
});

test("JSON that is no request is answered with -32600", TIMEOUT, async () => {
  assert.equal((await post("{}")).error.code, -32600);
});

test("a call that reverts is answered with code 3 and the revert data", TIMEOUT, async () => {
  const data = encodeFunctionData({ abi, functionName: "close", args: [7n] });
  for (const method of ["eth_call", "eth_estimateGas"]) {
    const { error } = await request(rpc, method, [{ from: signer.address, to: address, data }, "latest"]);
    assert.equal(error.code, 3, method);
    assert.match(error.message, /execution reverted/);
    assert.deepEqual(decodeErrorResult({ abi, data: error.data }).args, [7n, 0n]);
  }
});

test("a batch is answered call by call, errors among them", TIMEOUT, async () => {
  const calls = [{ method: "eth_chainId" }, { method: "theriac_noSuchMethod" }, { method: "eth_blockNumber" }];
  const [first, second, third] = await batch(rpc, calls);
  assert.equal(Number(first.result), chainId);
  assert.equal(second.error.code, -32601);
  assert.match(third.result, /^0x(0|[1-9a-f][0-9a-f]*)$/);
});

test("what does not exist is null and no error", TIMEOUT, async () => {
  const unknown = `0x${"ab".repeat(32)}`;
  for (const method of ["eth_getTransactionByHash", "eth_getTransactionReceipt"]) {
    assert.equal((await request(rpc, method, [unknown])).result, null, method);
  }
  assert.equal((await request(rpc, "eth_getBlockByHash", [unknown, false])).result, null);
  assert.equal((await request(rpc, "eth_getBlockByNumber", ["0xffffffff", false])).result, null);
});

test("a transaction for another chain is refused", { ...TIMEOUT, skip: !isOurs && "anvil takes it" }, async () => {
  const error = await refused({ chainId: chainId + 1 });
  assert.match(error.message, /chain/i);
});

test("a transaction with a nonce that is used is refused", TIMEOUT, async () => {
  const error = await refused({ nonce: 0 });
  assert.match(error.message, /nonce/i);
});

test("bytes that are no transaction are refused", TIMEOUT, async () => {
  const { error } = await request(rpc, "eth_sendRawTransaction", ["0x02c0ffee"]);
  assert.ok(error.code < 0);
});

test("a transaction with blobs is refused by its type", { ...TIMEOUT, skip: !isOurs && "anvil has blobs" }, async () => {
  const { error } = await request(rpc, "eth_sendRawTransaction", [`0x03${"c0".repeat(8)}`]);
  assert.match(error.message, /type|blob/i);
});

test("a transaction without a chain id is refused", { ...TIMEOUT, skip: !isOurs && "anvil takes it" }, async () => {
  const error = await refused({ chainId: undefined });
  assert.match(error.message, /chain/i);
});

test("a transaction from someone not enrolled is refused", { ...TIMEOUT, skip: !isOurs && "anvil enrols nobody" }, async () => {
  const stranger = privateKeyToAccount(generatePrivateKey());
  const raw = await stranger.signTransaction({ ...LEGACY, gasPrice: 0n, chainId, nonce: 0, to: address });
  const { error } = await request(rpc, "eth_sendRawTransaction", [raw]);
  assert.match(error.message, /enrolled/i);
});
