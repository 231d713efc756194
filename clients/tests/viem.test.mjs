// viem, unmodified, over HTTP and WebSocket.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import {
  BaseError,
  ContractFunctionRevertedError,
  createPublicClient,
  createWalletClient,
  encodeDeployData,
  encodeFunctionData,
  http,
  keccak256,
  parseEventLogs,
  parseTransaction,
  recoverTransactionAddress,
  toHex,
  webSocket,
} from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { compileVisitLedger } from "./contract.mjs";
import { session } from "./session.mjs";

const TIMEOUT = { timeout: 60_000 };
const note = (text) => keccak256(toHex(text));
const { abi, bytecode, deployedBytecode } = compileVisitLedger();
const { chain, rpc, ws, signer } = session();
const client = createPublicClient({ chain, transport: http(rpc), pollingInterval: 100 });
const wallet = createWalletClient({ chain, account: signer, transport: http(rpc) });
let address;

/** Lets viem fill and sign a transaction, checks its hash and signer, and returns its receipt. */
async function send(transaction) {
  const filled = await wallet.prepareTransactionRequest({ account: signer, ...transaction });
  const raw = await wallet.signTransaction(filled);
  const hash = await wallet.sendRawTransaction({ serializedTransaction: raw });
  assert.equal(hash, keccak256(raw));
  assert.equal(await recoverTransactionAddress({ serializedTransaction: raw }), signer.address);
  const receipt = await client.waitForTransactionReceipt({ hash, timeout: 30_000 });
  const found = await client.getTransaction({ hash });
  assert.equal(found.from.toLowerCase(), signer.address.toLowerCase());
  assert.equal(found.input, parseTransaction(raw).data ?? "0x");
  assert.equal(found.blockHash, receipt.blockHash);
  return receipt;
}

const write = (functionName, args, fields) => send({ to: address, data: encodeFunctionData({ abi, functionName, args }), ...fields });

before(async () => {
  const receipt = await send({ data: encodeDeployData({ abi, bytecode, args: ["visits by viem"] }) });
  assert.equal(receipt.status, "success");
  address = receipt.contractAddress;
}, TIMEOUT);

test("viem reads the code and the storage of the contract it deployed", TIMEOUT, async () => {
  assert.equal(await client.getCode({ address }), deployedBytecode);
  assert.equal(await client.readContract({ address, abi, functionName: "name" }), "visits by viem");
  assert.equal(await client.getStorageAt({ address, slot: toHex(1) }), toHex(0, { size: 32 }));
  assert.equal(await client.getChainId(), chain.id);
});

for (const [type, fields] of [
  ["legacy", {}],
  ["eip2930", { accessList: [] }],
  ["eip1559", {}],
]) {
  test(`viem sends a transaction of type ${type} and reads its receipt and log`, TIMEOUT, async () => {
    const count = await client.readContract({ address, abi, functionName: "count" });
    const receipt = await write("open", [note(type)], { type, ...fields });
    assert.equal(receipt.status, "success");
    assert.equal(receipt.type, type);
    const [log] = parseEventLogs({ abi, logs: receipt.logs, eventName: "Opened" });
    assert.deepEqual(log.args, { visit: count, author: signer.address, note: note(type) });
    const events = await client.getContractEvents({ address, abi, eventName: "Opened", args: { visit: count }, fromBlock: receipt.blockNumber });
    assert.deepEqual(events.map((event) => event.transactionHash), [receipt.transactionHash]);
  });
}

test("viem sends an access list that it asked the node to make", TIMEOUT, async () => {
  const data = encodeFunctionData({ abi, functionName: "open", args: [note("listed")] });
  const { accessList, gasUsed } = await client.createAccessList({ account: signer.address, to: address, data });
  assert.ok(gasUsed > 21_000n);
  assert.equal(accessList[0].address.toLowerCase(), address.toLowerCase());
  const receipt = await write("open", [note("listed")], { type: "eip2930", accessList });
  assert.equal(receipt.status, "success");
});

test("viem sends type 4, and the delegating account runs the contract's code in its own storage", TIMEOUT, async () => {
  const authority = privateKeyToAccount(generatePrivateKey());
  const authorization = await authority.signAuthorization({ contractAddress: address, chainId: chain.id, nonce: 0 });
  const data = encodeFunctionData({ abi, functionName: "open", args: [note("delegated")] });
  const receipt = await send({ to: authority.address, data, type: "eip7702", authorizationList: [authorization] });
  assert.equal(receipt.status, "success");
  assert.equal(receipt.type, "eip7702");
  assert.equal(await client.getCode({ address: authority.address }), `0xef0100${address.slice(2).toLowerCase()}`);
  assert.equal(await client.readContract({ address: authority.address, abi, functionName: "count" }), 1n);
  assert.equal(await client.getTransactionCount({ address: authority.address }), 1);
});

test("viem decodes the custom error with which a call is refused", TIMEOUT, async () => {
  const count = await client.readContract({ address, abi, functionName: "count" });
  const refusal = await client
    .simulateContract({ account: signer, address, abi, functionName: "close", args: [count] })
    .then(() => undefined, (error) => error);
  assert.ok(refusal instanceof BaseError);
  const reverted = refusal.walk((error) => error instanceof ContractFunctionRevertedError);
  assert.equal(reverted.data.errorName, "UnknownVisit");
  assert.deepEqual(reverted.data.args, [count, count]);
});

test("viem reads the receipt of a transaction that reverted", TIMEOUT, async () => {
  const receipt = await write("close", [10_000n], { gas: 200_000n });
  assert.equal(receipt.status, "reverted");
  assert.deepEqual(receipt.logs, []);
});

test("viem watches blocks and logs over a WebSocket", TIMEOUT, async (context) => {
  const live = createPublicClient({ chain, transport: webSocket(ws, { reconnect: false }) });
  const seen = { block: deferred(), log: deferred() };
  const unwatchBlocks = live.watchBlocks({ onBlock: seen.block.resolve, onError: seen.block.reject });
  const unwatchLogs = live.watchContractEvent({
    address,
    abi,
    eventName: "Opened",
    onLogs: ([log]) => seen.log.resolve(log),
    onError: seen.log.reject,
  });
  context.after(async () => {
    unwatchBlocks();
    unwatchLogs();
    (await live.transport.getRpcClient()).close();
  });
  await live.getBlockNumber();
  const receipt = await write("open", [note("watched")]);
  const block = await seen.block.promise;
  const log = await seen.log.promise;
  assert.ok(block.number <= receipt.blockNumber);
  assert.equal((await client.getBlock({ blockNumber: block.number })).hash, block.hash);
  assert.equal(log.transactionHash, receipt.transactionHash);
  assert.equal(log.args.note, note("watched"));
});

test("viem watches logs by polling a filter over HTTP", TIMEOUT, async (context) => {
  const seen = deferred();
  const started = deferred();
  const polled = createPublicClient({
    chain,
    pollingInterval: 50,
    transport: http(rpc, { onFetchResponse: () => started.resolve() }),
  });
  const unwatch = polled.watchContractEvent({ address, abi, eventName: "Opened", onLogs: ([log]) => seen.resolve(log), onError: seen.reject });
  context.after(unwatch);
  await started.promise;
  const receipt = await write("open", [note("polled")]);
  assert.equal((await seen.promise).transactionHash, receipt.transactionHash);
});

function deferred() {
  const result = {};
  result.promise = new Promise((resolve, reject) => Object.assign(result, { resolve, reject }));
  return result;
}
