import { useEffect, useState } from "react";
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
  useEffect(() => {
    if (!isPrinted) return;
    // The page is printed as it stands now: with the letter alone.
    window.print();
    setIsPrinted(false);
  }, [isPrinted]);
  return (
    <details className="details" {...(isPrinted ? { "data-printed": true, open: true } : {})}>
      <summary>{t("requests.letter")}</summary>
      <pre className="letter" tabIndex={0} aria-label={t("requests.letter")} role="region">
        {letter}
      </pre>
      <div className="buttons">
        <Button onPress={copy}>{t("requests.copy")}</Button>
        <Button onPress={() => setIsPrinted(true)}>{t("requests.print")}</Button>
        {said !== undefined && <span className="hint">{said}</span>}
      </div>
    </details>
  );
}
