import { z } from "zod";

/** Where posts go, and as whom. */
export interface MediaDoor {
  readonly url: string;
  readonly authorization: string;
}

const answerSchema = z.object({
  action: z.enum(["nothing", "review", "report"]),
  matches: z.array(z.object({ entry: z.string(), match: z.enum(["exact", "perceptual"]) })),
});
export type MediaSaid = z.infer<typeof answerSchema>;

/** What a platform says of a post beside its file. */
export interface PostContext {
  reference: string;
  account: { id: string };
  at: string;
  address: string;
  port: number;
  where: string;
  public: boolean;
}

/**
 * Posts a file at a station's door for media.
 * @returns `undefined` where the station was away or had too much to do: the same post may be sent again
 * @throws Error where it was refused
 */
export async function postMedia(
  { url, authorization }: MediaDoor,
  post: PostContext,
  bytes: Uint8Array,
): Promise<MediaSaid | undefined> {
  const form = new FormData();
  form.set("post", JSON.stringify(post));
  form.append("file", new Blob([new Uint8Array(bytes)]), "picture");
  const response = await fetch(`${url}/door/media`, {
    method: "POST",
    headers: { authorization },
    body: form,
    signal: AbortSignal.timeout(60_000),
  }).catch(() => undefined);
  if (response === undefined || response.status === 429 || response.status >= 500) {
    await response?.body?.cancel();
    return undefined;
  }
  const said: unknown = await response.json();
  if (response.ok) return answerSchema.parse(said);
  throw new Error(`the door for media refused ${post.reference}: ${JSON.stringify(said).slice(0, 500)}`);
}
