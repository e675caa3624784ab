import { checkServerFrank, kidOf } from "@fairlead/franking";
import { sql } from "kysely";
import { StationError } from "../errors.ts";
import type { Hub } from "./hub.ts";

interface Newest {
  room_id: Buffer;
  handle: string;
  accepted_at: string;
  franking_tag: Buffer;
  server_frank: Buffer;
}

/**
 * Refuses to open a hub whose keys or domain are not those of what is stored: messages would be marked that no report could ever be
 * checked against, or rooms could not be handed on.
 * @throws StationError `keys.missing`
 */
export async function mustFitWhatIsStored(
  hub: Pick<Hub, "station" | "crypto" | "keys" | "uris">,
): Promise<void> {
  const { kysely } = hub.station.db;
  const rooms = await kysely.selectFrom("chat_room").select("signing_key").distinct().execute();
  if (rooms.some(({ signing_key }) => hub.keys.find(signing_key) === undefined))
    throw unfit(
      "Rooms here know a franking key that `chat.signingKeys` does not name.",
      "Name every key that was ever used, with the time at which it ended.",
    );
  const { rows } =
    await sql<Newest>`select record.room_id, device.handle, record.accepted_at, record.franking_tag,
      record.server_frank
    from chat_record record join chat_device device on device.id = record.device_id
    order by cursor desc limit 1`.execute(kysely);
  const [newest] = rows;
  if (newest === undefined) return;
  const acceptedAt = BigInt(newest.accepted_at);
  const isOurs = await checkServerFrank(
    hub.crypto,
    { hubKey: hub.keys.monthly },
    {
      frankingTag: newest.franking_tag,
      serverFrank: newest.server_frank,
      hubKid: kidOf(acceptedAt),
      context: {
        senderUri: hub.uris.account(newest.handle),
        roomUri: hub.uris.room(newest.room_id),
        acceptedAt,
      },
    },
  );
  if (!isOurs)
    throw unfit(
      "The messages that are stored were franked with another master key, or under another domain.",
      "Bring back the key file from its backup, or the domain of the configuration.",
    );
}

function unfit(message: string, remedy: string): StationError {
  return new StationError("keys.missing", message, { audience: "operator", remedy });
}
