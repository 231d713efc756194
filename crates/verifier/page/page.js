"use strict";
// The form, the run in a worker, and the report as a table. What comes from a bundle is set as text, never as markup.

const element = (id) => document.getElementById(id);
const form = element("form");
const state = { bundle: null, stop: null, answer: null };
const PLACES = ["entry", "slot", "cell", "list", "index", "row", "column", "milestone", "item", "dataset"];
const SIGNS = { PASS: "✓", FAIL: "✕", "NOT CLAIMED": "–" };

function make(tag, { text, className, scope } = {}, children = []) {
  const made = document.createElement(tag);
  if (text !== undefined) made.textContent = text;
  if (className !== undefined) made.className = className;
  if (scope !== undefined) made.scope = scope;
  made.append(...children);
  return made;
}

function choose(file) {
  state.bundle = file;
  element("chosen").textContent = file ? `${file.name}, ${file.size.toLocaleString("en")} bytes` : "No file is chosen.";
}

async function readNetwork(file) {
  element("failure").hidden = true;
  if (!file) return;
  try {
    if (file.size > 1 << 20) throw new RangeError("too long");
    const { groupKey, charter } = JSON.parse(await file.text());
    if (typeof groupKey !== "string" || !Number.isSafeInteger(charter?.chainId)) throw new TypeError("a field is missing");
    element("chain").value = String(charter.chainId);
    element("key").value = groupKey;
  } catch {
    showFailure({ code: "network-malformed", text: `${file.name} is no network file: it has a groupKey and a charter with a chainId` });
  }
}

// A worker leaves the page free. Where a browser gives none to a page from a file, the same text runs in the page.
function startWorker(request) {
  const source = `${element("verifier").textContent}\npostMessage("ready");\nonmessage = async ({ data }) => postMessage(await answerTo(data));`;
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const worker = new Worker(address);
  let isReady = false;
  const answer = new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data !== "ready") return resolve(data);
      isReady = true;
      worker.postMessage(request);
    };
    worker.onerror = ({ message }) => {
      if (isReady) resolve(failed("verifier-stopped", `the verifier stopped before its end: use \`theriac verify\` (${message})`));
      else reject(new Error("no worker"));
    };
  });
  const end = () => {
    worker.terminate();
    URL.revokeObjectURL(address);
  };
  return { answer, end };
}

async function run(request, stopped) {
  let worker = null;
  try {
    worker = startWorker(request);
    element("stop").hidden = false;
    return await Promise.race([worker.answer, stopped]);
  } catch {
    element("stop").hidden = true;
    // The page shows that it is at work before it is.
    await new Promise((resolve) => setTimeout(resolve, 50));
    return await answerTo(request);
  } finally {
    worker?.end();
  }
}

function clear() {
  state.answer = null;
  element("failure").hidden = true;
  element("result").hidden = true;
}

async function verify() {
  clear();
  if (state.bundle === null) {
    showFailure({ code: "no-bundle", text: "choose the bundle first" });
    element("bundle").focus();
    return;
  }
  const trust = { chainId: element("chain").value, groupKey: element("key").value, known: element("known").value };
  const request = { module: element("module").textContent, file: state.bundle, trust };
  const stopped = new Promise((resolve) => (state.stop = () => resolve(null)));
  const started = performance.now();
  const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
  const status = element("status");
  status.textContent = "Verifying …";
  element("start").disabled = true;
  const answer = await run(request, stopped);
  element("start").disabled = false;
  element("stop").hidden = true;
  state.stop = null;
  if (answer === null) {
    status.textContent = "Stopped: nothing was shown.";
    return;
  }
  status.textContent = answer.verified ? `Verified in ${seconds()} s.` : "Not verified.";
  if (answer.failed) showFailure(answer.failed);
  else showReport(answer.verified);
}

function showFailure({ code, text }) {
  const failure = element("failure");
  failure.replaceChildren(make("strong", { text: "Nothing was verified: " }), `${text} `, make("code", { text: code }));
  failure.hidden = false;
}

function placeOf(place) {
  return PLACES.filter((word) => place[word] !== undefined).map((word) => `${word} ${place[word]}`).join(", ");
}

