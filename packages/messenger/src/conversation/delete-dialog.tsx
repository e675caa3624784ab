import { useMessenger } from "../app/messenger-context.tsx";
import { useAction } from "../app/use-action.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { AppDialog } from "../ui/dialog.tsx";
import { ErrorNotice } from "../ui/error-notice.tsx";

interface Props {
  roomId: string;
  messageKey: string;
  isOpen: boolean;
  onClose: () => void;
}

/** Before a message is taken back: what that does, and what it does not. */
export function DeleteDialog({ roomId, messageKey, isOpen, onClose }: Props) {
  const messenger = useMessenger();
  const remove = useAction(async () => {
    await messenger.deleteMessage(roomId, messageKey);
    onClose();
  });
  return (
    <AppDialog title={t("delete.title")} isOpen={isOpen} onClose={onClose} isBusy={remove.isBusy}>
      <p>{t("delete.what")}</p>
      <ErrorNotice error={remove.error} />
      <div className="buttons">
        <Button look="alert" icon="trash" onPress={() => remove.run()} isDisabled={remove.isBusy}>
          {t("delete.do")}
        </Button>
        <Button look="link" onPress={onClose}>
          {t("common.cancel")}
        </Button>
      </div>
    </AppDialog>
  );
}
