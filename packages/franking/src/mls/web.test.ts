import { testMls } from "./conformance.ts";
import { openMls } from "./index.ts";

testMls("WebCrypto", openMls);
