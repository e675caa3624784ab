import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The station sends `default-src 'none'` with only 'self' for scripts, styles and images: nothing may be inlined as a data URL.
export default defineConfig({
  base: "/messenger/",
  // Named in every report, so that its reader can tell which sources made it.
  define: { "import.meta.env.FAIRLEAD_BUILD": JSON.stringify(process.env["FAIRLEAD_BUILD"] ?? "unstamped") },
  plugins: [react(), onlyEnglish()],
  // `npm run dev` shows the sources over the hub of a station that runs.
  server: { proxy: { "/chat": process.env["FAIRLEAD_STATION"] ?? "http://127.0.0.1:8080" } },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // Kilobytes before compression. One file: a messenger that is open uses all of it.
    chunkSizeWarningLimit: 900,
  },
});

/**
 * React Aria carries its own few words in thirty-four languages. The messenger's catalogue is English, so the others would be
 * two hundred kilobytes that nobody reads; each becomes an empty table and React Aria falls back to English.
 */
function onlyEnglish() {
  return {
    name: "fairlead-only-english",
    load(id: string) {
      const match =
        /react-(?:aria|stately|aria-components)\/dist\/private\/intl\/(?:[^?]*\/)?([a-z]{2}-[A-Z]{2})\.m?js$/.exec(
          id,
        );
      return match !== null && match[1] !== "en-US" ? "export default {};" : undefined;
    },
  };
}
