import { parentPort, workerData } from "node:worker_threads";
import { loadKernels } from "../../near/kernel.ts";
import { mergeParts } from "../../near/merge.ts";
import { type IndexViews, openParts, searchAllNear } from "../../near/searcher.ts";
import { type FromThread, packFound, type ThreadStart, type ToThread } from "./messages.ts";

// A thread of a near index: it searches the parts that it was told of, in memory that it shares with all others, or merges.

const kernels = loadKernels(true);
const port = parentPort;
if (kernels === null || port === null) throw new Error("a near thread needs WebAssembly and a parent");
const { thread } = workerData as ThreadStart;
let views: IndexViews = { segments: [], recents: [] };

port.on("message", (message: ToThread) => {
  switch (message.kind) {
    case "parts":
      views = openParts(kernels, message.parts, thread, views);
      break;
    case "search": {
      const found = packFound(searchAllNear(views, message.queries, message.radius, message.limit));
      port.postMessage({ kind: "found", found } satisfies FromThread, [found.buffer as ArrayBuffer]);
      break;
    }
    case "merge":
      port.postMessage({ kind: "merged", image: mergeParts(kernels, message.task) } satisfies FromThread);
      break;
  }
});