function findings(list, className) {
  const lines = list.map(({ code, place, text }) => {
    const where = placeOf(place);
    const words = where === "" ? [text] : [make("strong", { text: where }), `: ${text}`];
    return make("li", { className }, [...words, " ", make("code", { text: code })]);
  });
  return lines;
}

function rowOf(claim) {
  const lines = findings(claim.failures, "fail");
  const more = claim.failed - claim.failures.length;
  if (more > 0) lines.push(make("li", { className: "fail", text: `and ${more} more` }));
  lines.push(...findings(claim.notes, "found"));
  lines.push(...claim.notClaimed.map((text) => make("li", { className: "unclaimed" }, [make("strong", { text: "Not claimed: " }), text])));
  const details = lines.length === 0 ? [] : [make("ul", {}, lines)];
  const badge = make("span", { className: "badge" }, [`${SIGNS[claim.verdict]} ${claim.verdict}`]);
  return make("tr", { className: claim.verdict.toLowerCase().replace(" ", "-") }, [
    make("th", { scope: "row", text: claim.id.slice(1) }),
    make("td", {}, [badge]),
    make("td", {}, [make("div", { className: "title", text: claim.title }), ...details]),
  ]);
}

function verdictOf(report) {
  const count = (verdict) => report.claims.filter((claim) => claim.verdict === verdict).length;
  const [passed, failed, unclaimed] = [count("PASS"), count("FAIL"), count("NOT CLAIMED")];
  const all = report.claims.length;
  if (failed > 0) return `${failed} of ${all} claims FAIL. Do not rely on this bundle.`;
  return passed === all ? `All ${all} claims hold.` : `${passed} of ${all} claims hold, none fails, not claimed: ${unclaimed}.`;
}

function showReport({ holds, report, text }) {
  state.answer = { report: { ...report, verified: holds }, text };
  const result = element("result");
  result.className = holds ? "holds" : "fails";
  element("verdict").textContent = verdictOf(report);
  element("about").textContent =
    `Study ${report.number} of ${report.figures.studiesOfSponsor} that organisation ${report.organisation} registered on network ${report.chainId}. ` +
    `Made for: ${report.audience}.`;
  element("claims").replaceChildren(...report.claims.map(rowOf));
  element("limits").replaceChildren(...report.notClaimed.map((line) => make("li", { text: line })));
  const figures = Object.entries(report.figures).map(([name, value]) => {
    const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
    return make("tr", {}, [make("th", { scope: "row", text: words }), make("td", { text: value.toLocaleString("en") })]);
  });
  element("figures").replaceChildren(...figures);
  element("newest").replaceChildren(...newestOf(report.newest));
  result.hidden = false;
  result.focus();
}

function newestOf(newest) {
  if (!newest) return [];
  const time = new Date(newest.timeMs).toISOString();
  const block = make("code", { text: `${newest.height}:${newest.hash}` });
  return [`The newest block that this bundle shows to be final is of ${time}. Note it, and give it the next time: `, block];
}

function save(text, type, ending) {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a");
  link.href = address;
  link.download = `${state.bundle.name.replace(/\.zip$/i, "")}.report.${ending}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (state.stop === null) verify();
});
element("stop").addEventListener("click", () => state.stop?.());
element("bundle").addEventListener("change", ({ target }) => choose(target.files[0] ?? null));
element("network").addEventListener("change", ({ target }) => readNetwork(target.files[0]));
element("text").addEventListener("click", () => save(state.answer.text, "text/plain", "txt"));
element("json").addEventListener("click", () => save(`${JSON.stringify(state.answer.report, null, 2)}\n`, "application/json", "json"));
const drop = element("drop");
// A file that misses its place must not replace the page.
for (const name of ["dragover", "drop"]) document.addEventListener(name, (event) => event.preventDefault());
drop.addEventListener("dragover", () => drop.classList.add("over"));
drop.addEventListener("dragleave", () => drop.classList.remove("over"));
drop.addEventListener("drop", ({ dataTransfer }) => {
  drop.classList.remove("over");
  if (dataTransfer.files.length > 0) choose(dataTransfer.files[0]);
});
