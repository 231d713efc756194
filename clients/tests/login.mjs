// A reading token by an EIP-4361 challenge, signed in the client.
import { privateKeyToAccount } from "viem/accounts";
import { privateKeyOf, request } from "./session.mjs";

/** Asks for a challenge and returns its text. */
export async function challenge(rpc, address) {
  const { result, error } = await request(rpc, "theriac_challenge", [address]);
  if (error) throw new Error(`theriac_challenge: ${error.code} ${error.message}`);
  return typeof result === "string" ? result : result.message;
}

/** Logs the account in and returns its token. */
export async function login(rpc, account) {
  const signer = privateKeyToAccount(privateKeyOf(account));
  const message = await challenge(rpc, signer.address);
  const signature = await signer.signMessage({ message });
  const { result, error } = await request(rpc, "theriac_login", [message, signature]);
  if (error) throw new Error(`theriac_login: ${error.code} ${error.message}`);
  return typeof result === "string" ? result : result.token;
}
