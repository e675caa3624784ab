import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { TaskEffect, TaskList, TaskView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { burstTitle, shareText } from "../senders/burst-words.ts";
import { Button } from "../ui/button.tsx";
import { ErrorNotice } from "../ui/notice.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent, Instant, Tag, Unknown } from "../ui/words.tsx";
import { EffectList } from "./effect-list.tsx";
import { HandOnDialog } from "./hand-on-dialog.tsx";
import { ReasonDialog } from "./reason-dialog.tsx";
import { actsOn, troubleOf } from "./task-words.ts";
import { type TaskAct, useTaskAct } from "./use-task-act.ts";

interface Props {
  task: TaskView;
  people: TaskList["people"];
  mayAct: boolean;
}

type Open = { kind: "hand-on" } | { kind: "elsewhere" | "close"; effect?: TaskEffect };

/** One task with everything about it: what, since when, why in plain words, whose, and what to do. */
export function TaskCard({ task, people, mayAct }: Props) {
  const { text, what, alarm, closed, effects } = task;
  const [open, setOpen] = useState<Open>();
  const act = useTaskAct(task.id, () => undefined);
  const close = () => setOpen(undefined);
  const acts = mayAct && closed === undefined ? actsOn(task) : [];
  const start = (kind: TaskAct["kind"]) => {
    if (kind === "take-over" || kind === "retry" || kind === "correct") act.mutate({ kind });
    else setOpen({ kind });
  };
  const canEndOne = acts.includes("elsewhere") && effects.length > 1;
  return (
    <article className="card task-card" aria-label={text}>
      <h2 className="task-title">
        {text} {what !== "stands-still" && <Tag tone="alert">{t(`tasks.what.${what}`)}</Tag>}{" "}
        {closed === undefined && what !== "erasing-waits" && (
          <Tag tone={alarm > 1 ? "alert" : "plain"}>
            {what === "keeping-ends"
              ? t(`tasks.ending.${alarmLevel(alarm)}`)
              : t(`tasks.alarm.${alarmLevel(alarm)}`)}
          </Tag>
        )}
      </h2>
      <Facts task={task} />
      {effects.length > 0 && (
        <EffectList
          task={task}
          onElsewhere={canEndOne ? (effect) => setOpen({ kind: "elsewhere", effect }) : undefined}
        />
      )}
      {what === "keeping-ends" && closed === undefined && (
        <p>
          <Link to="/keeping">{t("keeping.nav")}</Link>
        </p>
      )}
      {what === "erasing-waits" && closed === undefined && (
        <p>
          <Link to="/keeping" search={{ list: "let-go" }}>
            {t("keeping.list.let-go")}
          </Link>
        </p>
      )}
      {act.error !== null && <ErrorNotice error={act.error} acted />}
      {acts.length > 0 && (
        <div className="buttons">
          {acts.map((kind, index) => (
            <Button
              key={kind}
              look={index === 0 ? "primary" : "plain"}
              aria-label={t("tasks.act-of", { act: t(`tasks.act.${kind}`), text })}
              isDisabled={act.isPending}
              onPress={() => start(kind)}
            >
              {t(`tasks.act.${kind}`)}
            </Button>
          ))}
        </div>
      )}
      {open?.kind === "hand-on" && <HandOnDialog task={task} people={people} onClose={close} />}
      {(open?.kind === "elsewhere" || open?.kind === "close") && (
        <ReasonDialog task={task} kind={open.kind} effect={open.effect} onClose={close} />
      )}
    </article>
  );
}

function alarmLevel(alarm: number): 1 | 2 | 3 {
  return alarm >= 3 ? 3 : alarm === 2 ? 2 : 1;
}

function Facts({ task }: { task: TaskView }) {
  const { nextAlarmAt, closed, sender, peerName, bursts } = task;
  const trouble = troubleOf(task);
  const isOpen = closed === undefined;
  return (
    <SummaryList
      rows={[
        sender === undefined
          ? undefined
          : {
              term: t("tasks.sender"),
              value: (
                <Link to="/senders/$id" params={{ id: sender }}>
                  <AsSent>{peerName ?? sender}</AsSent>
                </Link>
              ),
            },
        bursts.length === 0 ? undefined : { term: t("tasks.about"), value: <BurstList bursts={bursts} /> },
        isOpen ? sinceRow(task) : undefined,
        isOpen ? { term: t("tasks.why"), value: t(`tasks.trouble.${trouble}`) } : undefined,
        isOpen ? { term: t("tasks.do"), value: t(`tasks.advice.${trouble}`) } : undefined,
        isOpen ? { term: t("tasks.owner"), value: <Owner task={task} /> } : undefined,
        isOpen && nextAlarmAt !== undefined
          ? {
              term: t(task.what === "keeping-ends" ? "tasks.rises" : "tasks.sounds"),
              value: <Instant at={nextAlarmAt} />,
            }
          : undefined,
        closed === undefined ? undefined : { term: t("tasks.closed"), value: <Closed closed={closed} /> },
      ]}
    />
  );
}

/** Since when something stands still, or when the first of what it is about ends. */
function sinceRow({ what, since, endsAt, count }: TaskView) {
  if (what === "erasing-waits") return { term: t("tasks.waits"), value: t("tasks.waits-count", { count }) };
  if (what !== "keeping-ends") return { term: t("tasks.since"), value: <Instant at={since} ago /> };
  return {
    term: t("tasks.ends"),
    value: (
      <>
        {t("tasks.ends-count", { count })} {endsAt !== undefined && <Instant at={endsAt} />}
      </>
    ),
  };
}

function BurstList({ bursts }: { bursts: TaskView["bursts"] }) {
  return (
    <ul className="plain">
      {bursts.map((burst) => (
        <li key={burst.id}>
          {t("burst.task-line", {
            title: burstTitle(burst),
            before: shareText(burst.before),
            now: shareText(burst.now),
          })}
        </li>
      ))}
    </ul>
  );
}

function Owner({ task: { owner, mine, ownedSince } }: { task: TaskView }) {
  if (owner === undefined) return <Unknown>{t("tasks.owner-none")}</Unknown>;
  return (
    <>
      {mine ? t("tasks.owner-you") : t("tasks.owner-other", { name: owner.name, role: owner.role })}{" "}
      {ownedSince !== undefined && <Instant at={ownedSince} ago />}
    </>
  );
}

function Closed({ closed: { at, how, by, reason } }: { closed: NonNullable<TaskView["closed"]> }) {
  return (
    <>
      <Instant at={at} ago />{" "}
      {how === "through"
        ? t("tasks.closed.through")
        : t(`tasks.closed.${how}`, { who: by ?? "", reason: reason ?? "" })}
    </>
  );
}
