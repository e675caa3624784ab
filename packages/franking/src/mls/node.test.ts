import { testMls } from "./conformance.ts";
import { openNodeMls } from "./node.ts";

testMls("node:crypto", openNodeMls);
