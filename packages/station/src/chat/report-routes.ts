import { answerFrankAudit } from "@fairlead/franking";
import type { FastifyInstance } from "fastify";
import type { ZodTypeProvider } from "fastify-type-provider-zod";
import { z } from "zod";
import { StationError } from "../errors.ts";
import { toText } from "./bytes.ts";
import { frankAuditSchema, newReportSchema } from "./contract.ts";
import type { Device } from "./device-sessions.ts";
import { deviceOf } from "./guard.ts";
import type { Hub } from "./hub.ts";
import { reportsOf, takeReport } from "./reports.ts";
import { notAMember } from "./roster.ts";

const hide = true;
/** A report of the greatest size in base64url. */
const REPORT_BODY_BYTES = 12 * 1024 * 1024;

/** What a person reports, what becomes of it, and whether a message could be reported at all. */
export function reportRoutes(instance: FastifyInstance, hub: Hub): void {
  const app = instance.withTypeProvider<ZodTypeProvider>();

  app.post("/chat/frank-audit", { schema: { hide, body: frankAuditSchema } }, async (request) => {
    const device = await deviceOf(hub, request, "audit");
    const { tag, frank, context } = request.body;
    const key = hub.keys.find(await roomKeyFor(hub, device, context.roomUri));
    if (key === undefined) throw new Error("a room's franking key is missing from the configuration");
    const { valid, signature } = await answerFrankAudit(hub.crypto, key.hub, {
      tag,
      frank,
      context: { ...context, acceptedAt: BigInt(context.acceptedAt) },
    });
    return { valid, signature: toText(signature) };
  });

  app.post(
    "/chat/reports",
    { bodyLimit: REPORT_BODY_BYTES, schema: { hide, body: newReportSchema } },
    async (request, reply) => {
      const device = await deviceOf(hub, request, "report");
      const { repeated, answer } = await takeReport(hub, device, request.body);
      return await reply.status(repeated ? 200 : 201).send(answer);
    },
  );

  app.get("/chat/reports", { schema: { hide } }, async (request) => ({
    reports: await reportsOf(hub, await deviceOf(hub, request)),
  }));

  app.get("/chat/reports/:id", { schema: { hide, params: z.object({ id: z.uuid() }) } }, async (request) => {
    const [report] = await reportsOf(hub, await deviceOf(hub, request), request.params.id);
    if (report === undefined)
      throw new StationError("not-found", "Your account has made no such report.", {
        remedy: "GET /chat/reports lists them.",
      });
    return report;
  });
}

/** The franking key of a room that this account is or was in. @throws StationError `chat.not-a-member` */
async function roomKeyFor(hub: Hub, by: Device, roomUri: string): Promise<Buffer> {
  const roomId = hub.uris.roomOf(roomUri);
  const row =
    roomId === undefined
      ? undefined
      : await hub.station.db.kysely
          .selectFrom("chat_member as member")
          .innerJoin("chat_device as device", "device.id", "member.device_id")
          .innerJoin("chat_room as room", "room.id", "member.room_id")
          .select("room.signing_key")
          .where("member.room_id", "=", Buffer.from(roomId))
          .where("device.handle", "=", by.handle)
          .executeTakeFirst();
  if (row === undefined) throw notAMember();
  return row.signing_key;
}
