import { useEffect, useState } from "react";
import { Form } from "react-aria-components";
import { useMessenger, useMessengerState } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { AppDialog } from "../ui/dialog.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";
import { TextInput } from "../ui/fields.tsx";
import { byteSize } from "./byte-size.ts";
import { type PreparedFile, prepareFile } from "./prepare-file.ts";
import { Status } from "../ui/status.tsx";

interface Props {
  roomId: string;
  title: string;
  /** Empty: nothing is to be sent and the dialog is closed. */
  files: readonly File[];
  replyTo: string | undefined;
  onClose: (isSent: boolean) => void;
}

/** Before a picture or file goes out: what it is, to whom, and with which words. */
export function SendFileDialog({ roomId, title, files, replyTo, onClose }: Props) {
  return (
    <AppDialog title={t("send.title", { title })} isOpen={files.length > 0} onClose={() => onClose(false)}>
      {files.length > 0 && (
        <SendFileForm
          key={files.map(({ name, size }) => `${name} ${size}`).join("/")}
          roomId={roomId}
          files={files}
          replyTo={replyTo}
          onClose={onClose}
        />
      )}
    </AppDialog>
  );
}

function SendFileForm({ roomId, files, replyTo, onClose }: Omit<Props, "title">) {
  const messenger = useMessenger();
  const limit = useMessengerState().hub?.maxFileBytes ?? Number.POSITIVE_INFINITY;
  const [prepared, setPrepared] = useState<readonly PreparedFile[]>();
  const [caption, setCaption] = useState("");
  const prepare = useAction(async () => setPrepared(await Promise.all(files.map(prepareFile))));
  const prepareRun = prepare.run;
  useEffect(() => prepareRun(), [prepareRun]);
  const tooLarge = prepared?.find(({ blob }) => blob.size > limit);
  const send = useAction(async () => {
    for (const [index, { blob, name, thumbnail }] of (prepared ?? []).entries())
      await messenger.sendFile(
        roomId,
        { blob, name, thumbnail, caption: index === 0 ? caption.trim() : "" },
        index === 0 ? replyTo : undefined,
      );
    onClose(true);
  });
  return (
    <Form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        send.run();
      }}
    >
      {prepared === undefined ? (
        prepare.error === undefined && <Status>{t("send.preparing")}</Status>
      ) : (
        <ul className="sending">
          {prepared.map((file) => (
            <li key={`${file.name} ${file.blob.size}`} className="sending-file">
              <SmallPicture file={file} />
              <span>
                <bdi>{file.name}</bdi> <span className="hint-inline">{byteSize(file.blob.size)}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {tooLarge !== undefined && (
        <p className="field-problem" role="alert">
          {t("send.too-large", { name: tooLarge.name, limit: byteSize(limit) })}
        </p>
      )}
      <TextInput label={t("send.caption")} value={caption} onChange={setCaption} maxLength={2000} />
      <p className="hint">
        {t("send.copies")} {prepared?.some(({ isRedrawn }) => isRedrawn) === true && t("send.redrawn")}
      </p>
      <ErrorNotice error={prepare.error ?? send.error} />
      <div className="buttons">
        <Button
          look="primary"
          icon="send"
          type="submit"
          isDisabled={prepared === undefined || tooLarge !== undefined || send.isBusy}
        >
          {send.isBusy ? t("send.busy") : t("send.do")}
        </Button>
        <Button look="link" onPress={() => onClose(false)} isDisabled={send.isBusy}>
          {t("common.cancel")}
        </Button>
      </div>
    </Form>
  );
}

function SmallPicture({ file }: { file: PreparedFile }) {
  const { thumbnail } = file;
  if (thumbnail === null) return null;
  const show = (picture: HTMLImageElement) => {
    const address = URL.createObjectURL(thumbnail);
    picture.src = address;
    return () => URL.revokeObjectURL(address);
  };
  return <img className="sending-picture" ref={show} alt="" />;
}
