import { useState } from "react";
import { flushSync } from "react-dom";
import type { RequestView } from "../api/shapes.ts";
import { useAnnounce } from "../app/announcer.tsx";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";

/** The request as plain text, to be copied or printed onto whatever paper its station uses. */
export function Letter({ request: { letter } }: { request: RequestView }) {
  const [said, setSaid] = useState<string>();
  const [isPrinted, setIsPrinted] = useState(false);
  const announce = useAnnounce();
  const tell = (text: string) => {
    setSaid(text);
    announce(text);
  };
  const copy = () =>
    void navigator.clipboard.writeText(letter).then(
      () => tell(t("requests.copied")),
      () => tell(t("requests.not-copied")),
    );
  const print = () => {
    // The browser prints the page as it stands, which has to be with this letter alone.
    flushSync(() => setIsPrinted(true));
    window.print();
    setIsPrinted(false);
  };
  return (
    <details className="details" {...(isPrinted ? { "data-printed": true, open: true } : {})}>
      <summary>{t("requests.letter")}</summary>
      <pre className="letter">{letter}</pre>
      <div className="buttons">
        <Button onPress={copy}>{t("requests.copy")}</Button>
        <Button onPress={print}>{t("requests.print")}</Button>
        {said !== undefined && <span className="hint">{said}</span>}
      </div>
    </details>
  );
}
