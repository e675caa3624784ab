import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";

/** The messenger runs in another tab. */
export function ElsewherePage({ onUseHere }: { onUseHere: () => void }) {
  return (
    <main id="main" className="opening">
      <div className="plain-page">
        <h1>{t("app.elsewhere.title")}</h1>
        <p>{t("app.elsewhere.text")}</p>
        <Button look="primary" onPress={onUseHere}>
          {t("app.elsewhere.here")}
        </Button>
      </div>
    </main>
  );
}

/** The browser lacks what the messenger rests on. */
export function UnfitPage() {
  return (
    <main id="main" className="opening">
      <div className="plain-page">
        <h1>{t("app.unfit.title")}</h1>
        <p>{t("app.unfit.text")}</p>
      </div>
    </main>
  );
}
