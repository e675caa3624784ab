import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { type FilePart, FormFault, type FormReader, readMultipart, readUrlencoded } from "./form.ts";

const BOUNDARY = "x-shape-7f3a";
const TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

function inPieces(body: Buffer, pieceLength: number): () => AsyncGenerator<Uint8Array> {
  return () => pieces(body, pieceLength);
}

async function* pieces(body: Buffer, pieceLength: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < body.length; start += pieceLength) {
    await Promise.resolve();
    yield body.subarray(start, start + pieceLength);
  }
}

const part = (headers: string, content: Uint8Array | string): Buffer =>
  Buffer.concat([
    Buffer.from(`--${BOUNDARY}\r\n${headers}\r\n\r\n`),
    typeof content === "string" ? Buffer.from(content) : content,
    Buffer.from("\r\n"),
  ]);
const CLOSE = Buffer.from(`--${BOUNDARY}--\r\n`);
const idPart = part('Content-Disposition: form-data; name="id"', "1000001");
const filePart = (
  content: Uint8Array | string,
  more = '; filename="hills.png"\r\nContent-Type: image/png',
): Buffer => part(`Content-Disposition: form-data; name="file"${more}`, content);

/** A reader that keeps what it is given. */
function keeper() {
  const fields: [string, string][] = [];
  const files: (Omit<FilePart, "bytes"> & { readonly content: Buffer })[] = [];
  const broken: unknown[] = [];
  const reader: FormReader = {
    field(name, value) {
      fields.push([name, value]);
    },
    async file({ bytes, ...rest }) {
      const chunks: Uint8Array[] = [];
      try {
        for await (const chunk of bytes) chunks.push(chunk);
      } catch (error) {
        broken.push(error);
        throw error;
      }
      files.push({ ...rest, content: Buffer.concat(chunks) });
    },
  };
  return { fields, files, broken, reader };
}

async function read(body: Buffer, pieceLength = 64) {
  const kept = keeper();
  await readMultipart(TYPE, inPieces(body, pieceLength), kept.reader);
  return kept;
}

test("reads an id and a file in either order", async () => {
  for (const body of [
    [idPart, filePart("a green hill"), CLOSE],
    [filePart("a green hill"), idPart, CLOSE],
  ]) {
    const { fields, files } = await read(Buffer.concat(body));
    assert.deepEqual(fields, [["id", "1000001"]]);
    assert.deepEqual(files, [
      { fileName: "hills.png", mediaType: "image/png", content: Buffer.from("a green hill") },
    ]);
  }
});

test("takes a file without a name, as a blob, and as text", async () => {
  const bare = await read(Buffer.concat([idPart, filePart("a,b\n1,2\n", ""), CLOSE]));
  assert.deepEqual(bare.files, [{ mediaType: "text/plain", content: Buffer.from("a,b\n1,2\n") }]);
  const csv = await read(Buffer.concat([idPart, filePart("a,b\n", "\r\nContent-Type: text/csv"), CLOSE]));
  assert.deepEqual(csv.files, [{ mediaType: "text/csv", content: Buffer.from("a,b\n") }]);
  const blob = await read(
    Buffer.concat([
      idPart,
      filePart("~", '; filename="blob"\r\nContent-Type: application/octet-stream'),
      CLOSE,
    ]),
  );
  assert.deepEqual(blob.files, [
    { fileName: "blob", mediaType: "application/octet-stream", content: Buffer.from("~") },
  ]);
});

test("reads a quoted boundary, names in UTF-8, and an id that carries a file name", async () => {
  const kept = keeper();
  const body = Buffer.concat([
    part('Content-Disposition: form-data; name="id"; filename="id.txt"', "7"),
    filePart("x", '; filename="höhe & tal.png"'),
    CLOSE,
  ]);
  await readMultipart(`Multipart/Form-Data; Boundary="${BOUNDARY}"`, inPieces(body, 9), kept.reader);
  assert.deepEqual(kept.fields, [["id", "7"]]);
  assert.equal(kept.files[0]?.fileName, "höhe & tal.png");
});

test("drops paths and control characters from a file name", async () => {
  for (const [sent, expected] of [
    ["../../etc/hills.png", "hills.png"],
    ["C:\\pictures\\hills.png", "hills.png"],
    ["hills\u0000\u0007.png", "hills\uFFFD\uFFFD.png"],
  ] as const) {
    const { files } = await read(Buffer.concat([filePart("x", `; filename="${sent}"`), idPart, CLOSE]));
    assert.equal(files[0]?.fileName, expected);
  }
});

test("gives back any bytes, cut anywhere, even those that look like the boundary", async () => {
  // Not the delimiter itself: RFC 2046, section 5.1.1: "Boundary delimiters must not appear within the encapsulated material".
  const nearBoundary = fc.constantFrom(
    "\r\n",
    "\r\n--",
    `\r\n--${BOUNDARY.slice(0, -1)}`,
    `x--${BOUNDARY}`,
    "\r",
    "-",
  );
  const content = fc
    .array(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        nearBoundary.map((text) => Buffer.from(text)),
      ),
      { maxLength: 8 },
    )
    .map((chunks) => Buffer.concat(chunks))
    .filter((bytes) => !bytes.includes(`\r\n--${BOUNDARY}`));
  await fc.assert(
    fc.asyncProperty(
      content,
      fc.integer({ min: 1, max: 300 }),
      fc.boolean(),
      async (bytes, pieceLength, idFirst) => {
        const parts = idFirst ? [idPart, filePart(bytes)] : [filePart(bytes), idPart];
        const { fields, files } = await read(Buffer.concat([...parts, CLOSE]), pieceLength);
        assert.deepEqual(fields, [["id", "1000001"]]);
        assert.equal(files.length, 1);
        assert.equal(files[0]?.content.toString("hex"), bytes.toString("hex"));
      },
    ),
  );
});

