// Starts the network under test: four real nodes by `theriac demo --serve-only`, or anvil as a stand-in.
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Wallet } from "ethers";
import { startAnvil } from "./anvil.mjs";
import { encrypt, request } from "./session.mjs";
import { end, start, until } from "./children.mjs";

const READY_TIMEOUT_MS = 180_000;
const STAND_IN_CHAIN_ID = 842_701;

/**
 * Starts the program named by THERIAC_BIN and waits until it has written its ready file:
 * `{ rpc, ws, chainId, accounts: [{ address, privateKeyFile, password }], groupKey }`.
 */
export async function startNetwork() {
  const program = process.env.THERIAC_BIN;
  return program === undefined ? startStandIn() : startTheriac(program);
}

async function startTheriac(program) {
  const directory = mkdtempSync(join(tmpdir(), "theriac-clients-"));
  const ready = join(directory, "ready.json");
  const child = start(program, ["demo", "--serve-only", "--ready", ready]);
  const stop = async () => {
    child.stdin.end();
    await end(child);
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    const network = await until(child, "theriac demo --serve-only", () => parsed(ready), READY_TIMEOUT_MS);
    return { ...network, chainId: Number(network.chainId), needsToken: true, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The ready file's content, or undefined while it is absent or half written. */
function parsed(file) {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

async function startStandIn() {
  const directory = mkdtempSync(join(tmpdir(), "theriac-clients-"));
  const anvil = await startAnvil({ chainId: STAND_IN_CHAIN_ID, priceZero: false });
  const account = writeAccount(directory);
  await request(anvil.rpc, "anvil_setBalance", [account.address, "0xde0b6b3a7640000"]);
  const stop = async () => {
    await anvil.stop();
    rmSync(directory, { recursive: true, force: true });
  };
  return { rpc: anvil.rpc, ws: anvil.ws, chainId: STAND_IN_CHAIN_ID, accounts: [account], needsToken: false, stop };
}

function writeAccount(directory) {
  const wallet = Wallet.createRandom();
  const password = randomBytes(8).toString("hex");
  const privateKeyFile = join(directory, `${wallet.address}.json`);
  writeFileSync(privateKeyFile, encrypt(wallet.privateKey, password), { mode: 0o600 });
  return { address: wallet.address, privateKeyFile, password };
}
