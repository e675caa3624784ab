import type { Client, Connection, Submittable } from "pg";

const CHUNK_BYTES = 1 << 16;

/** `COPY … FROM STDIN` of text that is there already: the plainest way by which PostgreSQL takes rows in. */
export async function copyIn(client: Client, sql: string, text: Buffer): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let failure: Error | undefined;
  const query: Submittable & Record<string, unknown> = {
    submit(connection: Connection) {
      connection.query(sql);
    },
    handleCopyInResponse(connection: CopyConnection) {
      for (let at = 0; at < text.length; at += CHUNK_BYTES)
        connection.sendCopyFromChunk(text.subarray(at, at + CHUNK_BYTES));
      connection.endCopyFrom();
    },
    handleCommandComplete() {},
    handleError(error: Error) {
      failure = error;
    },
    handleReadyForQuery() {
      if (failure === undefined) resolve();
      else reject(failure);
    },
  };
  client.query(query);
  await promise;
}

interface CopyConnection {
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
}
