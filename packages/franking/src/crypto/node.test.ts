import { holdToPromise } from "./conformance.ts";
import { nodeCrypto } from "./node.ts";

holdToPromise("node:crypto", nodeCrypto);
