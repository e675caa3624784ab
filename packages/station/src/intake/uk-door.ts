import multipart from "@fastify/multipart";
import { evidenceIdSchema, type Report } from "@fairlead/report";
import type { Envelope } from "@fairlead/sealing";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { z } from "zod";
import type { SenderAccount } from "../access/index.ts";
import type { Station } from "../context.ts";
import { StationError } from "../errors.ts";
import {
  keepUkReport,
  receiptOf,
  REPORT_FIELD,
  UK_OPENAPI,
  UK_RECEIPTS,
  UK_REPORTS,
  ukOpenApi,
} from "../uk-direct/index.ts";
import { accept, contentDigest } from "./accept.ts";
import type { Doorkeeper } from "./doorkeeper.ts";
import { invalid, isCutOff, parseJson, type ReceivedPart, senderOf } from "./form-parts.ts";
import { checkUkDirect, UK_LIMITS } from "./uk-check.ts";

const lookUpQuery = z.object({ reference: z.string().min(1).max(255) });

/** The door for UK direct reports, by the accounts of providers; ../uk-direct/wire.ts says what goes over it. */
export async function ukDoor(app: FastifyInstance, station: Station, doorkeeper: Doorkeeper): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: {
        fieldSize: UK_LIMITS.documentBytes,
        files: UK_LIMITS.files,
        fields: 1,
        fileSize: Number.MAX_SAFE_INTEGER,
      },
    });
    scope.post(UK_REPORTS, { schema: { hide: true } }, async (request, reply) => {
      const sender = await providerOf(station, request);
      const leave = await doorkeeper.enterWithReport(sender.username);
      const staged = new Map<string, ReceivedPart>();
      try {
        const { receipt, repeated } = await doorkeeper.counts.counted(sender.username, async () =>
          take(station, sender, await readParts(station, request, staged), staged),
        );
        return await reply.status(repeated ? 200 : 201).send(receipt);
      } finally {
        leave();
        for (const { object } of staged.values()) await station.vault.remove(object.name);
      }
    });
    scope.get(UK_RECEIPTS, { schema: { hide: true } }, async (request) => {
      const sender = await providerOf(station, request);
      const query = lookUpQuery.safeParse(request.query);
      if (!query.success || query.data.reference.includes("\u0000"))
        throw new StationError("request.invalid", "The question names no report.", {
          remedy: "Give the number under which the report was sent, as `reference`.",
        });
      return {
        receipt: (await receiptOf(station.db.kysely, sender.username, query.data.reference)) ?? null,
      };
    });
    const { name } = station.config.station;
    const described = ukOpenApi({ name, url: station.config.publicUrl });
    scope.get(UK_OPENAPI, { schema: { hide: true } }, async () => described);
  });
}

async function providerOf(station: Station, request: FastifyRequest): Promise<SenderAccount> {
  const sender = await senderOf(station, request);
  if (sender.kind === "platform") return sender;
  throw new StationError("permission.refused", "UK direct reports are made by providers of services.", {
    remedy: "Ask this station's operator which door your organisation uses.",
  });
}

async function readParts(
  station: Station,
  request: FastifyRequest,
  staged: Map<string, ReceivedPart>,
): Promise<unknown> {
  let document: unknown;
  try {
    for await (const part of request.parts()) {
      if (part.type === "field") {
        // A field that is declared as JSON has been parsed on its way in.
        if (part.fieldname === REPORT_FIELD)
          document = typeof part.value === "string" ? parseJson(part.value) : part.value;
        continue;
      }
      if (!evidenceIdSchema.safeParse(part.fieldname).success || staged.has(part.fieldname)) {
        part.file.resume();
        throw invalid("A file part is named by the id of its file, once.", [
          {
            path: "/items/detected-content",
            message: `the part "${part.fieldname.slice(0, 64)}" names no file, or names it twice`,
          },
        ]);
      }
      staged.set(part.fieldname, await station.vault.seal(part.file));
    }
  } catch (cause) {
    throw isCutOff(cause)
      ? invalid(
          "The form ends before its last boundary.",
          [{ path: "/", message: "the body is incomplete" }],
          cause,
        )
      : cause;
  }
  if (document !== undefined) return document;
  throw invalid(`The request has no field \`${REPORT_FIELD}\`.`, [
    { path: "/", message: `the field \`${REPORT_FIELD}\` is missing` },
  ]);
}

interface Taken {
  receipt: Envelope;
  repeated: boolean;
}

async function take(
  station: Station,
  sender: SenderAccount,
  stated: unknown,
  staged: Map<string, ReceivedPart>,
): Promise<Taken> {
  const now = station.clock();
  const { ok, what, problems, remarks, made } = checkUkDirect(stated, staged, now);
  if (!ok || made === undefined) throw invalid(what, [...problems, ...remarks]);
  const { document, report } = made;
  const objects = new Map([...staged].map(([id, { object }]) => [id, object]));
  // Should the transaction fail, its outcome may be unknown to us: objects are left to the orphan sweep, never removed.
  const unclaimed = new Map(staged);
  staged.clear();
  const taken = await station.db.transaction(async (tx): Promise<Taken | Report> => {
    const entry = await accept(tx, {
      door: "uk-direct",
      handedBy: sender.username,
      handedReference: document.reference.value,
      returnTo: sender.peer,
      report,
      claims: [],
      objects,
      newObjects: [...objects.values()],
      at: now,
    });
    const { id: reportId, number, contentSha256 } = entry.accepted;
    if (entry.repeated) {
      const receipt = await receiptOf(tx, sender.username, document.reference.value);
      if (receipt === undefined || contentSha256 !== contentDigest(report).toString("hex")) return report;
      return { receipt, repeated: true };
    }
    const account = sender.username;
    const receipt = await keepUkReport(station, tx, {
      reportId,
      number,
      account,
      document,
      report,
      remarks,
      at: now,
    });
    return { receipt, repeated: false };
  });
  const isTaken = "receipt" in taken;
  if (isTaken && !taken.repeated) return taken;
  // The bytes of the first sending are kept; whoever called this removes these.
  for (const [id, received] of unclaimed) staged.set(id, received);
  if (isTaken) return taken;
  throw new StationError(
    "conflict",
    `Report ${document.reference.value} was accepted before, with other content.`,
    {
      remedy:
        "A report is never altered. Send the change as a subsequent report that names the first one's reference.",
    },
  );
}
