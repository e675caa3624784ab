import { useVoice } from "../app/messenger-context.tsx";
import { useNavigation } from "../app/navigation.tsx";
import { say, t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { AppDialog } from "../ui/dialog.tsx";

interface Props {
  isOpen: boolean;
  onClose: () => void;
  onReport: () => void;
}

/** For somebody who was sent a picture that they would rather not have been sent. */
export function PictureHelpDialog({ isOpen, onClose, onReport }: Props) {
  const voice = useVoice();
  const navigation = useNavigation();
  return (
    <AppDialog title={t("picture.help-title")} isOpen={isOpen} onClose={onClose}>
      <p>{say(voice, "picture.help")}</p>
      <p>{say(voice, "picture.help-report")}</p>
      <p className="hint">{t("picture.nothing-left")}</p>
      <div className="buttons">
        <Button look="primary" icon="shield" onPress={onReport}>
          {t("report.open")}
        </Button>
        <Button
          icon="help"
          onPress={() => {
            onClose();
            navigation.go({ page: "help" });
          }}
        >
          {t("picture.help-people")}
        </Button>
        <Button look="link" onPress={onClose}>
          {t("common.not-now")}
        </Button>
      </div>
    </AppDialog>
  );
}
