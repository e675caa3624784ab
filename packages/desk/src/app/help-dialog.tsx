import { t } from "../messages/catalogue.ts";
import { DeskDialog } from "../ui/dialog.tsx";
import { CheckInput } from "../ui/fields.tsx";
import { usePreferences } from "./preferences.ts";

const GROUPS = [
  {
    title: "help.everywhere",
    keys: [
      ["?", "help.key.help"],
      ["F8", "help.key.call"],
    ],
  },
  {
    title: "help.queue",
    keys: [
      ["j ↓", "help.key.next-row"],
      ["k ↑", "help.key.previous-row"],
      ["Home End", "help.key.ends"],
      ["Enter", "help.key.open"],
      ["n", "help.key.refresh"],
    ],
  },
  {
    title: "help.report",
    keys: [
      ["n", "help.key.next-report"],
      ["q", "help.key.queue"],
      ["e", "help.key.evidence"],
      ["a", "help.key.request"],
      ["c", "help.key.claim"],
      ["u", "help.key.urgency"],
      ["r", "help.key.refer"],
      ["s", "help.key.safeguarding"],
      ["o", "help.key.outcome"],
      ["d", "help.key.conflict"],
    ],
  },
  {
    title: "help.tasks",
    keys: [
      ["j", "help.key.next-task"],
      ["k", "help.key.previous-task"],
    ],
  },
  {
    title: "help.evidence",
    keys: [
      ["Space", "help.key.reveal"],
      ["Esc", "help.key.close"],
    ],
  },
] as const;

export function HelpDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const [{ singleKeys }, setPreferences] = usePreferences();
  return (
    <DeskDialog title={t("help.title")} isOpen={isOpen} onClose={onClose} look="card">
      <CheckInput
        label={t("preferences.single-keys")}
        hint={t("preferences.single-keys-hint")}
        checked={singleKeys}
        onChange={(checked) => setPreferences({ singleKeys: checked })}
      />
      <div className="help-groups">
        {GROUPS.map((group) => (
          <section key={group.title}>
            <h3>{t(group.title)}</h3>
            <dl className="help-keys">
              {group.keys.map(([keys, what]) => (
                <div key={what}>
                  <dt>
                    {keys.split(" ").map((name) => (
                      <kbd key={name} className="key">
                        {name}
                      </kbd>
                    ))}
                  </dt>
                  <dd>{t(what)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </DeskDialog>
  );
}
