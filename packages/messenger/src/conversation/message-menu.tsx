import { useState } from "react";
import {
  Button,
  Header,
  Menu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
  Separator,
} from "react-aria-components";
import { useAnnounce } from "../app/announcer.tsx";
import { useMessenger } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import type { Message, RoomSummary } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { Icon } from "../ui/icon.tsx";
import { DeleteDialog } from "./delete-dialog.tsx";
import type { MessageActions } from "./message-list.tsx";

interface Props {
  message: Message;
  room: RoomSummary;
  isCurrent: boolean;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  actions: MessageActions;
  /** Something was chosen or nothing: where the focus goes. */
  onClosed: () => void;
}

const EMOJI = [
  ["\u{1F44D}", "thumbs-up"],
  ["\u2764\uFE0F", "heart"],
  ["\u{1F602}", "laughing"],
  ["\u{1F62E}", "surprised"],
  ["\u{1F622}", "sad"],
  ["\u{1F389}", "party"],
] as const;

/** What can be done with a message. */
export function MessageMenu({ message, room, isCurrent, isOpen, onOpenChange, actions, onClosed }: Props) {
  const messenger = useMessenger();
  const announce = useAnnounce();
  const [isDeleting, setIsDeleting] = useState(false);
  const react = useAction((emoji: string) => messenger.react(room.id, message.key, emoji));
  const copy = useAction(async (text: string) => {
    await navigator.clipboard.writeText(text);
    announce(t("common.copied"));
  });
  const can = possibleWith(message, room);
  if (!Object.values(can).includes(true)) return null;
  const text = message.body.kind === "text" ? message.body.text : null;
  return (
    <>
      <MenuTrigger isOpen={isOpen} onOpenChange={onOpenChange}>
        <Button
          className="icon-button icon-button-small line-more"
          aria-label={t("menu.open")}
          excludeFromTabOrder={!isCurrent}
        >
          <Icon name="more" />
        </Button>
        <Popover className="popover" placement={message.own ? "bottom end" : "bottom start"}>
          <Menu className="menu" onClose={onClosed} aria-label={t("menu.label")}>
            {can.react && (
              <MenuSection className="menu-emoji">
                <Header className="visually-hidden">{t("menu.react")}</Header>
                {EMOJI.map(([emoji, name]) => (
                  <MenuItem
                    key={name}
                    className="menu-item emoji-item"
                    textValue={t(`emoji.${name}`)}
                    aria-label={t(`emoji.${name}`)}
                    onAction={() => react.run(emoji)}
                  >
                    {emoji}
                  </MenuItem>
                ))}
              </MenuSection>
            )}
            {can.react && <Separator className="menu-line" />}
            {can.reply && (
              <MenuItem className="menu-item" onAction={() => actions.reply(message)}>
                <Icon name="reply" />
                {t("menu.reply")}
              </MenuItem>
            )}
            {text !== null && (
              <MenuItem className="menu-item" onAction={() => copy.run(text)}>
                <Icon name="copy" />
                {t("menu.copy")}
              </MenuItem>
            )}
            {can.edit && (
              <MenuItem className="menu-item" onAction={() => actions.edit(message)}>
                <Icon name="edit" />
                {t("menu.edit")}
              </MenuItem>
            )}
            {can.remove && (
              <MenuItem className="menu-item" onAction={() => setIsDeleting(true)}>
                <Icon name="trash" />
                {t("menu.delete")}
              </MenuItem>
            )}
            {can.report && (
              <MenuItem className="menu-item" onAction={() => actions.report(message)}>
                <Icon name="shield" />
                {t("report.open")}
              </MenuItem>
            )}
          </Menu>
        </Popover>
      </MenuTrigger>
      <DeleteDialog
        roomId={room.id}
        messageKey={message.key}
        isOpen={isDeleting}
        onClose={() => setIsDeleting(false)}
      />
    </>
  );
}

function possibleWith(message: Message, room: RoomSummary) {
  const isMember = room.standing === "member";
  const isThere = message.seq !== null && (message.body.kind === "text" || message.body.kind === "file");
  return {
    react: isMember && isThere,
    reply: isMember && isThere,
    copy: message.body.kind === "text",
    edit: isMember && isThere && message.own && message.body.kind === "text",
    remove: isMember && isThere && message.own,
    report: !message.own && message.reportable,
  };
}
