// Hold the budgets: gzip size of all script a route loads before it can be used. Reads dist/.vite/manifest.json.
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { join } from "node:path";

const dist = new URL("./dist/", import.meta.url).pathname;
const file = join(dist, ".vite/manifest.json");
if (!existsSync(file)) {
  console.log("no build yet; run npm run build");
  process.exit(process.argv.includes("--if-built") ? 0 : 1);
}
const manifest = JSON.parse(readFileSync(file, "utf8"));
const BUDGETS = {
  "src/screens/lobby/Lobby.svelte": 90,
  "src/screens/player/Player.svelte": 90,
  "src/screens/proposal/Proposal.svelte": 90,
  "src/screens/outcome/Outcome.svelte": 90,
  "src/screens/control/ControlScreen.svelte": 150,
  "src/screens/review/ReviewScreen.svelte": 170,
};

function closure(key, seen = new Set()) {
  if (seen.has(key)) return seen;
  seen.add(key);
  for (const next of manifest[key]?.imports ?? []) closure(next, seen);
  return seen;
}

let over = 0;
for (const [route, budget] of Object.entries(BUDGETS)) {
  if (!manifest[route]) continue;
  const files = new Set([...closure("index.html"), ...closure(route)].map((key) => manifest[key].file));
  const bytes = [...files].filter((f) => f.endsWith(".js")).reduce((sum, f) => sum + gzipSync(readFileSync(join(dist, f))).length, 0);
  const kb = bytes / 1000;
  if (kb > budget) over += 1;
  console.log(`${kb > budget ? "OVER " : "ok   "} ${kb.toFixed(1).padStart(6)} of ${budget} kB gz  ${route}`);
}
process.exit(over ? 1 : 0);
