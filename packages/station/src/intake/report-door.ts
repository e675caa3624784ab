import multipart, { type MultipartFile } from "@fastify/multipart";
import {
  contradictionsIn,
  evidenceIdSchema,
  reportSchema,
  type Report,
  validateReport,
} from "@fairlead/report";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { SenderAccount } from "../access/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import { StoreError } from "../store/index.ts";
import { accept, contentDigest, type Accepted } from "./accept.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import {
  invalid,
  isCutOff,
  type Measured,
  parseJson,
  problem,
  type ReceivedPart,
  senderOf,
  withMeasures,
} from "./form-parts.ts";
import { receiptOf } from "./receipt.ts";
import { keepSealed, SEALED_PART } from "./sealed-part.ts";
import {
  findNamed,
  type Joiner,
  lockNamed,
  type NamedFiles,
  notFree,
  UPLOADS_FIELD,
  useNamed,
} from "./uploads/index.ts";

/** Documents are small; what is large is a file, and files have no limit of their own. */
const REPORT_FIELD_BYTES = 4 * 1024 * 1024;
const MAX_FILES = 10_000;

/**
 * The door for an organisation's own systems: `POST /door/reports`, Basic sign-in, multipart with the field `report` (the
 * internal report as JSON) and one file part for each piece of evidence, named by its id. An account that seals for itself sends
 * a part as `application/age-encryption` and states in the report what it measured of the plaintext. A file that came before as an
 * upload (uploads/) is named in the field `uploads` in place of its part.
 * The answer holds the signed receipt. Sending the same report again is answered with the same number and receipt.
 */
export async function reportDoor(
  app: FastifyInstance,
  station: Station,
  doorkeeper: Doorkeeper,
  join: Joiner,
): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: {
        fieldSize: REPORT_FIELD_BYTES,
        files: MAX_FILES,
        fields: 2,
        fileSize: Number.MAX_SAFE_INTEGER,
      },
    });
    scope.post("/door/reports", { schema: { hide: true } }, async (request, reply) => {
      const sender = await senderOf(station, request);
      const leave = await doorkeeper.enterWithReport(sender.username);
      const staged = new Map<string, ReceivedPart>();
      try {
        const result = await doorkeeper.counts.counted(sender.username, async () => {
          const form = await readParts(station, sender, request, staged, () => doorkeeper.turn());
          const named = await findNamed(station, join, sender.username, form.uploads);
          // A document is parsed and checked in one piece; those that came at one moment are not, all of them in one.
          await doorkeeper.turn();
          const report = measured(form.document, staged, named);
          return await take(station, sender, report, staged, named);
        });
        const receipt = await receiptOf(station, sender.username, result.reference);
        return await reply.status(result.repeated ? 200 : 201).send({ ...result.accepted, receipt });
      } finally {
        leave();
        for (const { object } of staged.values()) await station.vault.remove(object.name);
      }
    });
  });
}

async function readParts(
  station: Station,
  sender: SenderAccount,
  request: FastifyRequest,
  staged: Map<string, ReceivedPart>,
  turn: () => Promise<void>,
): Promise<{ document: unknown; uploads: unknown }> {
  const fields: Record<string, unknown> = {};
  try {
    for await (const part of request.parts()) {
      if (part.type === "file") await stageFile(station, sender, part, staged);
      // A field that is declared as JSON has been parsed on its way in.
      else if (part.fieldname === "report" || part.fieldname === UPLOADS_FIELD) {
        await turn();
        fields[part.fieldname] =
          typeof part.value === "string" ? parseJson(part.value, part.fieldname) : part.value;
      }
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
  const { report: document, [UPLOADS_FIELD]: uploads } = fields;
  if (document === undefined)
    throw invalid("The request has no field `report`.", [
      { path: "/", message: "the field `report` is missing" },
    ]);
  return { document, uploads };
}

async function stageFile(
  station: Station,
  sender: SenderAccount,
  part: MultipartFile,
  staged: Map<string, ReceivedPart>,
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

/** Writes what was measured into the report; what the sender measured must agree. */
function measured(document: unknown, staged: ReadonlyMap<string, ReceivedPart>, named: NamedFiles): Report {
  const shape = reportSchema.safeParse(document);
  if (!shape.success) {
    const checked = validateReport(document, Number.MAX_SAFE_INTEGER);
    throw invalid("The report is not in the form of the report model.", checked.ok ? [] : checked.problems);
  }
  for (const id of named.keys())
    if (staged.has(id))
      throw invalid("A file comes as a part or as an upload, not as both.", [
        { path: "/evidence", message: `two files were sent for ${id}` },
      ]);
  return withMeasures(shape.data, new Map<string, Measured>([...staged, ...named]));
}

async function take(
  station: Station,
  sender: SenderAccount,
  report: Report,
  staged: Map<string, ReceivedPart>,
  named: NamedFiles,
): Promise<{ accepted: Accepted; repeated: boolean; reference: string }> {
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
  const sent = [...staged].map(([id, { object }]) => [id, object] as const);
  const uploaded = [...named].flatMap(([id, { object }]) =>
    object === undefined ? [] : [[id, object] as const],
  );
  // Should the transaction fail, its outcome may be unknown to us: objects are left to the orphan sweep, never removed.
  const unclaimed = new Map(staged);
  staged.clear();
  // For objects that are nobody's for certain: whoever called this removes them.
  const putBack = () => {
    for (const [id, received] of unclaimed) staged.set(id, received);
  };
  const result = await station.db
    .transaction(async (tx) => {
      const areFree = await lockNamed(tx, named);
      const entry = await accept(tx, {
        door: "report",
        handedBy: sender.username,
        handedReference: reference.value,
        returnTo: sender.peer,
        report,
        claims: [],
        objects: new Map([...sent, ...(areFree ? uploaded : [])]),
        newObjects: sent.map(([, object]) => object),
        at: now,
      });
      if (entry.repeated) return entry;
      if (!areFree) throw notFree();
      await useNamed(station, tx, named);
      return entry;
    })
    .catch((error: unknown) => {
      // What we refuse ourselves is refused for certain; a commit that was not heard may have been done.
      if (error instanceof StationError && !(error instanceof StoreError)) putBack();
      throw error;
    });
  if (!result.repeated) return { ...result, reference: reference.value };
  // The bytes of the first sending are kept.
  putBack();
  if (result.accepted.contentSha256 !== contentDigest(report).toString("hex"))
    throw new StationError("conflict", `Report ${reference.value} was accepted before, with other content.`, {
      remedy:
        "A report is never altered. Send the change as a report of its own that names this one as prior-report.",
    });
  return { ...result, reference: reference.value };
}
