import { xsd as schemaText } from "../../schema/xsd.ts";
import { type Answer, schema } from "../answer.ts";

/** `GET /xsd`: the schema, for clients that check their documents before they send them. */
export async function xsd(): Promise<Answer> {
  return schema(schemaText());
}
