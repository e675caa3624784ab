import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useApi } from "../api/context.ts";
import type { ReviewItem } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { byteSize } from "../evidence/byte-size.ts";
import { contentKind } from "../evidence/content-kind.ts";
import { saveFile } from "../evidence/save-file.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { DeskDialog } from "../ui/dialog.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import { reviewQuery } from "./queries.ts";
import type { Shown } from "./seen-meter.ts";
import { VeiledPicture } from "./veiled-picture.tsx";

interface Props {
  item: ReviewItem;
  onClose: () => void;
}

/** First what opening means, then a leaf in the log, then the file under its veil. Closing it drops its bytes. */
export function LookDialog({ item, onClose }: Props) {
  const api = useApi();
  const announce = useAnnounce();
  const queries = useQueryClient();
  const look = useRef<string>(undefined);
  const open = useMutation({
    mutationFn: async () => {
      const granted = await api.call("POST /api/review/files/{sha256}/looks", {
        path: { sha256: item.sha256 },
      });
      const blob = await api.content(granted.content);
      look.current = granted.id;
      return blob;
    },
    gcTime: 0,
    onSuccess: () => announce(t("open.opened")),
    // Even a broken opening has made the file theirs; the page shows what the station knows.
    onSettled: () => queries.invalidateQueries({ queryKey: reviewQuery(api).queryKey }),
  });
  const tell = (shown: Shown) => {
    if (look.current === undefined) return;
    // Told again with the next, should the line break: what is missing makes a view less, never more.
    void api
      .call("POST /api/review/looks/{id}/seen", { path: { id: look.current }, body: shown })
      .catch(() => undefined);
  };
  return (
    <DeskDialog
      title={t(open.data === undefined ? "review.look.title" : "review.look.open")}
      isOpen
      onClose={onClose}
      look={open.data === undefined ? "form" : "wide"}
      isBusy={open.isPending}
    >
      {open.data === undefined ? (
        <>
          <div className="interruption">
            <p>{t("open.before")}</p>
            <p>{t("open.logged")}</p>
            <p>{t("review.look.alone")}</p>
          </div>
          {open.error !== null && <ErrorNotice error={open.error} />}
          <div className="buttons">
            <Button look="primary" onPress={() => open.mutate()} isDisabled={open.isPending}>
              {t("open.confirm")}
            </Button>
            <Button onPress={onClose}>{t("open.leave")}</Button>
          </div>
        </>
      ) : (
        <div className="viewer">
          <Shows blob={open.data} onShown={tell} />
          <div className="buttons">
            <Button onPress={onClose}>{t("viewer.close")}</Button>
            <span className="hint">{t("viewer.escape")}</span>
          </div>
        </div>
      )}
    </DeskDialog>
  );
}

function Shows({ blob, onShown }: { blob: Blob; onShown: (shown: Shown) => void }) {
  if (contentKind(blob.type, blob.size) === "picture") return <VeiledPicture blob={blob} onShown={onShown} />;
  return (
    <div className="interruption">
      <p>{t("viewer.file", { size: byteSize(blob.size) })}</p>
      <p>{t("review.look.no-view")}</p>
      <p>{t("viewer.file-warning")}</p>
      <p>
        <Button onPress={() => saveFile(blob, t("review.file-name"))}>{t("viewer.save")}</Button>
      </p>
    </div>
  );
}
