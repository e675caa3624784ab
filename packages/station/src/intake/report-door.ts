import multipart, { type MultipartFile } from "@fastify/multipart";
import {
  contradictionsIn,
  evidenceIdSchema,
  type Problem,
  reportSchema,
  type Report,
  validateReport,
} from "@fairlead/report";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { authenticateSender, type SenderAccount } from "../access/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import type { Digests, VaultObject } from "../vault/index.ts";
import { accept, contentDigest, type Accepted } from "./accept.ts";
import { keepSealed, SEALED_PART, type SealedPart, sealedProblem } from "./sealed-part.ts";

/** Documents are small; what is large is a file, and files have no limit of their own. */
const REPORT_FIELD_BYTES = 4 * 1024 * 1024;
const MAX_FILES = 10_000;

type Received = { object: VaultObject; digests: Digests } | SealedPart;

/**
 * The door for an organisation's own systems: `POST /door/reports`, Basic sign-in, multipart with the field `report` (the
 * internal report as JSON) and one file part for each piece of evidence, named by its id. An account that seals for itself sends
 * a part as `application/age-encryption` and states in the report what it measured of the plaintext.
 * Sending the same report again is answered with the same number.
 */
export async function reportDoor(app: FastifyInstance, station: Station): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: {
        fieldSize: REPORT_FIELD_BYTES,
        files: MAX_FILES,
        fields: 1,
        fileSize: Number.MAX_SAFE_INTEGER,
      },
    });
    scope.post("/door/reports", { schema: { hide: true } }, async (request, reply) => {
      const sender = await senderOf(station, request);
      const staged = new Map<string, Received>();
      try {
        const report = await readParts(station, sender, request, staged);
        const result = await take(station, sender, report, staged);
        return await reply.status(result.repeated ? 200 : 201).send(result.accepted);
      } finally {
        for (const { object } of staged.values()) await station.vault.remove(object.name);
      }
    });
  });
}

async function senderOf(station: Station, request: FastifyRequest): Promise<SenderAccount> {
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

async function readParts(
  station: Station,
  sender: SenderAccount,
  request: FastifyRequest,
  staged: Map<string, Received>,
): Promise<Report> {
  let document: unknown;
  try {
    for await (const part of request.parts()) {
      if (part.type === "file") await stageFile(station, sender, part, staged);
      // A field that is declared as JSON has been parsed on its way in.
      else if (part.fieldname === "report")
        document = typeof part.value === "string" ? parseJson(part.value) : part.value;
    }
  } catch (cause) {
    throw isCutOff(cause)
      ? invalid(
          "The form ends before its last boundary.",
          [{ path: "/", message: "the multipart body is incomplete" }],
          cause,
        )
      : cause;
  }
  if (document === undefined)
    throw invalid("The request has no field `report`.", [
      { path: "/", message: "the field `report` is missing" },
    ]);
  return measured(document, staged);
}

/** The form's parser gives its errors no code, only these words. */
function isCutOff(cause: unknown): boolean {
  return cause instanceof Error && !("code" in cause) && /multipart/i.test(cause.message);
}

async function stageFile(
  station: Station,
  sender: SenderAccount,
  part: MultipartFile,
  staged: Map<string, Received>,
): Promise<void> {
  const id = evidenceIdSchema.safeParse(part.fieldname);
  if (!id.success || staged.has(part.fieldname)) {
    part.file.resume();
    throw invalid("A file part is named by the id of its evidence, once.", [
      {
        path: "/evidence",
        message: `the part "${part.fieldname.slice(0, 64)}" names no evidence, or names it twice`,
      },
    ]);
  }
  if (part.mimetype !== SEALED_PART) {
    staged.set(part.fieldname, await station.vault.seal(part.file));
    return;
  }
  if (!sender.seals) {
    part.file.resume();
    throw new StationError("permission.refused", "This account may not hand in sealed parts.", {
      remedy: "Send the files as they are, or ask this station's operator to mark the account with `seals`.",
    });
  }
  staged.set(part.fieldname, await keepSealed(station, id.data, part.file));
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    throw invalid("The field `report` is not JSON.", [
      { path: "/", message: "the text cannot be parsed as JSON" },
    ]);
  }
}

/** Writes what was measured into the report; what the sender measured must agree. */
function measured(document: unknown, staged: ReadonlyMap<string, Received>): Report {
  const shape = reportSchema.safeParse(document);
  if (!shape.success) {
    const checked = validateReport(document, Number.MAX_SAFE_INTEGER);
    throw invalid("The report is not in the form of the report model.", checked.ok ? [] : checked.problems);
  }
  const problems: Problem[] = [];
  const known = new Set<string>(shape.data.evidence.map((item) => item.id));
  for (const id of staged.keys())
    if (!known.has(id))
      problems.push(problem("/evidence", `A file was sent for ${id}, which the report does not describe.`));
  const evidence = shape.data.evidence.map((item, index) => {
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
  if (problems.length > 0) throw invalid("Files and report do not agree.", problems);
  return { ...shape.data, evidence };
}

async function take(
  station: Station,
  sender: SenderAccount,
  report: Report,
  staged: Map<string, Received>,
): Promise<{ accepted: Accepted; repeated: boolean }> {
  const now = station.clock();
  const contradictions = contradictionsIn(report, now);
  if (contradictions.length > 0) throw invalid("The report contradicts itself.", contradictions);
  // Whose word a report's claims are follows from its sender's kind: an account is of the kind that the operator gave it.
  if (report.sender.kind !== sender.kind)
    throw invalid("The report names a sender of another kind than this account.", [
      problem("/sender/kind", `this account is of the kind ${sender.kind}`),
    ]);
  const reference = report.references.find((found) => found.kind === "this-report");
  if (reference === undefined)
    throw invalid("The report has no number of its own.", [
      problem("/references", "Add a reference of kind this-report with your own number for the report."),
    ]);
  const objects = new Map([...staged].map(([id, { object }]) => [id, object]));
  // Should the transaction fail, its outcome may be unknown to us: objects are left to the orphan sweep, never removed.
  const unclaimed = new Map(staged);
  staged.clear();
  const result = await station.db.transaction((tx) =>
    accept(tx, {
      door: "report",
      handedBy: sender.username,
      handedReference: reference.value,
      returnTo: sender.peer,
      report,
      claims: [],
      objects,
      newObjects: [...objects.values()],
      at: now,
    }),
  );
  if (!result.repeated) return result;
  // The bytes of the first sending are kept; whoever called this removes these.
  for (const [id, received] of unclaimed) staged.set(id, received);
  if (result.accepted.contentSha256 !== contentDigest(report).toString("hex"))
    throw new StationError("conflict", `Report ${reference.value} was accepted before, with other content.`, {
      remedy:
        "A report is never altered. Send the change as a report of its own that names this one as prior-report.",
    });
  return result;
}

function problem(path: string, message: string): Problem {
  return { code: "door.report", path, message, remedy: "Correct it and send the whole report again." };
}

function invalid(
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
