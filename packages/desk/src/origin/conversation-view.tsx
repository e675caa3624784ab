import { messageIdOf } from "@fairlead/franking";
import { webCrypto } from "@fairlead/franking/web";
import { useEffect, useState } from "react";
import type { AttestedMessage, EvidenceView, OriginProof } from "../api/shapes.ts";
import { isMessageKey, t } from "../messages/catalogue.ts";
import { Gradually } from "../ui/more.tsx";
import { Notice } from "../ui/notice.tsx";
import { SummaryList } from "../ui/summary-list.tsx";
import { AsSent } from "../ui/words.tsx";
import { type Conversation, readConversation } from "./conversation.ts";
import { LineItem } from "./conversation-line.tsx";

interface Props {
  blob: Blob;
  /** What is attested about this very bundle, if anything is. */
  attested: OriginProof["attested"];
  evidence: readonly EvidenceView[];
  /** Shown when the bytes are no bundle. */
  otherwise: React.ReactNode;
}

/** An opened report bundle as the conversation that it is. It is decoded here, in the browser, and dropped with the dialog. */
export function ConversationView({ blob, attested, evidence, otherwise }: Props) {
  const conversation = useConversation(blob);
  if (conversation === undefined) return <p className="empty">{t("conversation.reading")}</p>;
  if (conversation === "broken") {
    return (
      <>
        <Notice tone="alert" title={t("conversation.broken")} />
        {otherwise}
      </>
    );
  }
  return (
    <>
      <h3>{t("conversation.title")}</h3>
      <About conversation={conversation} />
      <p className="hint">{t("conversation.times")}</p>
      <Gradually items={conversation.lines} step={60}>
        {(lines) => (
          <ol className="conversation" aria-label={t("conversation.label")}>
            {lines.map((line) => (
              <LineItem
                key={line.kind === "message" ? `message ${line.index}` : `${line.kind} ${line.from}`}
                line={line}
                attested={line.kind === "message" ? verdictOf(attested, line.index) : undefined}
                evidence={evidence}
              />
            ))}
          </ol>
        )}
      </Gradually>
    </>
  );
}

function About({
  conversation: { reporter, accused, category, note, room },
}: {
  conversation: Conversation;
}) {
  return (
    <SummaryList
      rows={[
        { term: t("origin.room"), value: <AsSent>{room}</AsSent> },
        { term: t("conversation.reported-by"), value: <AsSent>{reporter}</AsSent> },
        accused === "" ? undefined : { term: t("conversation.about"), value: <AsSent>{accused}</AsSent> },
        { term: t("conversation.category"), value: <AsSent>{categoryWords(category)}</AsSent> },
        note === "" ? undefined : { term: t("conversation.note"), value: <AsSent>{note}</AsSent> },
      ]}
    />
  );
}

function categoryWords(category: string): string {
  const key: string = `conversation.category.${category}`;
  return isMessageKey(key) ? t(key as "conversation.category.other") : category;
}

function verdictOf(attested: Props["attested"], index: number): AttestedMessage | undefined {
  return attested?.messages.find((message) => message.index === index);
}

function useConversation(blob: Blob): Conversation | "broken" | undefined {
  const [read, setRead] = useState<Conversation | "broken">();
  useEffect(() => {
    let isCurrent = true;
    void decode(blob).then((found) => isCurrent && setRead(found));
    return () => {
      isCurrent = false;
    };
  }, [blob]);
  return read;
}

async function decode(blob: Blob): Promise<Conversation | "broken"> {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  try {
    return await readConversation(bytes, async (content) => await messageIdOf(webCrypto(), content));
  } catch {
    return "broken";
  }
}
