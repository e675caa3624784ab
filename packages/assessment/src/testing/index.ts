export * from "./arbitrary-input.ts";
export * from "./arbitrary-parts.ts";
export * from "./arbitrary-report.ts";
export * from "./example.ts";
export * from "./grading.ts";
export * from "./without.ts";
