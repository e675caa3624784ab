import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const ENTRY = fileURLToPath(new URL("kit.ts", import.meta.url));

/**
 * KiB, gzipped, of everything that a messenger loads to chat with MLS and to report, made small as an application's files are
 * (for a library the bundler would leave spaces and line ends in).
 */
export async function kitKiB(): Promise<number> {
  const built = await build({
    logLevel: "silent",
    configFile: false,
    build: {
      write: false,
      target: "es2023",
      minify: true,
      modulePreload: { polyfill: false },
      rollupOptions: { input: ENTRY, preserveEntrySignatures: "strict" },
    },
  });
  const outputs = Array.isArray(built) ? built : [built];
  let bytes = 0;
  for (const one of outputs)
    if ("output" in one)
      for (const chunk of one.output)
        if (chunk.type === "chunk") bytes += gzipSync(chunk.code, { level: 9 }).length;
  return bytes / 1024;
}
