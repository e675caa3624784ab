import { Button } from "react-aria-components";
import { useMessenger, useNames } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import type { Message, RoomSummary } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { peopleWords } from "../rooms/room-words.ts";

interface Props {
  message: Message;
  room: RoomSummary;
  isCurrent: boolean;
}

/** The reactions under a message; one's own is taken back by pressing it, another's is joined. */
export function Reactions({ message, room, isCurrent }: Props) {
  const messenger = useMessenger();
  const nameOf = useNames();
  const react = useAction((emoji: string | null) => messenger.react(room.id, message.key, emoji));
  if (message.reactions.length === 0) return null;
  return (
    <ul className="reactions" aria-label={t("reaction.label")}>
      {message.reactions.map(({ emoji, from, own }) => (
        <li key={emoji}>
          <Button
            className="reaction"
            data-own={own || undefined}
            excludeFromTabOrder={!isCurrent}
            isDisabled={room.standing !== "member"}
            onPress={() => react.run(own ? null : emoji)}
            aria-label={t(own ? "reaction.own" : "reaction.other", {
              emoji,
              count: from.length,
              names: peopleWords(from.map(nameOf)),
            })}
          >
            <span aria-hidden="true">{emoji}</span>
            {from.length > 1 && <span aria-hidden="true">{from.length}</span>}
          </Button>
        </li>
      ))}
    </ul>
  );
}
