// Who may read: a token for a signed EIP-4361 challenge, carried in the path of the URL.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createPublicClient, http } from "viem";
import { generatePrivateKey, privateKeyToAccount } from "viem/accounts";
import { parseSiweMessage } from "viem/siwe";
import { challenge, login } from "./login.mjs";
import { request, session, withToken } from "./session.mjs";

const { account, chain, chainId, needsToken, rpcWithoutToken: rpc, signer } = session();
const OURS = { timeout: 60_000, skip: !needsToken && "the stand-in has no login" };

const state = (url) => request(url, "eth_getBalance", [signer.address, "latest"]).catch((error) => ({ error }));

test("the challenge is an EIP-4361 message for this account and chain", OURS, async () => {
  const message = parseSiweMessage(await challenge(rpc, signer.address));
  assert.equal(message.address, signer.address);
  assert.equal(message.chainId, chainId);
  assert.equal(message.version, "1");
  assert.ok(message.nonce.length >= 8);
  assert.ok(message.expirationTime > message.issuedAt);
});

test("state is not read without a token", OURS, async () => {
  assert.ok((await state(rpc)).error);
});

test("state is not read with a token that nobody issued", OURS, async () => {
  assert.ok((await state(withToken(rpc, "ab".repeat(32)))).error);
});

test("an enrolled account logs in and reads with its token in the path", OURS, async () => {
  const url = withToken(rpc, await login(rpc, account));
  const client = createPublicClient({ chain, transport: http(url) });
  assert.equal(await client.getChainId(), chainId);
  assert.equal(await client.getBalance({ address: signer.address }), 0n);
});

test("a challenge signed by another account is refused", OURS, async () => {
  const message = await challenge(rpc, signer.address);
  const signature = await privateKeyToAccount(generatePrivateKey()).signMessage({ message });
  assert.ok((await request(rpc, "theriac_login", [message, signature])).error);
});

test("a challenge is good for one login only", OURS, async () => {
  const message = await challenge(rpc, signer.address);
  const signature = await signer.signMessage({ message });
  assert.equal((await request(rpc, "theriac_login", [message, signature])).error, undefined);
  assert.ok((await request(rpc, "theriac_login", [message, signature])).error);
});

test("a challenge that was changed after it was issued is refused", OURS, async () => {
  const message = (await challenge(rpc, signer.address)).replace(/Nonce: ./, (text) => (text.endsWith("0") ? "Nonce: 1" : "Nonce: 0"));
  const signature = await signer.signMessage({ message });
  assert.ok((await request(rpc, "theriac_login", [message, signature])).error);
});

test("someone not enrolled gets no token", OURS, async () => {
  const stranger = privateKeyToAccount(generatePrivateKey());
  const asked = await request(rpc, "theriac_challenge", [stranger.address]);
  if (asked.error) return;
  const message = await challenge(rpc, stranger.address);
  const signature = await stranger.signMessage({ message });
  assert.ok((await request(rpc, "theriac_login", [message, signature])).error);
});
