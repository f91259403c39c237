import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** Writes the service worker with the names of all files of the page, and a version that changes with any of them. */
function serviceWorker(): Plugin {
  return {
    name: "service-worker",
    apply: "build",
    generateBundle: {
      order: "post",
      handler(_options, bundle) {
        const digest = createHash("sha256");
        for (const file of Object.values(bundle)) digest.update(file.fileName).update(file.type === "chunk" ? file.code : file.source);
        const files = ["./", ...Object.keys(bundle), "icon.svg", "page.webmanifest"].sort();
        const source = readFileSync(here("src/service-worker.js"), "utf8")
          .replace("FILES.map", `${JSON.stringify(files)}.map`)
          .replace(" + VERSION", ` + ${JSON.stringify(digest.digest("hex").slice(0, 16))}`);
        this.emitFile({ type: "asset", fileName: "service-worker.js", source });
      },
    },
  };
}

/** The development server puts styles and its socket into the page, which the policy of the built page forbids. */
function withoutPolicyInDevelopment(): Plugin {
  return {
    name: "without-policy-in-development",
    apply: "serve",
    transformIndexHtml: (html) => html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, ""),
  };
}

export default defineConfig({
  base: "./",
  plugins: [serviceWorker(), withoutPolicyInDevelopment()],
  optimizeDeps: { exclude: ["ler-verify"] },
  server: { fs: { allow: [here("../..")] } },
  build: {
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: { input: { index: here("index.html"), outside: here("outside.html") } },
  },
});
