/** The facts of one event. Never an identifier, a hash or a text from a report. */
export type EventFields = Readonly<Record<string, string | number | boolean | null>>;

/**
 * Where the store reports events: a name such as `postgres.died`, and fields. A pino logger fits as it is.
 */
export interface EventLog {
  debug(fields: EventFields, event: string): void;
  info(fields: EventFields, event: string): void;
  warn(fields: EventFields, event: string): void;
  error(fields: EventFields, event: string): void;
}

/** For callers that do not want to hear. */
export const silentLog: EventLog = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
