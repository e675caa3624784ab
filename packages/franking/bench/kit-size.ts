import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const ENTRY = fileURLToPath(new URL("kit.ts", import.meta.url));

/** KiB, gzipped, of everything that a messenger loads to chat with MLS and to report: the package's browser entries in one file. */
export async function kitKiB(): Promise<number> {
  const built = await build({
    logLevel: "silent",
    configFile: false,
    build: { write: false, target: "es2022", lib: { entry: ENTRY, formats: ["es"] }, minify: true },
  });
  const outputs = Array.isArray(built) ? built : [built];
  let bytes = 0;
  for (const one of outputs)
    if ("output" in one)
      for (const chunk of one.output)
        if (chunk.type === "chunk") bytes += gzipSync(chunk.code, { level: 9 }).length;
  return bytes / 1024;
}
