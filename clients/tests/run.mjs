// Starts the network once, runs every `*.test.mjs` against it, and ends the network.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { login } from "./login.mjs";
import { startNetwork } from "./network.mjs";

const TESTS_TIMEOUT_MS = 15 * 60_000;
const here = dirname(fileURLToPath(import.meta.url));

const network = await startNetwork();
try {
  const [account] = network.accounts;
  const token = network.needsToken ? await login(network.rpc, account) : "";
  const environment = {
    THERIAC_RPC: network.rpc,
    THERIAC_WS: network.ws,
    THERIAC_CHAIN_ID: String(network.chainId),
    THERIAC_ADDRESS: account.address,
    THERIAC_KEY_FILE: account.privateKeyFile,
    THERIAC_KEY_PASSWORD: account.password ?? "",
    THERIAC_TOKEN: token,
  };
  const files = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(here).filter((name) => name.endsWith(".test.mjs"));
  const reporter = ["--test-reporter", process.env.CI === "true" ? "tap" : "spec"];
  const child = spawn(process.execPath, ["--test", "--test-concurrency=1", ...reporter, ...files.sort()], {
    cwd: here,
    env: { ...process.env, ...environment },
    stdio: ["ignore", "inherit", "inherit"],
    timeout: TESTS_TIMEOUT_MS,
  });
  const [code] = await once(child, "exit");
  process.exitCode = code ?? 1;
} finally {
  await network.stop();
}
