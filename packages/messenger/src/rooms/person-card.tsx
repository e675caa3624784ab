import { useState } from "react";
import { useMessenger, useMessengerState, useNames, handleOf } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import type { RoomSummary } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { Face } from "../ui/face.tsx";
import { SwitchInput } from "../ui/fields.tsx";
import { BlockDialog } from "./block-dialog.tsx";

interface Props {
  uri: string;
  room: RoomSummary;
  onReport: () => void;
}

/** One person of a conversation: who they are, whether their pictures may be seen at once, and the way to block them. */
export function PersonCard({ uri, room, onReport }: Props) {
  const messenger = useMessenger();
  const { people, settings } = useMessengerState();
  const name = useNames()(uri);
  const person = people.get(uri);
  const [isBlocking, setIsBlocking] = useState(false);
  const trust = useAction((isTrusted: boolean) => messenger.trust(uri, isTrusted));
  const unblock = useAction(() => messenger.unblock(uri));
  const takeOut = useAction(() => messenger.remove(room.id, uri));
  const isBlocked = person?.blocked === true;
  return (
    <div className="person">
      <Face seed={uri} name={name} />
      <div className="person-words">
        <p>
          <bdi className="person-name">{name}</bdi>{" "}
          <span className="hint-inline">@{person?.handle ?? handleOf(uri)}</span>
        </p>
        {isBlocked && <p className="hint">{t("person.blocked")}</p>}
        {settings.blurPictures && !isBlocked && (
          <SwitchInput
            label={t("person.trust", { name })}
            hint={t("person.trust-hint")}
            isOn={person?.trusted === true}
            onChange={trust.run}
          />
        )}
        <div className="buttons">
          {isBlocked ? (
            <Button onPress={() => unblock.run()} isDisabled={unblock.isBusy}>
              {t("person.unblock", { name })}
            </Button>
          ) : (
            <Button icon="block" onPress={() => setIsBlocking(true)}>
              {t("person.block", { name })}
            </Button>
          )}
          {room.kind === "group" && room.standing === "member" && (
            <Button look="link" onPress={() => takeOut.run()} isDisabled={takeOut.isBusy}>
              {t("person.take-out", { name })}
            </Button>
          )}
        </div>
        <ErrorNotice error={trust.error ?? unblock.error ?? takeOut.error} />
      </div>
      <BlockDialog uri={uri} isOpen={isBlocking} onClose={() => setIsBlocking(false)} onReport={onReport} />
    </div>
  );
}