test("refuses a form that ends early, at whichever byte, and lets the file's reader fail first", async () => {
  const whole = Buffer.concat([idPart, filePart("a green hill, a blue sea"), idPart, CLOSE]);
  // The CRLF after the closing boundary is optional (RFC 2046, section 5.1.1).
  for (let length = 0; length < whole.length - 2; length += 1) {
    const kept = keeper();
    await assert.rejects(
      readMultipart(TYPE, inPieces(whole.subarray(0, length), 16), kept.reader),
      (error) => error instanceof FormFault,
      `cut at ${String(length)}`,
    );
    assert.equal(kept.files.length + kept.broken.length <= 1, true);
  }
});

test("passes on what the body throws, after the file's reader has failed with it", async () => {
  const gone = new Error("the client went away");
  async function* body(): AsyncGenerator<Uint8Array> {
    yield idPart;
    yield filePart("a green hill").subarray(0, -4);
    throw gone;
  }
  const kept = keeper();
  await assert.rejects(readMultipart(TYPE, body, kept.reader), (error) => error === gone);
  assert.deepEqual(kept.broken, [gone]);
  assert.deepEqual(kept.files, []);
});

test("stops reading when the reader refuses a field or the file", async () => {
  const refused = new Error("no such report");
  for (const reader of [
    { field: () => assert.fail(refused), file: async () => {} },
    { field: () => {}, file: () => Promise.reject(refused) },
  ]) {
    let pieces = 0;
    async function* body(): AsyncGenerator<Uint8Array> {
      yield idPart;
      yield filePart("").subarray(0, -2);
      for (; pieces < 1000; pieces += 1) {
        await Promise.resolve();
        yield Buffer.alloc(64 * 1024);
      }
    }
    await assert.rejects(readMultipart(TYPE, body, reader), (error) => error === refused);
    assert.ok(pieces < 1000);
  }
});

test("never runs ahead of a slow reader by more than a few pieces", async () => {
  let produced = 0;
  let ahead = 0;
  async function* body(): AsyncGenerator<Uint8Array> {
    yield filePart("").subarray(0, -2);
    for (let count = 0; count < 200; count += 1) {
      produced += 64 * 1024;
      yield Buffer.alloc(64 * 1024, "~");
    }
    yield Buffer.concat([Buffer.from("\r\n"), CLOSE]);
  }
  let consumed = 0;
  await readMultipart(TYPE, body, {
    field: () => {},
    file: async ({ bytes }) => {
      for await (const chunk of bytes) {
        consumed += chunk.byteLength;
        ahead = Math.max(ahead, produced - consumed);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  });
  assert.equal(consumed, 200 * 64 * 1024);
  assert.ok(ahead <= 1024 * 1024, `${String(ahead)} bytes ahead`);
});

test("refuses a second file, too many parts, a huge field, encoded bytes, and a missing boundary", async () => {
  const refused = (body: readonly Buffer[], pattern: RegExp): Promise<void> =>
    assert.rejects(
      read(Buffer.concat(body)),
      (error) => error instanceof FormFault && pattern.test(error.message),
    );
  await refused([filePart("one"), filePart("two"), CLOSE], /more than one file/);
  await refused([...Array.from({ length: 17 }, () => idPart), CLOSE], /more than 16 parts/);
  await refused(
    [part('Content-Disposition: form-data; name="id"', "1".repeat(5000)), CLOSE],
    /longer than 4096/,
  );
  const encoded = '; filename="a"\r\nContent-Transfer-Encoding: base64';
  await refused([filePart("aGlsbHM=", encoded), CLOSE], /base64/);
  await assert.rejects(readMultipart("multipart/form-data", inPieces(CLOSE, 9), keeper().reader), FormFault);
});

test("ends, one way or the other, for any bytes at all", async () => {
  const token = fc.constantFrom(
    `--${BOUNDARY}`,
    "--",
    "\r\n",
    "\r\n\r\n",
    'Content-Disposition: form-data; name="file"',
    'Content-Disposition: form-data; name="id"',
    "Content-Disposition: attachment",
    "Content-Type: text/plain; charset=nonsense",
    ": ",
    "7",
  );
  const garbage = fc.array(fc.oneof({ weight: 4, arbitrary: token }, { weight: 1, arbitrary: fc.string() }), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(garbage, fc.integer({ min: 1, max: 40 }), async (tokens, pieceLength) => {
      try {
        await read(Buffer.from(tokens.join("")), pieceLength);
      } catch (error) {
        assert.ok(error instanceof FormFault, String(error));
      }
    }),
    { numRuns: 500 },
  );
});

test("reads urlencoded fields", () => {
  const { fields, reader } = keeper();
  readUrlencoded(Buffer.from("id=1000001&note=a+b%20c"), reader);
  assert.deepEqual(fields, [
    ["id", "1000001"],
    ["note", "a b c"],
  ]);
});
