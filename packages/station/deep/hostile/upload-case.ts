import { type Expected, type HostileCase, type Place, requestBytes } from "./case.ts";

export const BAD: Expected = { statuses: [400] };
export const STREAM = "Content-Type: application/offset+octet-stream";

/** A request to the door for resumable uploads, with what every one of them has. */
export function uploadCase(
  kind: string,
  name: string,
  line: (place: Place) => string,
  headers: readonly string[],
  expected: Expected,
  body = "",
  version = "Tus-Resumable: 1.0.0",
): HostileCase {
  return {
    kind,
    name,
    target: "platform",
    expected,
    bytes: (place) =>
      requestBytes(
        line(place),
        [`Authorization: ${place.authorization}`, version, ...headers],
        Buffer.from(body),
      ),
  };
}

export const create = () => "POST /door/uploads";
export const patch = ({ uploadId }: Place) => `PATCH /door/uploads/${uploadId}`;
