import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useApi } from "../api/context.ts";
import { proofQuery } from "../api/queries.ts";
import type { LeafView, ProofView } from "../api/shapes.ts";
import { t } from "../messages/catalogue.ts";
import { DeskDialog } from "../ui/dialog.tsx";
import { ErrorNotice, Notice } from "../ui/notice.tsx";
import { Instant } from "../ui/words.tsx";
import { leadsToRoot, parseProof } from "./proof.ts";

/** The proof that a leaf stands in the log, checked by this browser rather than taken from the station. */
export function ProofDialog({ leaf, onClose }: { leaf: LeafView; onClose: () => void }) {
  const proof = useQuery(proofQuery(useApi(), leaf.id));
  return (
    <DeskDialog title={t("proof.title", { index: leaf.index ?? "" })} isOpen onClose={onClose} look="card">
      <p>
        {leaf.text}, {leaf.actor}, <Instant at={leaf.at} />
      </p>
      {proof.isPending && <p>{t("common.loading")}</p>}
      {proof.isError && <ErrorNotice error={proof.error} />}
      {proof.data !== undefined && <Checked proof={proof.data} leaf={leaf} />}
    </DeskDialog>
  );
}

function Checked({ proof, leaf }: { proof: ProofView; leaf: LeafView }) {
  const holds = useCheck(proof, leaf.id);
  return (
    <>
      {holds === undefined && <p>{t("proof.checking")}</p>}
      {holds === true && (
        <Notice tone="done" title={t("proof.holds")}>
          <p>{t("proof.holds-text")}</p>
        </Notice>
      )}
      {holds === false && (
        <Notice tone="alert" title={t("proof.fails")}>
          <p>{t("proof.fails-text")}</p>
        </Notice>
      )}
      <h3>{t("proof.leaf")}</h3>
      <Text text={proof.leaf} />
      <h3>{t("proof.text")}</h3>
      <Text text={proof.proof} />
      <h3>{t("proof.key")}</h3>
      <p className="hint">{t("proof.key-hint")}</p>
      <Text text={proof.verifierKey} />
    </>
  );
}

function Text({ text }: { text: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a box that scrolls must be reachable by keyboard
    <pre className="long-text" tabIndex={0}>
      {text}
    </pre>
  );
}

/** Whether the proof holds for this very leaf; `undefined` while it is being checked. */
function useCheck({ leaf, proof }: ProofView, id: string): boolean | undefined {
  const [holds, setHolds] = useState<boolean>();
  useEffect(() => {
    let isCurrent = true;
    const parsed = parseProof(proof);
    const check =
      parsed === undefined || !isAbout(leaf, id)
        ? Promise.resolve(false)
        : leadsToRoot(new TextEncoder().encode(leaf), parsed);
    void check.then((result) => isCurrent && setHolds(result));
    return () => {
      isCurrent = false;
    };
  }, [leaf, proof, id]);
  return holds;
}

/** A true proof of some other leaf would prove nothing here. */
function isAbout(leaf: string, id: string): boolean {
  try {
    const body: unknown = JSON.parse(leaf);
    return typeof body === "object" && body !== null && "id" in body && body.id === id;
  } catch {
    return false;
  }
}
