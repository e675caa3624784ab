import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Station } from "../../context.ts";
import { StationError } from "../../errors.ts";
import { answerTo } from "../../http/problem.ts";
import { bankAccountOf, mustCurate, mustMatch } from "../account.ts";
import type { BankDoors } from "../door.ts";
import { valueProblem } from "../signal.ts";
import type { Lookup } from "../verify.ts";
import {
  addContent,
  bankList,
  type HmaBank,
  hmaName,
  idOf,
  makeHmaBank,
  removeContent,
  switchBank,
} from "./banks.ts";
import { hmaHashing } from "./hashing.ts";

/** Where HMA's interface lies at a station: what a client of HMA takes for its base. */
const BASE = "/hma";
/** HMA's names of kinds of hashes. Others of its kinds have no place here. */
export const HMA_KINDS = { pdq: "pdq", video_md5: "md5" } as const;
/** HMA gives all that it finds; this is as many as a bank is asked for at once. */
const MOST = 1000;

/** What HMA answers where this station says something finer. */
const HMA_STATUS: Readonly<Record<number, number>> = { 409: 403, 422: 400 };

const signalQuery = z.object({
  signal: z.string(),
  signal_type: z.enum(["pdq", "video_md5"]),
  include_distance: z.enum(["true", "false", "1", "0", "True", "False"]).optional(),
});
const newBank = z.object({
  name: z.string().min(1).max(63),
  enabled: z.union([z.boolean(), z.string()]).optional(),
  enabled_ratio: z.coerce.number().min(0).max(1).optional(),
});
const changedBank = z.object({
  enabled: z.boolean().optional(),
  enabled_ratio: z.number().min(0).max(1).optional(),
});
const ofBank = z.object({ bank: z.string().max(63) });
const ofContent = ofBank.extend({ content: z.string().regex(/^\d{1,18}$/) });
const signalsBody = z
  .strictObject({ pdq: z.string().optional(), video_md5: z.string().optional() })
  .refine((body) => Object.keys(body).length > 0);

/**
 * The HTTP interface of Meta's Hasher-Matcher-Actioner, for a platform whose systems speak it: point its base here and give it an account.
 * HMA itself asks nobody who they are. Routes and answers as its open-source server has them (`matching.py`, `curation.py`, `app.py`).
 */
