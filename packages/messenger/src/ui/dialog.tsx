import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { t } from "../messages/catalogue.ts";
import { IconButton } from "./button.tsx";

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** While something is being sent the dialog stays: its answer must find somebody. */
  isBusy?: boolean;
  /** `sheet` fills a phone's screen; `picture` is for looking at one thing. */
  look?: "card" | "sheet" | "picture";
  children: ReactNode;
}

/** A modal dialog: focus stays inside, Esc and the cross close it, focus returns to where it came from. */
export function AppDialog({ title, isOpen, onClose, isBusy = false, look = "card", children }: Props) {
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isKeyboardDismissDisabled={isBusy}
      isDismissable={look === "picture"}
    >
      <Modal className={`modal modal-${look}`}>
        <Dialog className="dialog">
          <div className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            <IconButton icon="close" label={t("common.close")} onPress={onClose} isDisabled={isBusy} />
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
