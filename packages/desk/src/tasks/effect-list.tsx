import { Link } from "@tanstack/react-router";
import type { TaskEffect, TaskView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { Button } from "../ui/button.tsx";
import { Instant } from "../ui/words.tsx";

interface Props {
  task: TaskView;
  /** Ends one of several; absent: nothing can be ended here. */
  onElsewhere: ((effect: TaskEffect) => void) | undefined;
}

/** What a task is about: each report, how far it got, what was said, and when it is tried next. */
export function EffectList({ task: { effects, count }, onElsewhere }: Props) {
  return (
    <ul className="plain task-effects">
      {effects.map((effect) => (
        <li key={effect.id}>
          <Link to="/reports/$id" params={{ id: effect.report }}>
            {t("queue.number", { number: effect.number })}
          </Link>{" "}
          <span>
            {t(`tasks.stage.${effect.stage}`)}, {t("tasks.attempts", { count: effect.attempts })}
          </span>{" "}
          {effect.nextAttemptAt !== undefined && (
            <span className="hint">
              {t("tasks.next")} <Instant at={effect.nextAttemptAt} />
            </span>
          )}
          {effect.lastError !== undefined && <span className="trouble task-said">{effect.lastError}</span>}
          {onElsewhere !== undefined && (
            <Button
              look="link"
              aria-label={t("tasks.act-one", { number: effect.number })}
              onPress={() => onElsewhere(effect)}
            >
              {t("tasks.act.elsewhere")}
            </Button>
          )}
        </li>
      ))}
      {count > effects.length && (
        <li className="hint">{t("tasks.more", { count: count - effects.length })}</li>
      )}
    </ul>
  );
}
