/** Forms on this wire: `multipart/form-data` with an id and a file, or an urlencoded id. */
import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";

/** The names of fields here are `id` and `file`; a value is a number of at most 19 digits. */
const MAX_FIELD_BYTES = 4096;
const MAX_PARTS = 16;
/** Of one part: room for a long file name. */
const MAX_HEADER_BYTES = 16 * 1024;

export interface FilePart {
  /** As the client named it, without a path or control characters; absent if it gave none. */
  readonly fileName?: string;
  /** As the client labelled it; `text/plain` where it did not (RFC 7578, section 4.4). */
  readonly mediaType: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface FormReader {
  /** May throw to refuse the form. */
  field(name: string, value: string): void;
  /** Reads the bytes to their end before it resolves; may reject to refuse the form. */
  file(part: FilePart): Promise<void>;
}

/** The form itself is broken. The message says how, for the client. */
export class FormFault extends Error {
  override readonly name = "FormFault";
}

function openParser(contentType: string): BusboyInstance {
  try {
    return new Busboy({
      headers: { "content-type": contentType },
      limits: {
        fieldNameSize: 100,
        fieldSize: MAX_FIELD_BYTES,
        files: 1,
        parts: MAX_PARTS,
        headerPairs: 32,
        headerSize: MAX_HEADER_BYTES,
      },
      // By name, not by type: clients send files without a name, as text/plain, as `blob`, and ids with a file name.
      isPartAFile: (name) => name === "file",
    });
  } catch {
    throw new FormFault("The Content-Type names no boundary. Let your HTTP library write this header.");
  }
}

/** Control characters have no place in a name, and a database may refuse them. */
function cleanName(name: string | undefined): string | undefined {
  const clean = name?.replaceAll(/\p{Cc}/gu, "\uFFFD");
  return clean === "" ? undefined : clean;
}

/**
 * Reads a `multipart/form-data` body while it arrives, in any order of its parts.
 *
 * @param contentType the request's header, with its boundary
 * @param body the bytes; what they throw is passed on. When the signal fires they must throw instead of waiting for more:
 *   a client that is silent has to hear a refusal at once
 * @returns when the closing boundary has arrived and the reader is done with everything. On any failure it first lets the
 *   file's reader fail and waits for it, so that nothing is half-stored when the failure is reported.
 * @throws FormFault, and whatever the body or the reader throw
 */
export async function readMultipart(
  contentType: string,
  body: (signal: AbortSignal) => AsyncIterable<Uint8Array>,
  reader: FormReader,
): Promise<void> {
  const parser = openParser(contentType);
  let open: BusboyFileStream | undefined;
  let reading: Promise<void> = Promise.resolve();
  let fault: { readonly error: unknown } | undefined;
  /** What the file's stream said before anything else had failed: perhaps only that its reader has turned away. */
  let brokeOff: unknown;
  let wake: () => void = () => {};
  const abandoned = new AbortController();

  const fail = (error: unknown): void => {
    fault ??= { error };
    abandoned.abort();
    open?.destroy(error instanceof Error ? error : new Error("the form was refused"));
    wake();
  };
  /** Until the parser can go on, is done, or everything has failed. */
  const pause = (event: "drain" | "finish"): Promise<void> =>
    new Promise((resolve) => {
      wake = resolve;
      if (fault !== undefined) resolve();
      parser.once(event, resolve);
    });

  parser.on("field", (name: string | undefined, value, _nameCut, valueCut) => {
    try {
      // Names are the client's text; they are not repeated in an answer.
      if (valueCut) throw new FormFault(`A field is longer than ${String(MAX_FIELD_BYTES)} bytes.`);
      reader.field(name ?? "", value);
    } catch (error) {
      fail(error);
    }
  });
  parser.on("file", (_name, stream, fileName: string | undefined, transferEncoding, mediaType) => {
    open = stream;
    stream.on("error", (error) => {
      if (fault === undefined) brokeOff = error;
      fail(error);
    });
    if (transferEncoding === "base64" || transferEncoding === "quoted-printable") {
      stream.resume();
      fail(new FormFault(`The file is sent as ${transferEncoding}. Send its bytes as they are.`));
      return;
    }
    const name = cleanName(fileName);
    reading = reader
      .file({ ...(name !== undefined && { fileName: name }), mediaType, bytes: stream })
      .catch((error: unknown) => {
        // Why a reader turned away is told last, after it has cleaned up.
        if (brokeOff !== undefined && fault?.error === brokeOff) fault = { error };
        fail(error);
      });
  });
  parser.on("filesLimit", () => {
    fail(new FormFault("The form holds more than one file. Send each file in an upload of its own."));
  });
  parser.on("partsLimit", () => {
    fail(new FormFault(`The form holds more than ${String(MAX_PARTS)} parts.`));
  });
  parser.on("error", (error) => {
    fail(
      new FormFault(
        `The form cannot be read: ${error instanceof Error ? error.message : "it is malformed"}.`,
      ),
    );
  });

  let isFinished = false;
  parser.once("finish", () => {
    isFinished = true;
  });
  try {
    for await (const chunk of body(abandoned.signal)) {
      if (fault !== undefined) break;
      if (!parser.write(chunk)) await pause("drain");
    }
    if (fault === undefined) {
      parser.end();
      if (!isFinished) await pause("finish");
    }
  } catch (error) {
    fail(error);
  }
  await reading;
  if (fault !== undefined) throw fault.error;
}

/** Reads an urlencoded form: `id=1000001`. */
export function readUrlencoded(body: Uint8Array, reader: Pick<FormReader, "field">): void {
  for (const [name, value] of new URLSearchParams(Buffer.from(body).toString("utf8")))
    reader.field(name, value);
}
