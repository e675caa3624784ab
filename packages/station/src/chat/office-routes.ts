import { checkServerFrank } from "@fairlead/franking";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { authenticateSender } from "../access/index.ts";
import { StationError } from "../errors.ts";
import { openBlob } from "./blobs.ts";
import {
  frankChecksSchema,
  officeQuerySchema,
  officeRecordsSchema,
  officeWaitSchema,
  resultSchema,
} from "./contract.ts";
import { sendFile } from "./file-routes.ts";
import type { Hub } from "./hub.ts";
import { providerRecords } from "./provider-records.ts";
import { noteResult } from "./results.ts";
import { gone } from "./room-routes.ts";
import { subscriberOf } from "./subscriber.ts";
import { waitingReports } from "./waiting-reports.ts";

const hide = true;

/** The verifier's door: reports that wait, and the hub's records about what is in them. */
export function officeRoutes(instance: FastifyInstance, hub: Hub): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();
  const byId = z.object({ id: z.uuid() });

  app.get(
    "/chat-office/reports",
    { schema: { hide, querystring: officeWaitSchema } },
    async (request, reply) => {
      await mustBeTheVerifier(hub, request);
      return { reports: await waitingReports(hub, request.query.wait, gone(reply)) };
    },
  );

  app.post("/chat-office/frank-checks", { schema: { hide, body: frankChecksSchema } }, async (request) => {
    await mustBeTheVerifier(hub, request);
    await reportOf(hub, request.body.reportId);
    const valid = [];
    for (const { context, ...item } of request.body.items)
      valid.push(
        Number.isSafeInteger(context.acceptedAt) &&
          (await checkServerFrank(
            hub.crypto,
            { hubKey: hub.keys.monthly },
            { ...item, context: { ...context, acceptedAt: BigInt(context.acceptedAt) } },
          )),
      );
    return { valid };
  });

  app.post(
    "/chat-office/records",
    { schema: { hide, body: officeRecordsSchema } },
    async (request, reply) => {
      await mustBeTheVerifier(hub, request);
      const report = await reportOf(hub, request.body.reportId);
      const records = await providerRecords(hub, report, request.body);
      return await reply
        .type("application/vnd.fairlead.provider-records+cbor")
        .send(Buffer.from(records.buffer, records.byteOffset, records.length));
    },
  );

  app.get(
    "/chat-office/accounts/:handle",
    { schema: { hide, params: z.object({ handle: z.string() }), querystring: officeQuerySchema } },
    async (request) => {
      await mustBeTheVerifier(hub, request);
      const report = await reportOf(hub, request.query.report);
      return await subscriberOf(hub, report, request.params.handle);
    },
  );

  app.get(
    "/chat-office/blobs/:id",
    { schema: { hide, params: z.object({ id: z.string() }), querystring: officeQuerySchema } },
    async (request, reply) => {
      await mustBeTheVerifier(hub, request);
      await mustBeHeld(hub, request.query.report, request.params.id);
      return await sendFile(reply, await openBlob(hub, request.params.id));
    },
  );

  app.post(
    "/chat-office/reports/:id/result",
    { schema: { hide, params: byId, body: resultSchema } },
    async (request, reply) => {
      await mustBeTheVerifier(hub, request);
      await noteResult(hub, request.params.id, request.body);
      return await reply.status(204).send();
    },
  );
}

/** @throws StationError `session.missing`, the same for an unknown name, a wrong secret and another account */
async function mustBeTheVerifier(hub: Hub, request: FastifyRequest): Promise<void> {
  const [scheme, encoded] = (request.headers.authorization ?? "").split(" ", 2);
  const [username = "", ...secret] = Buffer.from(encoded ?? "", "base64")
    .toString("utf8")
    .split(":");
  const account =
    scheme?.toLowerCase() === "basic"
      ? await authenticateSender(hub.station.db.kysely, username, secret.join(":"))
      : undefined;
  if (account !== undefined && !account.disabled && account.username === hub.config.verifier.account) return;
  throw new StationError("session.missing", "This door is for the verifier of this station.", {
    remedy: "Sign in by HTTP Basic with the account that the configuration names as `chat.verifier.account`.",
  });
}

/** @throws StationError `not-found` */
async function reportOf(hub: Hub, id: string): Promise<{ id: string; handle: string }> {
  const row = await hub.station.db.kysely
    .selectFrom("chat_report as report")
    .innerJoin("chat_device as device", "device.id", "report.device_id")
    .select(["report.id", "device.handle"])
    .where("report.id", "=", id)
    .executeTakeFirst();
  if (row !== undefined) return row;
  throw new StationError("not-found", "The hub has no such report.", {
    remedy: "Take the ids of GET /chat-office/reports.",
  });
}

/** @throws StationError `not-found` */
async function mustBeHeld(hub: Hub, reportId: string, blobId: string): Promise<void> {
  const held = await hub.station.db.kysely
    .selectFrom("chat_hold")
    .select("blob_id")
    .where("report_id", "=", reportId)
    .execute();
  if (!held.some(({ blob_id }) => blob_id === blobId))
    throw new StationError("not-found", "The report points to no such file, or it is gone.", {
      remedy: "Only files that the reporter named can be had.",
    });
}
