/** Writes the form of `/upload` while it is sent. */

export interface FormFile {
  readonly fileName?: string;
  readonly mediaType?: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

const encoder = new TextEncoder();

/** Quotes a parameter as browsers do (WHATWG HTML, multipart/form-data encoding). */
function quoted(text: string): string {
  const escaped = text.replaceAll("\n", "%0A").replaceAll("\r", "%0D").replaceAll('"', "%22");
  // Other control characters have no form at all.
  return `"${escaped.replaceAll(/\p{Cc}/gu, "\uFFFD")}"`;
}

const TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;

/**
 * The form's bytes: the id first, so that a server can refuse before the file has been sent.
 * @param boundary must not occur in the file; 128 random bits do not
 */
export async function* writeUpload(
  boundary: string,
  reportId: string,
  { fileName, mediaType, bytes }: FormFile,
): AsyncGenerator<Uint8Array> {
  const type = mediaType !== undefined && TYPE.test(mediaType) ? mediaType : "application/octet-stream";
  yield encoder.encode(
    [
      `--${boundary}`,
      'Content-Disposition: form-data; name="id"',
      "",
      reportId,
      `--${boundary}`,
      // RFC 7578, section 4.2: a file's part has a filename parameter; some receivers tell a file by nothing else.
      `Content-Disposition: form-data; name="file"; filename=${quoted(fileName ?? "file")}`,
      `Content-Type: ${type}`,
      "",
      "",
    ].join("\r\n"),
  );
  yield* bytes;
  yield encoder.encode(`\r\n--${boundary}--\r\n`);
}
