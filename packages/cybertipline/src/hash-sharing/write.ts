import { writeXml, type XmlOutput } from "../xml/write.ts";
import {
  type FeedbackReason,
  HASH_SHARING_NAMESPACE,
  type HashEntry,
  type HashFeedback,
  type HashMember,
  type HashPage,
  type HashStatus,
  type HashTombstone,
} from "./document.ts";

/**
 * Writes a page of `/v2/entries`.
 * @throws CyberTiplineError `character-not-allowed` if a text holds what XML 1.0 cannot
 */
export function writeHashPage({ entries, deleted, next }: HashPage): string {
  const groups = (["image", "video"] as const).map((media) => {
    const items = [...entries, ...deleted].filter((each) => each.media === media);
    const last = items
      .map(({ timestamp }) => timestamp)
      .toSorted((a, b) => Date.parse(a) - Date.parse(b))
      .at(-1);
    const attributes: [string, string][] = [["count", String(items.length)]];
    if (last !== undefined) attributes.push(["maxTimestamp", wholeSeconds(last)]);
    return element(`${media}s`, items.map(itemElement), attributes);
  });
  const paging = next === undefined ? [] : [element("paging", [element("next", next)])];
  return document("queryResult", [...groups, ...paging]);
}

/** Writes `/v2/status`. */
export function writeHashStatus({ ipAddress, username, member }: HashStatus): string {
  return document("status", [
    element("ipAddress", ipAddress),
    element("username", username),
    memberElement(member),
  ]);
}

/** Writes `/v2/members`. The root's name is not public; clients read the members of whichever it is. */
export function writeHashMembers(members: readonly HashMember[]): string {
  return document("members", members.map(memberElement));
}

/** Writes `/v2/feedback/{TYPE}/reasons`. */
export function writeFeedbackReasons(reasons: readonly FeedbackReason[]): string {
  return document(
    "availableFeedbackReasons",
    reasons.map(({ guid, name, type }) =>
      element("reason", "", [
        ["guid", guid],
        ["name", name],
        ["type", type],
      ]),
    ),
  );
}

/** Writes the body of a feedback. */
export function writeFeedback(feedback: HashFeedback): string {
  const said =
    feedback.opinion === "affirmative"
      ? element("affirmative", "")
      : element("negative", [
          element(
            "reasonIds",
            feedback.reasons.map((guid) => element("guid", guid)),
          ),
        ]);
  return document("feedbackSubmission", [said]);
}

/** Writes the answer to a feedback that was taken. What NCMEC's holds is not public. */
export function writeSubmissionResult(): string {
  return document("submissionResult", "");
}

function itemElement(item: HashEntry | HashTombstone): XmlOutput {
  const head = [
    memberElement(item.member),
    element("timestamp", wholeSeconds(item.timestamp)),
    element("id", item.id),
  ];
  if (!("fingerprints" in item))
    return element(item.media === "image" ? "deletedImage" : "deletedVideo", head);
  return element(item.media, [
    ...head,
    ...(item.classification === undefined ? [] : [element("classification", item.classification)]),
    element(
      "fingerprints",
      item.fingerprints.map(({ tag, value }) => element(tag, value)),
    ),
    ...(item.categorizations.length === 0
      ? []
      : [
          element(
            "categorizations",
            item.categorizations.map((name) => element("categorization", "", [["name", name]])),
          ),
        ]),
  ]);
}

function memberElement({ id, name }: HashMember): XmlOutput {
  return element("member", name, [["id", id]]);
}

/** Public clients read whole seconds with a Z and nothing else. */
function wholeSeconds(instant: string): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}

function element(
  name: string,
  content: XmlOutput["content"],
  attributes: XmlOutput["attributes"] = [],
): XmlOutput {
  return { name, path: name, attributes, content };
}

function document(name: string, content: XmlOutput["content"]): string {
  return writeXml({ name, path: name, attributes: [["xmlns", HASH_SHARING_NAMESPACE]], content });
}
