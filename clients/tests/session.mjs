// What a test knows of the network under test: it is read from the environment that `run.mjs` sets.
import { readFileSync } from "node:fs";
import { Wallet } from "ethers";
import { defineChain } from "viem";
import { privateKeyToAccount } from "viem/accounts";

/** The URL of `base` with the token in its path, where unmodified clients can carry it. */
export function withToken(base, token) {
  return token ? `${base.replace(/\/$/, "")}/t/${token}` : base;
}

/** The private key of an account: a keystore file in the Ethereum format, or a file with 64 hexadecimal digits. */
export function privateKeyOf({ privateKeyFile, password }) {
  const text = readFileSync(privateKeyFile, "utf8").trim();
  if (!text.startsWith("{")) return text.startsWith("0x") ? text : `0x${text}`;
  return Wallet.fromEncryptedJsonSync(text, password).privateKey;
}

/** The keystore text of a private key. ethers writes `Crypto`, where the format and other readers have `crypto`. */
export function encrypt(privateKey, password) {
  const { Crypto: crypto, ...rest } = JSON.parse(new Wallet(privateKey).encryptSync(password, { scrypt: { N: 1024 } }));
  return JSON.stringify({ ...rest, crypto });
}

function required(name) {
  const value = process.env[name];
  if (value === undefined) throw new Error(`${name} is not set: run these tests with \`node run.mjs\``);
  return value;
}

/** Returns the session: URLs with and without token, the chain, and the enrolled test account. */
export function session() {
  const account = {
    address: required("THERIAC_ADDRESS"),
    privateKeyFile: required("THERIAC_KEY_FILE"),
    password: process.env.THERIAC_KEY_PASSWORD ?? "",
  };
  const chainId = Number(required("THERIAC_CHAIN_ID"));
  const token = process.env.THERIAC_TOKEN ?? "";
  const rpc = withToken(required("THERIAC_RPC"), token);
  const privateKey = privateKeyOf(account);
  return {
    account,
    chainId,
    privateKey,
    rpc,
    rpcWithoutToken: required("THERIAC_RPC"),
    ws: withToken(required("THERIAC_WS"), token),
    needsToken: token !== "",
    signer: privateKeyToAccount(privateKey),
    chain: defineChain({
      id: chainId,
      name: "Theriac",
      nativeCurrency: { name: "Nothing", symbol: "NIL", decimals: 18 },
      rpcUrls: { default: { http: [rpc] } },
    }),
  };
}

/** One JSON-RPC call by plain HTTP: the response object, with `result` or `error`. */
export async function request(url, method, params = []) {
  const [response] = await batch(url, [{ method, params }], (body) => body[0]);
  return response;
}

/** Sends `calls` as one JSON-RPC batch (or, with `shape`, what it returns) and returns the responses in the order of the calls. */
export async function batch(url, calls, shape = (body) => body) {
  const body = calls.map(({ method, params = [] }, id) => ({ jsonrpc: "2.0", id, method, params }));
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(shape(body)),
  });
  const text = await response.text();
  if (!text.startsWith("{") && !text.startsWith("[")) throw new Error(`HTTP ${response.status}: ${text}`);
  return [JSON.parse(text)].flat().sort((left, right) => left.id - right.id);
}
