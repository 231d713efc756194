// Chromium, as Debian packages it, without a window and without a connection of its own.
import { accessSync } from "node:fs";
import { chromium } from "playwright-core";

const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function find() {
  return [process.env.THERIAC_CHROMIUM, ...PLACES].find((path) => {
    try {
      accessSync(path);
      return true;
    } catch {
      return false;
    }
  });
}

const executablePath = find();

// Why the tests in a browser are left out; nothing may be left out in continuous integration.
export const skip = executablePath === undefined && process.env.CI !== "true" && "Chromium is absent: install it, or name it in THERIAC_CHROMIUM";

// Playwright gives each start a new, empty profile.
export const launch = () => chromium.launch({ executablePath, args: FLAGS, headless: true });
