import type { AttestedMessage, EvidenceView } from "../api/shapes.ts";
import { byteSize } from "../evidence/byte-size.ts";
import { t } from "../messages/catalogue.ts";
import { formatInstant } from "../time/instant.ts";
import { evidenceName } from "../report/claim-words.ts";
import { AsSent, Tag, Unknown } from "../ui/words.tsx";
import type { AbsentLine, Line, MessageLine, ShownFile } from "./conversation.ts";
import { placesWords, verdictTone, verdictWords } from "./origin-words.ts";
import { OpenSteps } from "./steps-tables.tsx";

interface Props {
  line: Line;
  attested: AttestedMessage | undefined;
  evidence: readonly EvidenceView[];
}

/** One line of a conversation: a message, or places that are not shown. */
export function LineItem({ line, attested, evidence }: Props) {
  if (line.kind !== "message") return <Absent line={line} />;
  return (
    <li className="message" data-selected={line.isSelected || undefined}>
      <p className="message-head">
        <span className="message-seq">{t("conversation.seq", { seq: line.seq })}</span>
        <AsSent>{line.sender}</AsSent>
        {line.acceptedAt === undefined ? (
          <Unknown>{t("origin.time-unknown")}</Unknown>
        ) : (
          <time className="instant" dateTime={line.acceptedAt}>
            {formatInstant(line.acceptedAt, "second")}
          </time>
        )}
        {line.isSelected && <Tag tone="strong">{t("origin.selected")}</Tag>}
        <Tag tone={verdictTone(attested)}>{verdictWords(attested)}</Tag>
      </p>
      <Relations line={line} />
      <Says line={line} />
      <Files files={line.files} attested={attested} evidence={evidence} />
      {attested !== undefined && <OpenSteps steps={stepsToTell(attested)} />}
    </li>
  );
}

/** What is proven may still say something false of its past, or carry a file that differs. */
function stepsToTell({ verdict, open }: AttestedMessage): AttestedMessage["open"] {
  return verdict === "VERIFIED" ? open.filter(({ result }) => result === "failed") : open;
}

function Absent({ line: { kind, from, to, count } }: { line: AbsentLine }) {
  const places = from === to ? from : t("origin.withheld.range", { from, to });
  return <li className={`absent absent-${kind}`}>{t(`conversation.${kind}`, { count, places })}</li>;
}

/** What a message has to do with others. */
function Relations({ line: { says, target, replacedBy, disappears } }: { line: MessageLine }) {
  const words = [
    ...(target === undefined ? [] : [relationWords(says.kind, target)]),
    ...(replacedBy.length === 0 ? [] : [t("conversation.replaced-by", { seqs: placesWords(replacedBy) })]),
    ...(disappears ? [t("conversation.disappears")] : []),
  ].filter((word) => word !== undefined);
  return words.length === 0 ? null : <p className="hint">{words.join("; ")}</p>;
}

function relationWords(kind: MessageLine["says"]["kind"], target: string): string | undefined {
  const seq = target === "not-shown" ? t("conversation.not-shown") : target;
  switch (kind) {
    case "reply":
      return t("conversation.reply-to", { seq });
    case "edit":
      return t("conversation.edit-of", { seq });
    case "removal":
      return t("conversation.removal-of", { seq });
    case "reaction":
      return t("conversation.reaction-to", { seq });
    default:
      return undefined;
  }
}

function Says({ line: { says } }: { line: MessageLine }) {
  switch (says.kind) {
    case "removal":
      return <p>{t("conversation.removed")}</p>;
    case "unreadable":
      return <Unknown>{t("conversation.unreadable")}</Unknown>;
    case "room":
      return (
        <p>
          {says.name === undefined
            ? t("conversation.room-unnamed")
            : t("conversation.room-named", { name: says.name })}
        </p>
      );
    default:
      return (
        <>
          {says.texts.map((text, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a message's parts never change places
            <p key={index} className="message-text">
              <AsSent>{text}</AsSent>
            </p>
          ))}
          {says.others.map((type, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- a message's parts never change places
            <p key={index} className="hint">
              {t("conversation.other-part", { type })}
            </p>
          ))}
        </>
      );
  }
}

interface FilesProps {
  files: readonly ShownFile[];
  attested: AttestedMessage | undefined;
  evidence: readonly EvidenceView[];
}

function Files({ files, attested, evidence }: FilesProps) {
  if (files.length === 0) return null;
  return (
    <ul className="message-files" aria-label={t("conversation.files")}>
      {files.map((file, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a message's files never change places
        <li key={index}>
          <p>
            <AsSent>{file.name === "" ? t("conversation.file-unnamed") : file.name}</AsSent>{" "}
            <span className="hint">
              {file.type}, {byteSize(Number(file.size))}
            </span>{" "}
            {file.isPreview && <Tag tone="quiet">{t("conversation.file-preview")}</Tag>}
          </p>
          <FileProof file={file} attested={attested} evidence={evidence} />
        </li>
      ))}
    </ul>
  );
}

function FileProof({ file: { root }, attested, evidence }: Omit<FilesProps, "files"> & { file: ShownFile }) {
  if (root === undefined) return <Unknown>{t("conversation.file-uncommitted")}</Unknown>;
  const found = attested?.attachments.find((attachment) => attachment.root === root);
  const here = evidence.find(({ id }) => id === found?.evidence);
  return (
    <>
      {found !== undefined && <p>{t(`conversation.file.${found.result}`)}</p>}
      {here !== undefined && (
        <p>
          {t("conversation.file-here")} <AsSent>{evidenceName(here)}</AsSent>
        </p>
      )}
      <p className="hint">
        <code>
          {found?.sha256 === undefined
            ? t("conversation.file-root", { root })
            : t("conversation.sha256", { sha256: found.sha256 })}
        </code>
      </p>
    </>
  );
}
