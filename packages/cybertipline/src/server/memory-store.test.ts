import { testServerStore } from "./conformance.ts";
import { createMemoryStore } from "./memory-store.ts";

const may = { use: true, submit: true, update: true };

testServerStore(
  "memory",
  async () => {
    const platform = { username: "platform", password: "a long secret" };
    const otherPlatform = { username: "other", password: "another long secret" };
    const store = createMemoryStore({
      accounts: [
        { accountId: "1", ...platform, may },
        { accountId: "2", ...otherPlatform, may },
      ],
    });
    return {
      store,
      platform,
      otherPlatform,
      kept: async (reportId) => {
        const report = store.reports().find((kept) => kept.reportId === reportId);
        if (report === undefined || (report.state !== "open" && report.state !== "finished"))
          return undefined;
        return {
          state: report.state,
          xml: report.submission.xml,
          files: [...report.files.values()].map(({ upload, bytes, description }) => ({
            fileId: upload.fileId,
            bytes,
            ...(description && { detailsXml: description.xml }),
          })),
        };
      },
      stagedCount: async () => store.stagedCount(),
      [Symbol.asyncDispose]: async () => {},
    };
  },
  { propertyRuns: 100 },
);
