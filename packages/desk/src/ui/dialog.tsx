import type { ReactNode } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { t } from "../messages/catalogue.ts";
import { Button } from "./button.tsx";

interface Props {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  /** While the station has not answered, the dialog stays: its answer must find somebody. */
  isBusy?: boolean;
  /** `form` and `wide` (opened evidence) bring their own buttons, so that the first Tab goes to what they ask. */
  look?: "form" | "card" | "wide";
  children: ReactNode;
}

/** A modal dialog: focus stays inside, Esc closes, focus returns to where it came from. */
export function DeskDialog({ title, isOpen, onClose, isBusy = false, look = "form", children }: Props) {
  return (
    <ModalOverlay
      className="veil"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isKeyboardDismissDisabled={isBusy}
      isDismissable={look !== "form"}
    >
      <Modal className={`modal modal-${look}`}>
        <Dialog className="dialog">
          <div className="dialog-head">
            <Heading slot="title" className="dialog-title">
              {title}
            </Heading>
            {look === "card" && (
              <Button look="link" onPress={onClose}>
                {t("common.close")}
              </Button>
            )}
          </div>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