export function hmaDoor(app: FastifyInstance, station: Station, doors: BankDoors): void {
  // HMA's clients read `message`, and text where it answers text.
  app.setErrorHandler(async (error, _request, reply) => {
    const { status, detail } = answerTo(error);
    if (status >= 500) station.log.error({ err: error }, "hma.failed");
    return await reply.status(HMA_STATUS[status] ?? status).send({ message: detail });
  });
  app.register(async (scope) => await hmaHashing(scope, station, doors, BASE));
  const hide = { schema: { hide: true } };

  app.get(`${BASE}/status`, hide, async (_request, reply) => await statusOf(doors, reply, "I-AM-ALIVE"));
  app.get(`${BASE}/livez`, hide, async (_request, reply) => await reply.type("text/plain").send("OK"));
  app.get(`${BASE}/readyz`, hide, async (_request, reply) => await statusOf(doors, reply, "READY"));

  app.get(`${BASE}/m/raw_lookup`, hide, async (request) => {
    const { found, withDistance } = await look(station, doors, request);
    return {
      matches: found.map(({ id, distance }) =>
        withDistance ? { content_id: id, distance: String(distance) } : id,
      ),
    };
  });
  app.get(`${BASE}/m/lookup`, hide, async (request) => {
    const { found } = await look(station, doors, request);
    return [...new Set(found.map(({ bank }) => hmaName(bank)))];
  });
  app.get(`${BASE}/m/index/status`, hide, async (request) => {
    mustMatch(await bankAccountOf(station, request));
    const { ready, seq, banks } = doors.matcher.status();
    const size = (kind: "pdq" | "md5") => banks.reduce((sum, { sizes }) => sum + sizes[kind], 0);
    return Object.fromEntries(
      Object.entries(HMA_KINDS).map(([name, kind]) => [
        name,
        { present: ready, built_to: ready ? Number(seq) : -1, size: size(kind) },
      ]),
    );
  });

  app.get(`${BASE}/c/signal_type`, hide, async (request) => {
    await bankAccountOf(station, request);
    return Object.keys(HMA_KINDS).map((name) => ({ name, enabled_ratio: 1 }));
  });
  app.get(`${BASE}/c/banks`, hide, async (request) => {
    const account = await bankAccountOf(station, request);
    return (await bankList(station.db))
      .filter(({ id }) => account.matches || account.curates.includes(id))
      .map(shown);
  });
  app.post(`${BASE}/c/banks`, hide, async (request, reply) => {
    const account = await bankAccountOf(station, request);
    const { name, enabled, enabled_ratio: ratio } = read(newBank, request.body);
    mustCurate(account, idOf(name));
    const isOn =
      ratio === undefined
        ? enabled === undefined || enabled === true || enabled === "true"
        : wholeRatio(ratio);
    const made = await makeHmaBank(station, idOf(name), isOn, account.username);
    return await reply.status(201).send(shown(made));
  });
  app.get(`${BASE}/c/bank/:bank`, hide, async (request) => {
    const account = await bankAccountOf(station, request);
    const id = idOf(read(ofBank, request.params).bank);
    const bank = (await bankList(station.db)).find((each) => each.id === id);
    if (bank === undefined || !(account.matches || account.curates.includes(id))) throw noBank(id);
    return shown(bank);
  });
  app.put(`${BASE}/c/bank/:bank`, hide, async (request) => {
    const account = await bankAccountOf(station, request);
    const id = idOf(read(ofBank, request.params).bank);
    mustCurate(account, id);
    const { enabled, enabled_ratio: ratio } = read(changedBank, request.body);
    const isOn = ratio === undefined ? enabled : wholeRatio(ratio);
    if (isOn === undefined)
      throw new StationError("request.invalid", "Nothing of a bank can be changed but `enabled`.");
    return shown(await switchBank(station, id, isOn, account.username));
  });
  app.post(`${BASE}/c/bank/:bank/signal`, hide, async (request) => {
    const account = await bankAccountOf(station, request);
    const id = idOf(read(ofBank, request.params).bank);
    mustCurate(account, id);
    return await addContent(station, id, read(signalsBody, request.body), account.username);
  });
  app.delete(`${BASE}/c/bank/:bank/content/:content`, hide, async (request) => {
    const account = await bankAccountOf(station, request);
    const { bank, content } = read(ofContent, request.params);
    mustCurate(account, idOf(bank));
    return { deleted: await removeContent(station, idOf(bank), content, account.username) };
  });
}

interface Looked {
  found: Array<{ id: number; bank: string; distance: number }>;
  withDistance: boolean;
}

async function look(station: Station, doors: BankDoors, request: FastifyRequest): Promise<Looked> {
  const account = await bankAccountOf(station, request);
  mustMatch(account);
  const { signal, signal_type: type, include_distance: distance } = read(signalQuery, request.query);
  const lookup: Lookup = { kind: HMA_KINDS[type], value: signal.trim().toLowerCase() };
  const problem = valueProblem(lookup.kind, lookup.value);
  if (problem !== undefined) throw new StationError("request.invalid", `invalid signal: ${problem}`);
  const leave = await doors.doorkeeper.enter(account.username);
  try {
    const [found] = await doors.matcher.lookup([lookup], MOST);
    return {
      found: (found?.matches ?? []).map((match) => ({
        id: match.signal.id,
        bank: match.bank,
        distance: match.distance,
      })),
      withDistance: ["true", "1"].includes((distance ?? "").toLowerCase()),
    };
  } finally {
    leave();
  }
}

async function statusOf({ matcher }: BankDoors, reply: FastifyReply, well: string): Promise<FastifyReply> {
  const { ready } = matcher.status();
  return await reply
    .status(ready ? 200 : 503)
    .type("text/plain")
    .send(ready ? well : "INDEX-NOT-LOADED");
}

function shown({ id, enabled }: HmaBank): { name: string; matching_enabled_ratio: number } {
  return { name: hmaName(id), matching_enabled_ratio: enabled ? 1 : 0 };
}

/** A part of a bank is switched on by what its source says of entries, never by a throw of dice: an answer stays the same. */
function wholeRatio(ratio: number): boolean {
  if (ratio === 0 || ratio === 1) return ratio === 1;
  throw new StationError("request.invalid", "A bank is on or off here: enabled_ratio is 0 or 1.");
}

function read<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new StationError(
    "request.invalid",
    `${issue?.path.join(".") ?? ""}: ${issue?.message ?? "is wrong"}`,
  );
}

function noBank(id: string): StationError {
  return new StationError("not-found", `bank '${hmaName(id)}' not found`);
}
