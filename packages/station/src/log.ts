import pino, { type Logger } from "pino";

/** Events as JSON lines on standard error: a name and fields, never an identifier, a hash or a text from a report. */
export function openLog(station: string, level: string): Logger {
  return pino(
    {
      level,
      base: { station },
      messageKey: "event",
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: (error: unknown) => describeError(error) },
    },
    pino.destination({ fd: 2, sync: true }),
  );
}

/** An error with its causes, for the operator. The stack stays in the log and goes to no client. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const code = (error as { code?: unknown }).code;
  return {
    name: error.name,
    message: error.message,
    ...(typeof code === "string" ? { code } : {}),
    stack: error.stack,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}
