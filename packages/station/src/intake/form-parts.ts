import type { Problem, Report } from "@fairlead/report";
import type { FastifyRequest } from "fastify";
import { authenticateSender, type SenderAccount } from "../access/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import type { Digests, VaultObject } from "../vault/index.ts";
import { type SealedPart, sealedProblem } from "./sealed-part.ts";

/** A file of a form, in the vault, with what was measured of it on its way. */
export type ReceivedPart = { object: VaultObject; digests: Digests } | SealedPart;

/** What is known of a file's bytes: all that was measured, or what can be seen of a sealed one from outside. */
export type Measured = { digests: Digests } | Pick<SealedPart, "plaintextSize">;

/** The account that signs in by HTTP Basic. */
export async function senderOf(station: Station, request: FastifyRequest): Promise<SenderAccount> {
  const [scheme, encoded] = (request.headers.authorization ?? "").split(" ", 2);
  const [username = "", ...secret] = Buffer.from(encoded ?? "", "base64")
    .toString("utf8")
    .split(":");
  const sender =
    scheme?.toLowerCase() === "basic"
      ? await authenticateSender(station.db.kysely, username, secret.join(":"))
      : undefined;
  if (sender === undefined || sender.disabled)
    throw new StationError("session.missing", "No account of this station has that name and secret.", {
      remedy: "Sign in by HTTP Basic with the account that this station's operator gave you.",
    });
  return sender;
}

/** The form's parser gives its errors no code, only these words. */
export function isCutOff(cause: unknown): boolean {
  return cause instanceof Error && !("code" in cause) && /multipart/i.test(cause.message);
}

export function parseJson(value: string, field = "report"): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw invalid(`The field \`${field}\` is not JSON.`, [
      { path: "/", message: "the text cannot be parsed as JSON" },
    ]);
  }
}

/**
 * The report with what was measured of its files; what its sender measured must agree.
 * @throws StationError `request.invalid` with everything that does not
 */
export function withMeasures(report: Report, staged: ReadonlyMap<string, Measured>): Report {
  const measured = measuredReport(report, staged);
  if (measured.problems.length > 0) throw invalid("Files and report do not agree.", measured.problems);
  return measured.report;
}

/** `withMeasures` for a caller that names the problems itself. */
export function measuredReport(
  report: Report,
  staged: ReadonlyMap<string, Measured>,
): { report: Report; problems: Problem[] } {
  const problems: Problem[] = [];
  const known = new Set<string>(report.evidence.map((item) => item.id));
  for (const id of staged.keys())
    if (!known.has(id))
      problems.push(problem("/evidence", `A file was sent for ${id}, which the report does not describe.`));
  const evidence = report.evidence.map((item, index) => {
    // The database and everything after it writes a UUID in lower case (RFC 9562, section 4); claims are found by it.
    if (item.id !== item.id.toLowerCase())
      problems.push(problem(`/evidence/${index}/id`, "The id of evidence is written in lower case."));
    const part = staged.get(item.id);
    if (part === undefined) {
      if (item.received !== undefined)
        problems.push(
          problem(`/evidence/${index}`, "The report says that the file was received, but it was not sent."),
        );
      return item;
    }
    if ("plaintextSize" in part) {
      const found = sealedProblem(item, part);
      if (found !== undefined) problems.push(problem(`/evidence/${index}/${found.path}`, found.message));
      return item;
    }
    const { digests } = part;
    const received = {
      size: digests.size,
      sha256: digests.sha256.toString("hex"),
      sha1: digests.sha1.toString("hex"),
      md5: digests.md5.toString("hex"),
    };
    if (item.received !== undefined && item.received.sha256 !== received.sha256)
      problems.push(
        problem(
          `/evidence/${index}/received/sha256`,
          `The bytes that came in have the SHA-256 ${received.sha256}.`,
        ),
      );
    return { ...item, received };
  });
  return { report: { ...report, evidence }, problems };
}

export function problem(path: string, message: string): Problem {
  return { code: "door.report", path, message, remedy: "Correct it and send the whole report again." };
}

export function invalid(
  message: string,
  problems: ReadonlyArray<{ path: string; message: string; remedy?: string }>,
  cause?: unknown,
): StationError {
  return new StationError("request.invalid", message, {
    cause,
    problems: [...problems],
    remedy: "Correct what is named below and send the whole report again; nothing of it was kept.",
  });
}
