import { z } from "zod";

const whole = z.int();

/**
 * GET /chat/safety -> what stands for this account after account signals, and the calm notices that it has about who asked it. The
 * notice of the inbox with the code `safety` says that it changed. POST /chat/safety/appeals {words} -> 204 asks for a person to look,
 * once; 409 `conflict` where nothing stands. POST /chat/safety/notices/{handle}/fine -> 204 puts a notice away.
 * Under `friction` POST /chat/requests answers 429 `chat.slowed` when the day's requests to young strangers are used up.
 */
export const safetySchema = z.object({
  actions: z.array(
    z.object({
      action: z
        .enum(["friction", "notice", "hide"])
        .describe("few requests to strangers a day; a notice beside them; not found, and requests not shown"),
      since: whole,
      until: whole,
    }),
  ),
  requestsADay: whole,
  appeal: z.object({ madeAt: whole, decidedAt: whole.nullable() }).nullable(),
  notices: z.array(z.object({ uri: z.string(), name: z.string(), at: whole })),
});
export type Safety = z.infer<typeof safetySchema>;
export const newAppealSchema = z.strictObject({ words: z.string().trim().max(1000) });
