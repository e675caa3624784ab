import { z } from "zod";
import { actionSchema, foundSchema } from "./matches.ts";

/** What goes over the door for media; openapi.ts describes it to whoever writes a platform's client. */
export const MEDIA_POSTS = "/door/media";
export const MEDIA_HASHES = "/door/media/hashes";
export const MEDIA_OPENAPI = "/door/media/openapi.json";
/** The field that holds the context, and the part that is the file. */
export const POST_FIELD = "post";
export const FILE_PART = "file";

const text = (most: number) =>
  z
    .string()
    .min(1)
    .max(most)
    .refine((value) => value.isWellFormed() && !value.includes("\u0000"), {
      message: "holds a character that cannot be kept",
    });

/** What the platform knows of a post. */
export const mediaPostSchema = z.strictObject({
  reference: text(255).describe(
    "the platform's own number for this post; sent again, it is answered as before",
  ),
  incident: text(255)
    .optional()
    .describe(
      "the platform's own name of the matter, such as an album; without it, what the account posts is one matter",
    ),
  account: z.strictObject({
    id: text(255).describe("whose post it is, by the id that does not change"),
    name: text(255).optional(),
    profile: z.url().max(2083).optional(),
  }),
  at: z.iso
    .datetime({ offset: true, error: "is not a time with its zone, such as 2026-11-22T14:03:07+01:00" })
    .describe("when it was posted, with its zone: a time without one is not taken"),
  address: z.union([z.ipv4(), z.ipv6()]).optional().describe("the address that it was posted from"),
  port: z
    .int()
    .min(1)
    .max(65_535)
    .optional()
    .describe("the source port: behind a carrier's shared address nobody is found without it"),
  where: text(2083).describe("where it was posted: a URL, or the platform's own words"),
  public: z.boolean().optional().describe("whether anybody could see it; left out where that is not known"),
  fileName: text(255).optional(),
});
export type MediaPost = z.infer<typeof mediaPostSchema>;

const hex = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const pdqSchema = z.object({ hash: hex(32), quality: z.int().min(0).max(100), exact: z.boolean() });

/** The answer to a post. */
export const mediaAnswerSchema = z.object({
  id: z.uuid(),
  reference: z.string(),
  receivedAt: z.iso.datetime(),
  file: z.object({
    size: z.int().min(0),
    sha256: hex(32),
    sha1: hex(20),
    md5: hex(16),
    format: z.string().optional().describe("by its first bytes"),
  }),
  pdq: z
    .object({ full: pdqSchema, nn512: pdqSchema })
    .optional()
    .describe("perceptual hashes of a picture's first frame; absent where the file could not be decoded"),
  video: z
    .object({
      taken: z.int().min(0).describe("frames that were taken, one a second"),
      looked: z.int().min(0).describe("of those, the frames that say something and were looked for"),
      more: z.boolean().describe("there was more of the video than was looked at"),
    })
    .optional(),
  refused: z
    .object({ code: z.string(), message: z.string(), remedy: z.string() })
    .optional()
    .describe("why there is no perceptual hash; digests were matched all the same"),
  matches: z.array(foundSchema),
  more: z.boolean().describe("there are more matches than these"),
  action: actionSchema.describe(
    "`nothing`: no copy is kept. `review`: a person will look. `report`: it becomes part of a report",
  ),
  decided: z
    .enum(["report", "leave"])
    .optional()
    .describe("what was decided about this very file before; nobody looks at it again"),
});
export type MediaAnswer = z.infer<typeof mediaAnswerSchema>;
