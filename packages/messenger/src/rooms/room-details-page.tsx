import { useState } from "react";
import { Form } from "react-aria-components";
import { useMe, useMessenger, useNames, useRoomSummary } from "../app/messenger-context.tsx";
import { Link, useNavigation } from "../app/navigation.tsx";
import { useAction } from "../app/use-action.ts";
import type { RoomSummary } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { TextInput } from "../ui/fields.tsx";
import { Page, Section } from "../ui/page.tsx";
import { LeaveDialog } from "./leave-dialog.tsx";
import { FindPerson } from "./new-room-page.tsx";
import { PersonCard } from "./person-card.tsx";
import { roomTitle } from "./room-words.ts";
import { TimerChoice } from "./timer-choice.tsx";

interface Props {
  roomId: string;
  /** Opens the report sheet over the page. */
  onReport: () => void;
}

/** Who is in a conversation, how long messages stay, and the ways out of it. */
export function RoomDetailsPage({ roomId, onReport }: Props) {
  const room = useRoomSummary(roomId);
  const me = useMe();
  const nameOf = useNames();
  if (room === null) return <MissingRoom />;
  const others = room.members.filter((uri) => uri !== me.uri);
  const isMember = room.standing === "member";
  return (
    <Page
      title={roomTitle(room, me.uri, nameOf)}
      back={{ to: { page: "room", roomId }, label: t("details.back") }}
    >
      {room.kind === "group" && isMember && <NameForm room={room} />}
      <Section id="people" title={t("details.people")}>
        <ul className="people">
          {others.map((uri) => (
            <li key={uri}>
              <PersonCard uri={uri} room={room} onReport={onReport} />
            </li>
          ))}
        </ul>
        {room.notAdded.length > 0 && (
          <p className="hint">{t("details.not-added", { handles: room.notAdded.join(", ") })}</p>
        )}
        {room.kind === "group" && isMember && <Invite roomId={roomId} members={room.members} />}
      </Section>
      {isMember && (
        <Section id="timer" title={t("timer.title")}>
          <TimerChoice roomId={roomId} seconds={room.timerSeconds} />
        </Section>
      )}
      <WaysOut room={room} onReport={onReport} />
    </Page>
  );
}

export function MissingRoom() {
  return (
    <Page title={t("details.missing")} back={{ to: { page: "rooms" }, label: t("common.back") }}>
      <p>{t("details.missing-text")}</p>
    </Page>
  );
}

function NameForm({ room }: { room: RoomSummary }) {
  const messenger = useMessenger();
  const [name, setName] = useState(room.name ?? "");
  const rename = useAction(() => messenger.renameRoom(room.id, name.trim()));
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        rename.run();
      }}
    >
      <TextInput label={t("details.name")} value={name} onChange={setName} isRequired maxLength={60} />
      <ErrorNotice error={rename.error} />
      {name.trim() !== (room.name ?? "") && (
        <div className="buttons">
          <Button type="submit" isDisabled={rename.isBusy}>
            {t("common.save")}
          </Button>
        </div>
      )}
    </Form>
  );
}

function Invite({ roomId, members }: { roomId: string; members: readonly string[] }) {
  const messenger = useMessenger();
  const [isOpen, setIsOpen] = useState(false);
  const invite = useAction(async (handle: string) => {
    await messenger.invite(roomId, [handle]);
    setIsOpen(false);
  });
  if (!isOpen)
    return (
      <Button icon="plus" onPress={() => setIsOpen(true)}>
        {t("details.invite")}
      </Button>
    );
  return (
    <>
      <p className="hint">{t("details.invite-hint")}</p>
      <FindPerson
        taken={members.map((uri) => ({ uri, handle: "", name: "" }))}
        onFound={({ handle }) => invite.run(handle)}
        isFirst={false}
      />
      <ErrorNotice error={invite.error} />
    </>
  );
}

interface WaysOutProps {
  room: RoomSummary;
  onReport: () => void;
}

function WaysOut({ room, onReport }: WaysOutProps) {
  const messenger = useMessenger();
  const navigation = useNavigation();
  const [isLeaving, setIsLeaving] = useState(false);
  const forget = useAction(async () => {
    navigation.go({ page: "rooms" }, "replace");
    await messenger.forgetRoom(room.id);
  });
  const isGone = room.standing === "left" || room.standing === "removed";
  return (
    <Section id="safety" title={t("details.safety")}>
      <p>
        {t("details.safety-text")} <Link to={{ page: "help" }}>{t("details.help")}</Link>
      </p>
      <div className="buttons">
        <Button icon="shield" onPress={onReport}>
          {t("report.open")}
        </Button>
        {isGone ? (
          <Button icon="trash" look="alert" onPress={() => forget.run()}>
            {t("leave.forget")}
          </Button>
        ) : (
          <Button icon="leave" look="alert" onPress={() => setIsLeaving(true)}>
            {t("leave.open")}
          </Button>
        )}
      </div>
      {isGone && <p className="hint">{t("leave.forget-hint")}</p>}
      <ErrorNotice error={forget.error} />
      <LeaveDialog
        roomId={room.id}
        isOpen={isLeaving}
        onClose={() => setIsLeaving(false)}
        onReport={onReport}
      />
    </Section>
  );
}
