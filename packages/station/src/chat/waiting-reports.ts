import { sql } from "kysely";
import { toText } from "./bytes.ts";
import type { Hub } from "./hub.ts";

/** As many as fit into this, and always one. */
const PAGE_BYTES = 16 * 1024 * 1024;
const PAGE = 50;

interface Row {
  id: string;
  number: string;
  sealed: Buffer;
  received_at: string;
  handle: string;
  device_id: Buffer;
}

/** Reports that wait for the verifier, oldest first, waiting for the first if there is none. */
export async function waitingReports(hub: Hub, waitSeconds: number, signal: AbortSignal): Promise<object[]> {
  const until = Date.now() + waitSeconds * 1000;
  for (;;) {
    using listener = hub.watch.listen("anything");
    const rows = await pageOf(hub);
    const left = until - Date.now();
    if (rows.length > 0 || left <= 0 || signal.aborted)
      return rows.map((row) => ({
        id: row.id,
        number: row.number,
        sealed: toText(row.sealed),
        reporter: { uri: hub.uris.account(row.handle), deviceId: toText(row.device_id) },
        receivedAt: Date.parse(row.received_at),
      }));
    await listener.wait(left, signal);
  }
}

async function pageOf(hub: Hub): Promise<Row[]> {
  const { rows } = await sql<Row>`with waiting as (
      select id, row_number() over line as place, sum(length(sealed)) over line as bytes
      from chat_report where state = 'received' and sealed is not null
      window line as (order by received_at, id) order by received_at, id limit ${PAGE}
    )
    select report.id, report.number, report.sealed, report.received_at, device.handle, device.id as device_id
    from waiting join chat_report report on report.id = waiting.id join chat_device device on device.id = report.device_id
    where waiting.place = 1 or waiting.bytes <= ${PAGE_BYTES} order by waiting.place`.execute(
    hub.station.db.kysely,
  );
  return rows;
}
