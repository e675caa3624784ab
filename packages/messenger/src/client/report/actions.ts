import type { Context } from "../context.ts";
import { targetOf } from "../message/actions.ts";
import type { LineCache } from "../model/lines.ts";
import type { MessageRecord } from "../store/records.ts";
import type { Messenger } from "../types.ts";
import { draftReport, reviseReport } from "./draft.ts";
import { previewReport } from "./preview.ts";
import { sendReport } from "./send.ts";

type ReportActions = Pick<Messenger, "draftReport" | "reviseReport" | "previewReport" | "sendReport">;

export function reportActions(context: Context, cache: LineCache): ReportActions {
  return {
    async draftReport(roomId, messageKeys) {
      const selected: MessageRecord[] = [];
      for (const key of messageKeys) {
        const { record } = await targetOf(context, cache, roomId, key);
        if (record !== null) selected.push(record);
      }
      return await draftReport(context, roomId, selected);
    },
    reviseReport: (draft, change) => reviseReport(context, draft, change),
    previewReport: (draft) => previewReport(context, draft),
    sendReport: (preview) => sendReport(context, preview),
  };
}
