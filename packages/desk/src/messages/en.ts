import { accounts } from "./en/accounts.ts";
import { actions } from "./en/actions.ts";
import { arrivals } from "./en/arrivals.ts";
import { app } from "./en/app.ts";
import { banks } from "./en/banks.ts";
import { bursts } from "./en/bursts.ts";
import { deconfliction } from "./en/deconfliction.ts";
import { doubts } from "./en/doubts.ts";
import { evidence } from "./en/evidence.ts";
import { feedback } from "./en/feedback.ts";
import { flags } from "./en/flags.ts";
import { origin } from "./en/origin.ts";
import { keeping } from "./en/keeping.ts";
import { outcomes } from "./en/outcomes.ts";
import { pages } from "./en/pages.ts";
import { paging } from "./en/paging.ts";
import { queue } from "./en/queue.ts";
import { report } from "./en/report.ts";
import { requests } from "./en/requests.ts";
import { review } from "./en/review.ts";
import { senders } from "./en/senders.ts";
import { subjects } from "./en/subjects.ts";
import { safeguarding } from "./en/safeguarding.ts";
import { whereabouts } from "./en/whereabouts.ts";
import { tasks } from "./en/tasks.ts";
import { ukDirect } from "./en/uk-direct.ts";
import { words } from "./en/words.ts";

/** Every word that a person reads on the desk, in British English and ICU message syntax. */
export const en = {
  ...app,
  ...accounts,
  ...arrivals,
  ...queue,
  ...report,
  ...doubts,
  ...evidence,
  ...origin,
  ...actions,
  ...outcomes,
  ...words,
  ...flags,
  ...pages,
  ...subjects,
  ...requests,
  ...senders,
  ...bursts,
  ...paging,
  ...tasks,
  ...safeguarding,
  ...deconfliction,
  ...whereabouts,
  ...ukDirect,
  ...keeping,
  ...review,
  ...banks,
  ...feedback,
} as const;
