/** A real PostgreSQL for the tests of the whole repository. Not part of the program. */
export {
  type AfterHook,
  emptyTestDatabase,
  type TestDatabase,
  type TestDatabaseOptions,
  testDatabase,
} from "./testing/database.ts";
export { startTestServer, type TestServer, testServerVariable } from "./testing/server.ts";
