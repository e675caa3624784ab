import { type FormEvent, type KeyboardEvent, useEffect, useId, useState } from "react";
import { FileTrigger } from "react-aria-components";
import { useMessenger, useNames } from "../app/messenger-context.tsx";
import { usePreferences } from "../app/preferences.ts";
import { useAction } from "../app/use-action.ts";
import type { Message } from "../client/state.ts";
import { t } from "../messages/catalogue.ts";
import { bodyWords } from "../rooms/room-words.ts";
import { IconButton } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { useDrafts } from "./drafts.tsx";
import { SendFileDialog } from "./send-file-dialog.tsx";

/** What the text is to become: something new, an answer, or another wording. */
export type Composing =
  | { readonly kind: "new" }
  | { readonly kind: "reply"; readonly to: Message }
  | { readonly kind: "edit"; readonly of: Message };

interface Props {
  roomId: string;
  title: string;
  composing: Composing;
  onDone: () => void;
  /** Arrow up in an empty field: to the messages. */
  onUp: () => void;
  /** The page puts the focus here. */
  field: React.RefObject<HTMLTextAreaElement | null>;
}

/** Where one writes. */
export function Composer({ roomId, title, composing, onDone, onUp, field }: Props) {
  const messenger = useMessenger();
  const drafts = useDrafts();
  const [{ enterSends }] = usePreferences();
  const [text, setText] = useState(() =>
    composing.kind === "edit" && composing.of.body.kind === "text"
      ? composing.of.body.text
      : drafts.get(roomId),
  );
  const [files, setFiles] = useState<readonly File[]>([]);
  const id = useId();
  const change = (next: string) => {
    setText(next);
    if (composing.kind !== "edit") drafts.set(roomId, next);
  };
  useEffect(() => {
    if (composing.kind !== "new") field.current?.focus();
  }, [composing, field]);
  const send = useAction(async () => {
    const said = text.trim();
    if (said === "") return;
    // The field is free at once: what was said is on this device as soon as the call comes back, and then in the list.
    if (composing.kind === "edit") await messenger.editMessage(roomId, composing.of.key, said);
    else {
      change("");
      await messenger
        .sendText(roomId, said, composing.kind === "reply" ? composing.to.key : undefined)
        .catch((error: unknown) => {
          change(said);
          throw error;
        });
    }
    onDone();
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.run();
    field.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    // A phone's keyboard has no Shift to hold; there, Return begins a new line and the button sends.
    const isTouch = window.matchMedia("(pointer: coarse)").matches;
    const wantsToSend = enterSends && !isTouch ? !event.shiftKey : event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && wantsToSend) submit(event);
    else if (event.key === "Escape" && composing.kind !== "new") onDone();
    else if (event.key === "ArrowUp" && text === "") {
      event.preventDefault();
      onUp();
    }
  };
  return (
    <form className="composer" onSubmit={submit}>
      <ErrorNotice error={send.error} />
      {composing.kind !== "new" && <Context composing={composing} onCancel={onDone} />}
      <div className="composer-row">
        {composing.kind !== "edit" && (
          <FileTrigger allowsMultiple onSelect={(list) => setFiles([...(list ?? [])])}>
            <IconButton icon="picture" label={t("composer.attach")} />
          </FileTrigger>
        )}
        <label className="visually-hidden" htmlFor={id}>
          {t("composer.label", { title })}
        </label>
        <textarea
          id={id}
          ref={field}
          className="composer-field"
          rows={1}
          dir="auto"
          maxLength={10_000}
          placeholder={t("composer.placeholder")}
          value={text}
          onChange={(event) => change(event.target.value)}
          onKeyDown={onKeyDown}
          onDrop={(event) => {
            if (event.dataTransfer.files.length === 0) return;
            event.preventDefault();
            setFiles([...event.dataTransfer.files]);
          }}
          onPaste={(event) => {
            if (event.clipboardData.files.length === 0) return;
            event.preventDefault();
            setFiles([...event.clipboardData.files]);
          }}
        />
        <IconButton
          icon={composing.kind === "edit" ? "check" : "send"}
          label={t(composing.kind === "edit" ? "composer.save" : "composer.send")}
          look="filled"
          type="submit"
          isDisabled={text.trim() === ""}
        />
      </div>
      <SendFileDialog
        roomId={roomId}
        title={title}
        files={files}
        replyTo={composing.kind === "reply" ? composing.to.key : undefined}
        onClose={(isSent) => {
          setFiles([]);
          if (isSent) onDone();
          field.current?.focus();
        }}
      />
    </form>
  );
}

function Context({
  composing,
  onCancel,
}: {
  composing: Exclude<Composing, { kind: "new" }>;
  onCancel: () => void;
}) {
  const nameOf = useNames();
  const message = composing.kind === "reply" ? composing.to : composing.of;
  return (
    <div className="composer-context">
      <p>
        <span className="composer-context-what">
          {composing.kind === "reply"
            ? t("composer.replying", { name: nameOf(message.from) })
            : t("composer.editing")}
        </span>
        <bdi className="quote-text">{bodyWords(message.body, message.from, nameOf)}</bdi>
      </p>
      <IconButton icon="close" label={t("composer.cancel")} onPress={onCancel} />
    </div>
  );
}
