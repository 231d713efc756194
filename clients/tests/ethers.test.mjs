// ethers, unmodified, over HTTP (it batches its requests) and WebSocket.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Contract, ContractFactory, JsonRpcProvider, Transaction, Wallet, WebSocketProvider, id, keccak256 } from "ethers";
import { compileVisitLedger } from "./contract.mjs";
import { session } from "./session.mjs";

const TIMEOUT = { timeout: 60_000 };
const { abi, bytecode, deployedBytecode } = compileVisitLedger();
const { chainId, privateKey, rpc, ws } = session();
// Blocks come faster than the 250 ms for which ethers keeps an answer, so its cache would hand out a used nonce.
const provider = new JsonRpcProvider(rpc, undefined, { cacheTimeout: -1, pollingInterval: 100 });
const wallet = new Wallet(privateKey, provider);
let contract;

/** Lets ethers fill, sign and send a transaction, checks its hash and signer, and returns its receipt. */
async function send(fields) {
  const filled = await wallet.populateTransaction(fields);
  const raw = await wallet.signTransaction(filled);
  const signed = Transaction.from(raw);
  const sent = await provider.broadcastTransaction(raw);
  assert.equal(sent.hash, keccak256(raw));
  assert.equal(sent.hash, signed.hash);
  const receipt = await provider.waitForTransaction(sent.hash, 1, 30_000);
  const found = await provider.getTransaction(sent.hash);
  assert.equal(found.from, wallet.address);
  assert.equal(found.type, signed.type);
  assert.equal(found.signature.serialized, signed.signature.serialized);
  return receipt;
}

const open = (text, fields) => send({ to: contract.target, data: contract.interface.encodeFunctionData("open", [id(text)]), ...fields });

before(async () => {
  const factory = new ContractFactory(abi, bytecode, wallet);
  const receipt = await send(await factory.getDeployTransaction("visits by ethers"));
  assert.equal(receipt.status, 1);
  contract = new Contract(receipt.contractAddress, abi, wallet);
}, TIMEOUT);

test.after(() => provider.destroy());

test("ethers reads the network, the code and the storage of the contract it deployed", TIMEOUT, async () => {
  assert.equal((await provider.getNetwork()).chainId, BigInt(chainId));
  const [code, name, slot] = await Promise.all([provider.getCode(contract.target), contract.name(), provider.getStorage(contract.target, 1)]);
  assert.equal(code, deployedBytecode);
  assert.equal(name, "visits by ethers");
  assert.equal(BigInt(slot), 0n);
});

for (const type of [0, 1, 2]) {
  test(`ethers sends a transaction of type ${type} and reads its receipt and log`, TIMEOUT, async () => {
    const count = await contract.count();
    const receipt = await open(`type ${type}`, { type });
    assert.equal(receipt.status, 1);
    assert.equal(receipt.type, type);
    const [event] = await contract.queryFilter(contract.filters.Opened(count), receipt.blockNumber, receipt.blockNumber);
    assert.equal(event.transactionHash, receipt.hash);
    assert.deepEqual([...event.args], [count, wallet.address, id(`type ${type}`)]);
    assert.deepEqual(receipt.logs.map((log) => log.topics), [event.topics]);
  });
}

test("ethers sends a transaction of the type that it chooses by itself", TIMEOUT, async () => {
  const response = await contract.open(id("no type given"));
  const receipt = await response.wait(1, 30_000);
  assert.equal(receipt.status, 1);
});

test("ethers sends type 4, and the delegating account runs the contract's code in its own storage", TIMEOUT, async () => {
  const authority = new Wallet(Wallet.createRandom().privateKey, provider);
  const authorization = await authority.authorize({ address: contract.target, nonce: 0, chainId });
  const receipt = await open("delegated", { to: authority.address, type: 4, authorizationList: [authorization] });
  assert.equal(receipt.status, 1);
  assert.equal(receipt.type, 4);
  assert.equal(await provider.getCode(authority.address), `0xef0100${contract.target.slice(2).toLowerCase()}`);
  assert.equal(await contract.attach(authority.address).count(), 1n);
});

test("ethers decodes the custom error, the reason and the panic with which a call is refused", TIMEOUT, async () => {
  const count = await contract.count();
  await assert.rejects(contract.close.staticCall(count), (error) => {
    assert.equal(error.code, "CALL_EXCEPTION");
    assert.deepEqual([error.revert.name, [...error.revert.args]], ["UnknownVisit", [count, count]]);
    return true;
  });
  await assert.rejects(contract.erase.staticCall(0), { reason: "visit is still open" });
  await assert.rejects(contract.share.staticCall(1, 0), (error) => error.revert.name === "Panic" && Number(error.revert.args[0]) === 0x12);
});

test("ethers rejects when a transaction that it sent has reverted", TIMEOUT, async () => {
  const response = await contract.close(10_000, { gasLimit: 200_000 });
  await assert.rejects(response.wait(1, 30_000), (error) => error.code === "CALL_EXCEPTION" && error.receipt.status === 0);
});

test("ethers receives blocks and logs over a WebSocket", TIMEOUT, async (context) => {
  const live = new WebSocketProvider(ws);
  context.after(() => live.destroy());
  const listening = contract.connect(live);
  const block = new Promise((resolve) => live.on("block", resolve));
  const event = new Promise((resolve) => listening.on("Opened", (...values) => resolve(values.at(-1).log)));
  await live.send("eth_chainId", []);
  await live.getBlockNumber();
  const receipt = await open("watched");
  assert.ok((await block) <= receipt.blockNumber);
  const log = await event;
  assert.equal(log.transactionHash, receipt.hash);
  assert.equal(log.blockHash, receipt.blockHash);
});
