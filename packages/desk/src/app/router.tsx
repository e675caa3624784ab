import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import type { Api } from "../api/client.ts";
import { isSignedOut } from "../api/error.ts";
import { sessionQuery } from "../api/queries.ts";
import { type TaskListName, TASK_LISTS } from "../tasks/queries.ts";
import { KeepingPage } from "../keeping/keeping-page.tsx";
import { KEEPING_LISTS } from "../keeping/queries.ts";
import { TasksPage } from "../tasks/tasks-page.tsx";
import { CampaignPage } from "../campaigns/campaign-page.tsx";
import { CampaignsPage } from "../campaigns/campaigns-page.tsx";
import { SubjectPage } from "../subjects/subject-page.tsx";
import type { KeepingListName, QueueList } from "../api/shapes.ts";
import { CONFLICT_LISTS, type ConflictList } from "../deconfliction/conflict-words.ts";
import { ConflictsPage } from "../deconfliction/conflicts-page.tsx";
import { BankPage } from "../banks/bank-page.tsx";
import { BanksPage } from "../banks/banks-page.tsx";
import { EntryPage } from "../banks/entry-page.tsx";
import { AuditPage } from "../audit/audit-page.tsx";
import { CallsPage } from "../paging/calls-page.tsx";
import { PeersPage } from "../peers/peers-page.tsx";
import { QueuePage } from "../queue/queue-page.tsx";
import { UkFormPage } from "../uk-direct/uk-form-page.tsx";
import { ReportPage } from "../report/report-page.tsx";
import { REQUEST_LISTS, type RequestListName, RequestsPage } from "../requests/requests-page.tsx";
import { AccountPage } from "../accounts/account-page.tsx";
import { AccountsPage } from "../accounts/accounts-page.tsx";
import { ReviewPage } from "../review/review-page.tsx";
import { SenderPage } from "../senders/sender-page.tsx";
import { SendersPage } from "../senders/senders-page.tsx";
import { ChildrenPage } from "../safeguarding/children-page.tsx";
import type { SignInResult } from "../sign-in/sign-in.ts";
import { SignInPage } from "../sign-in/sign-in-page.tsx";
import { FailedPage, MissingPage, OpeningPage } from "./plain-pages.tsx";
import { Shell } from "./shell.tsx";

interface RouterContext {
  api: Api;
  queries: QueryClient;
  signIn: () => Promise<SignInResult>;
}

const rootRoute = createRootRouteWithContext<RouterContext>()({ component: Outlet });

const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sign-in",
  loader: async ({ context }) => {
    const result = await context.signIn();
    // oxlint-disable-next-line typescript/only-throw-error -- TanStack Router's redirects are thrown responses
    if (result.kind === "signed-in") throw redirect({ to: "/", replace: true });
    return result;
  },
  staleTime: Number.POSITIVE_INFINITY,
  component: function SignIn() {
    return <SignInPage result={signInRoute.useLoaderData()} />;
  },
});

const deskRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: "desk",
  beforeLoad: async ({ context }) => {
    try {
      await context.queries.ensureQueryData(sessionQuery(context.api));
    } catch (error) {
      // oxlint-disable-next-line typescript/only-throw-error -- TanStack Router's redirects are thrown responses
      if (isSignedOut(error)) throw redirect({ to: "/sign-in", replace: true });
      throw error;
    }
  },
  component: Shell,
});

const statuses: readonly QueueList[] = [
  "new",
  "safeguarding-first",
  "format-burst",
  "behind",
  "referred",
  "closed",
  "all",
];

export const queueRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/",
  validateSearch: (search): { status?: QueueList } => {
    const status = statuses.find((item) => item === search["status"]);
    return status === undefined || status === "new" ? {} : { status };
  },
  component: function Queue() {
    return <QueuePage status={queueRoute.useSearch().status ?? "new"} />;
  },
});

export const reportRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/reports/$id",
  component: function Report() {
    const { id } = reportRoute.useParams();
    return <ReportPage key={id} id={id} />;
  },
});

export const ukFormRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/reports/$id/uk-direct",
  component: function UkForm() {
    const { id } = ukFormRoute.useParams();
    return <UkFormPage key={id} id={id} />;
  },
});

const requestsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/requests",
  validateSearch: (search): { list?: RequestListName } => {
    const list = REQUEST_LISTS.find((item) => item === search["list"]);
    return list === undefined || list === "open" ? {} : { list };
  },
  component: function Requests() {
    return <RequestsPage list={requestsRoute.useSearch().list ?? "open"} />;
  },
});

const tasksRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/tasks",
  validateSearch: (search): { list?: TaskListName } => {
    const list = TASK_LISTS.find((item) => item === search["list"]);
    return list === undefined || list === "open" ? {} : { list };
  },
  component: function Tasks() {
    return <TasksPage list={tasksRoute.useSearch().list ?? "open"} />;
  },
});

const keepingRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/keeping",
  validateSearch: (search): { list?: KeepingListName } => {
    const list = KEEPING_LISTS.find((item) => item === search["list"]);
    return list === undefined || list === "overdue" ? {} : { list };
  },
  component: function Keeping() {
    return <KeepingPage list={keepingRoute.useSearch().list ?? "overdue"} />;
  },
});

const sendersRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/senders",
  component: SendersPage,
});
const senderRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/senders/$id",
  component: function Sender() {
    const { id } = senderRoute.useParams();
    return <SenderPage key={id} id={id} />;
  },
});

export const subjectRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/subjects/$id",
  component: function Subject() {
    const { id } = subjectRoute.useParams();
    return <SubjectPage key={id} id={id} />;
  },
});

const campaignsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/campaigns",
  component: CampaignsPage,
});

export const campaignRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/campaigns/$id",
  component: function Campaign() {
    const { id } = campaignRoute.useParams();
    return <CampaignPage key={id} id={id} />;
  },
});

const callsRoute = createRoute({ getParentRoute: () => deskRoute, path: "/pages", component: CallsPage });
const childrenRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/safeguarding",
  validateSearch: (search): { list?: "told" } => (search["list"] === "told" ? { list: "told" } : {}),
  component: function Children() {
    return <ChildrenPage list={childrenRoute.useSearch().list ?? "open"} />;
  },
});
const conflictsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/conflicts",
  validateSearch: (search): { list?: ConflictList } => {
    const list = CONFLICT_LISTS.find((item) => item === search["list"]);
    return list === undefined || list === "open" ? {} : { list };
  },
  component: function Conflicts() {
    return <ConflictsPage list={conflictsRoute.useSearch().list ?? "open"} />;
  },
});
const reviewRoute = createRoute({ getParentRoute: () => deskRoute, path: "/review", component: ReviewPage });
const accountsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/accounts",
  component: AccountsPage,
});
const accountRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/accounts/$account",
  component: function Account() {
    const { account } = accountRoute.useParams();
    return <AccountPage key={account} account={account} />;
  },
});
const banksRoute = createRoute({ getParentRoute: () => deskRoute, path: "/banks", component: BanksPage });
export const bankRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/banks/$bank",
  component: function Bank() {
    const { bank } = bankRoute.useParams();
    return <BankPage key={bank} id={bank} />;
  },
});
export const bankEntryRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: "/banks/$bank/entries/$entry",
  component: function BankEntry() {
    const { bank, entry } = bankEntryRoute.useParams();
    return <EntryPage key={entry} bank={bank} entry={entry} />;
  },
});
const peersRoute = createRoute({ getParentRoute: () => deskRoute, path: "/peers", component: PeersPage });
const auditRoute = createRoute({ getParentRoute: () => deskRoute, path: "/audit", component: AuditPage });

const tree = rootRoute.addChildren([
  signInRoute,
  deskRoute.addChildren([
    queueRoute,
    reportRoute,
    ukFormRoute,
    requestsRoute,
    tasksRoute,
    keepingRoute,
    sendersRoute,
    senderRoute,
    subjectRoute,
    campaignsRoute,
    campaignRoute,
    callsRoute,
    childrenRoute,
    conflictsRoute,
    reviewRoute,
    accountsRoute,
    accountRoute,
    banksRoute,
    bankRoute,
    bankEntryRoute,
    peersRoute,
    auditRoute,
  ]),
]);

/** The desk's addresses. Where focus and scroll go is each page's own affair, so the router leaves both alone. */
export function createDeskRouter(context: RouterContext) {
  return createRouter({
    routeTree: tree,
    context,
    defaultPendingComponent: OpeningPage,
    defaultErrorComponent: FailedPage,
    defaultNotFoundComponent: MissingPage,
    defaultStructuralSharing: true,
    // Left out, it would scroll every page to its top after the page has put itself where it belongs.
    scrollRestoration: () => false,
  });
}

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createDeskRouter>;
  }
}
