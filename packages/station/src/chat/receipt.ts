import type { StatementType } from "@fairlead/sealing";
import { z } from "zod";

/** What a person has in hand: that this hub took this report, and when. It says nothing of what is in it. */
export interface ReportReceipt {
  hub: string;
  reportId: string;
  number: string;
  /** SHA-256 of the report as it came, hex. */
  sealedSha256: string;
  receivedAt: string;
}

export const reportReceipt: StatementType<ReportReceipt> = {
  name: "chat-report-receipt",
  version: 1,
  schema: z.strictObject({
    hub: z.string(),
    reportId: z.uuid(),
    number: z.string(),
    sealedSha256: z.string().regex(/^[0-9a-f]{64}$/),
    receivedAt: z.iso.datetime(),
  }),
};
