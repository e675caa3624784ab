import { type Answer, statement } from "../answer.ts";
import type { Call } from "../call.ts";

/** `GET /status`: are we connected, and who am I? The form of the sentence is the documented one. */
export async function status({ account, req, remoteAddress }: Call): Promise<Answer> {
  return statement(`Remote User : ${account.username}, Remote Ip : ${remoteAddress(req)}`);
}
