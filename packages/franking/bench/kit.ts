// What a messenger in a browser loads of this package, for kit-size.ts to measure.
export * from "../src/index.ts";
export * from "../src/crypto/web.ts";
export * from "../src/mls/index.ts";
