// Starts npm anvil, the single-node chain that serves as oracle and as stand-in while a test is being written.
import { createRequire } from "node:module";
import { end, start, until } from "./children.mjs";

const require = createRequire(import.meta.url);

/** Path of a Foundry program: that of the npm package for this machine, else the one that is installed (version 1.7.1). */
export function foundry(name) {
  const architecture = { x64: "amd64", arm64: "arm64" }[process.arch];
  try {
    return require.resolve(`@foundry-rs/${name}-${process.platform}-${architecture}/bin/${name}`);
  } catch {
    return name;
  }
}

/**
 * Starts anvil on a free port and returns `{ rpc, ws, stop }`. At price zero it accepts what our chain accepts; it still
 * suggests a tip of 1 gwei, so a stand-in for unmodified clients keeps anvil's own prices.
 */
export async function startAnvil({ chainId, priceZero }) {
  const price = priceZero ? ["--block-base-fee-per-gas", "0", "--gas-price", "0"] : [];
  const child = start(foundry("anvil"), ["--port", "0", "--chain-id", String(chainId), "--hardfork", "osaka", ...price]);
  const address = await until(child, "anvil", () => /Listening on (\S+)/.exec(child.output)?.[1], 30_000);
  return { rpc: `http://${address}`, ws: `ws://${address}`, stop: () => end(child) };
}
