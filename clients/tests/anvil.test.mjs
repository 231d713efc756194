// The same signed bytes go to the network under test and to anvil: receipts, logs, gas and return data must be the same.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { encodeDeployData, encodeFunctionData, getContractAddress, keccak256, toHex } from "viem";
import { privateKeyToAccount } from "viem/accounts";
import { startAnvil } from "./anvil.mjs";
import { compileVisitLedger } from "./contract.mjs";
import { request, session } from "./session.mjs";

const TIMEOUT = { timeout: 90_000 };
const RECEIPT_TIMEOUT_MS = 20_000;
const { abi, bytecode } = compileVisitLedger();
const { chainId, needsToken, rpc, signer } = session();
const authority = privateKeyToAccount(keccak256(toHex(`authority of ${signer.address} at ${Date.now()}`)));
const data = (functionName, ...args) => encodeFunctionData({ abi, functionName, args });
const note = (text) => keccak256(toHex(text));
const compared = [];
let address;
let oracle;

async function result(url, method, params) {
  const response = await request(url, method, params);
  assert.equal(response.error, undefined, `${method}: ${JSON.stringify(response.error)}`);
  return response.result;
}

/** Waits, within a limit, until the transaction has a receipt. */
async function receiptOf(url, hash) {
  const deadline = Date.now() + RECEIPT_TIMEOUT_MS;
  while (Date.now() < deadline) {
    const receipt = await result(url, "eth_getTransactionReceipt", [hash]);
    if (receipt !== null) return receipt;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no receipt of ${hash} within ${RECEIPT_TIMEOUT_MS} ms`);
}

/** What two chains must have in common in the receipt of the same transaction. */
function essence({ transactionHash, from, to, type, status, gasUsed, contractAddress, logs, logsBloom }) {
  const entries = logs.map((log) => [log.address.toLowerCase(), log.topics, log.data]);
  const made = contractAddress ? contractAddress.toLowerCase() : null;
  return { transactionHash, from: from.toLowerCase(), to: to?.toLowerCase() ?? null, type, status, gasUsed, contractAddress: made, logs: entries, logsBloom };
}

const DELEGATES = "delegates by type 4";
/**
 * EIP-7702 refunds 25,000 - 12,500 gas where the authority exists in the state. This one does not. anvil keeps every account that
 * it was asked for and counts it as existing; our node has only accounts that the state has.
 */
const REFUND_OF_EXISTING = needsToken ? 12_500n : 0n;

/** The transactions, in order, with what each is for. */
function transactions() {
  const to = address;
  const notes = [note("a"), note("b"), note("c")];
  const accessList = [{ address: to, storageKeys: [toHex(1, { size: 32 })] }];
  return [
    ["deploys", { type: "legacy", data: encodeDeployData({ abi, bytecode, args: ["visits on two chains, with a name of more than 31 bytes"] }) }],
    ["opens by type 0", { type: "legacy", to, data: data("open", note("zero")) }],
    ["opens by type 1 with an access list", { type: "eip2930", to, data: data("open", note("one")), accessList }],
    ["opens by type 2", { type: "eip1559", to, data: data("open", note("two")) }],
    ["opens many", { type: "eip1559", to, data: data("openMany", notes) }],
    ["closes", { type: "eip1559", to, data: data("close", 1n) }],
    ["closes again and reverts with a custom error", { type: "eip1559", to, data: data("close", 1n) }],
    ["closes what does not exist and reverts", { type: "eip1559", to, data: data("close", 99n) }],
    ["erases for a refund", { type: "eip1559", to, data: data("erase", 1n) }],
    ["runs out of gas", { type: "eip1559", to, data: data("open", note("gas")), gas: 60_000n }],
    ["calls what does not exist", { type: "eip1559", to, data: "0xdeadbeef" }],
    ["deploys invalid code", { type: "eip1559", data: "0xfe", gas: 100_000n }],
    ["deploys code that starts with 0xef", { type: "eip1559", data: "0x60ef60005360016000f3", gas: 200_000n }],
    ["calls an account without code", { type: "eip1559", to: authority.address, data: "0x1234" }],
    [DELEGATES, { type: "eip7702", to: authority.address, data: data("open", note("four")), delegate: true }],
    ["deploys what precompiles answered", { type: "eip1559", data: precompiles(), gas: 400_000n }],
  ];
}

/** Init code that calls SHA-256, RIPEMD-160 and identity over a word and returns the word and the three answers as code. */
function precompiles() {
  const word = `7f${"11".repeat(32)}600052`;
  const call = (precompile, offset) => `602060${offset}6020600060${precompile}5afa50`;
  return `0x${word}${call("02", "20")}${call("03", "40")}${call("04", "60")}60806000f3`;
}

async function sign(fields, nonce, price) {
  const { delegate, type, ...rest } = fields;
  const prices = type === "legacy" || type === "eip2930" ? { gasPrice: price } : { maxFeePerGas: price, maxPriorityFeePerGas: 0n };
  const authorizationList = delegate ? [await authority.signAuthorization({ contractAddress: address, chainId, nonce: 0 })] : undefined;
  return signer.signTransaction({ gas: 2_000_000n, value: 0n, chainId, nonce, type, ...prices, ...rest, ...(delegate && { authorizationList }) });
}

before(async () => {
  const nonce = Number(await result(rpc, "eth_getTransactionCount", [signer.address, "latest"]));
  const price = 2n * BigInt(await result(rpc, "eth_gasPrice", []));
  address = getContractAddress({ from: signer.address, nonce: BigInt(nonce) });
  oracle = await startAnvil({ chainId, priceZero: true });
  await result(oracle.rpc, "anvil_setBalance", [signer.address, "0xde0b6b3a7640000"]);
  await result(oracle.rpc, "anvil_setNonce", [signer.address, toHex(nonce)]);
  for (const [index, [purpose, fields]] of transactions().entries()) {
    const raw = await sign(fields, nonce + index, price);
    const receipts = [];
    for (const url of [rpc, oracle.rpc]) {
      const hash = await result(url, "eth_sendRawTransaction", [raw]);
      assert.equal(hash, keccak256(raw));
      receipts.push(essence(await receiptOf(url, hash)));
    }
    compared.push([purpose, ...receipts]);
  }
}, TIMEOUT);

test.after(() => oracle?.stop());

test("each transaction has the same receipt on both chains", TIMEOUT, () => {
  assert.equal(compared.length, 16);
  for (const [purpose, ours, theirs] of compared) {
    const expected = purpose === DELEGATES ? { ...theirs, gasUsed: toHex(BigInt(theirs.gasUsed) + REFUND_OF_EXISTING) } : theirs;
    assert.deepEqual(ours, expected, purpose);
  }
});

test("the transactions end in every way in which one can end", TIMEOUT, () => {
  const statuses = Object.fromEntries(compared.map(([purpose, ours]) => [purpose, ours.status]));
  const failed = Object.keys(statuses).filter((purpose) => statuses[purpose] === "0x0");
  assert.deepEqual(failed, [
    "closes again and reverts with a custom error",
    "closes what does not exist and reverts",
    "runs out of gas",
    "calls what does not exist",
    "deploys invalid code",
    "deploys code that starts with 0xef",
  ]);
});

test("each call returns the same data or the same revert data on both chains", TIMEOUT, async () => {
  const calls = ["name", "count", "digest"].map((name) => data(name));
  calls.push(data("close", 0n), data("close", 99n), data("erase", 0n), data("share", 7n, 2n), data("share", 7n, 0n), "0xdeadbeef");
  for (const input of calls) {
    const answers = [];
    for (const url of [rpc, oracle.rpc]) {
      const { error, result: returned } = await request(url, "eth_call", [{ from: signer.address, to: address, data: input }, "latest"]);
      answers.push({ returned, code: error?.code, data: error?.data });
    }
    assert.deepEqual(answers[0], answers[1], input);
  }
});

test("each slot, the code and the nonces are the same on both chains", TIMEOUT, async () => {
  const made = compared.at(-1)[1].contractAddress;
  for (const [method, ...params] of [
    ["eth_getCode", address, "latest"],
    ["eth_getCode", authority.address, "latest"],
    ["eth_getCode", made, "latest"],
    ["eth_getStorageAt", address, toHex(0, { size: 32 }), "latest"],
    ["eth_getStorageAt", address, toHex(1, { size: 32 }), "latest"],
    ["eth_getStorageAt", authority.address, toHex(1, { size: 32 }), "latest"],
    ["eth_getTransactionCount", signer.address, "latest"],
    ["eth_getTransactionCount", authority.address, "latest"],
  ]) {
    const [ours, theirs] = await Promise.all([result(rpc, method, params), result(oracle.rpc, method, params)]);
    assert.equal(ours, theirs, `${method} ${params[0]} ${params[1]}`);
  }
});
