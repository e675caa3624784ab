export type { EmbeddedPostgres } from "./embedded-postgres.ts";
export type { ServerSettings } from "./settings.ts";
export { type EmbeddedOptions, startEmbedded } from "./start.ts";
