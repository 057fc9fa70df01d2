import { svelte } from "@sveltejs/vite-plugin-svelte";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

// The page itself is served by Django, which reads dist/.vite/manifest.json for the hashed names.
const backend = process.env.TRACKONE_BACKEND ?? "http://127.0.0.1:8000";

export default defineConfig(({ command, mode }) => ({
  plugins: [svelte()],
  base: command === "build" ? "/static/app/" : "/",
  resolve: {
    alias: { $: fileURLToPath(new URL("./src", import.meta.url)) },
    // Left alone outside of tests: an empty list would take away the bundler's own "browser" condition.
    ...(mode === "test" ? { conditions: ["browser"] } : {}),
  },
  html: { cspNonce: "__CSP_NONCE__" },
  build: {
    manifest: true,
    outDir: "dist",
    target: "es2022",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  server: {
    port: 5173,
    proxy: {
      "/api": backend,
      "^/[cks]/": backend,
      "/ws": { target: backend, ws: true },
    },
  },
  // A fresh context for every file without a fresh thread for it: half the time of the default pool.
  test: { environment: "jsdom", pool: "vmThreads", include: ["tests/**/*.test.ts"], setupFiles: ["tests/setup.ts"], restoreMocks: true },
}));
