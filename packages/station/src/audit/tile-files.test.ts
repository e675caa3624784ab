import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tileStoreConformance } from "@fairlead/ledger/conformance";
import { openTileFiles } from "./tile-files.ts";

tileStoreConformance("files", async () => {
  const root = await mkdtemp(join(tmpdir(), "fairlead-tiles-"));
  return {
    store: await openTileFiles(root),
    reopen: () => openTileFiles(root),
    close: () => rm(root, { recursive: true, force: true }),
  };
});
