// Compiles the sample contract with the npm build of solc, so that no compiler is downloaded.
import { readFileSync } from "node:fs";
import solc from "solc";

const SOURCE = new URL("../../solidity/examples/VisitLedger.sol", import.meta.url);

/** Compiles `VisitLedger` for Osaka and returns its ABI and creation bytecode. */
export function compileVisitLedger() {
  const input = {
    language: "Solidity",
    sources: { "VisitLedger.sol": { content: readFileSync(SOURCE, "utf8") } },
    settings: {
      evmVersion: "osaka",
      optimizer: { enabled: true, runs: 200 },
      outputSelection: { "*": { "*": ["abi", "evm.bytecode.object", "evm.deployedBytecode.object"] } },
    },
  };
  const output = JSON.parse(solc.compile(JSON.stringify(input)));
  const errors = (output.errors ?? []).filter((error) => error.severity === "error");
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join("\n"));
  const contract = output.contracts["VisitLedger.sol"].VisitLedger;
  return {
    abi: contract.abi,
    bytecode: `0x${contract.evm.bytecode.object}`,
    deployedBytecode: `0x${contract.evm.deployedBytecode.object}`,
  };
}
