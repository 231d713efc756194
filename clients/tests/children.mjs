// Starts and ends child processes: always by the id of a child that this process started, always within a time limit.
import { spawn } from "node:child_process";
import { once } from "node:events";

const END_TIMEOUT_MS = 30_000;

/** Starts `program`; its output is kept (last 20,000 characters) for error messages. */
export function start(program, args, env = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "pipe"] });
  child.output = "";
  const keep = (chunk) => (child.output = (child.output + chunk).slice(-20_000));
  child.stdout.on("data", keep);
  child.stderr.on("data", keep);
  child.stdin.on("error", () => {});
  child.on("error", (error) => keep(String(error)));
  return child;
}

/** Asks `child` to end, and ends it after the time limit. */
export async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, "exit");
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), END_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}

/** Runs `program` to its end and returns `{ code, stdout, stderr }`; `input` is given on its standard input. */
export async function run(program, args, { env = {}, input = "", timeoutMs = 60_000 } = {}) {
  const child = spawn(program, args, { env: { ...process.env, ...env }, timeout: timeoutMs });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => (stdout += chunk));
  child.stderr.on("data", (chunk) => (stderr += chunk));
  child.stdin.end(input);
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}

/** Resolves to the first value other than undefined that `look` returns while `child` runs, within `timeoutMs`. */
export async function until(child, what, look, timeoutMs) {
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    const value = look();
    if (value !== undefined) return value;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`${what}: the process ended with code ${child.exitCode ?? child.signalCode}:\n${child.output}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${what}: not ready within ${timeoutMs} ms:\n${child.output}`);
}
