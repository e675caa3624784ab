import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A small report of nothing that a strict clearinghouse takes. */
export const REPORT_XML = `<?xml version="1.0" encoding="UTF-8"?>
<report>
  <incidentSummary>
    <incidentType>Misleading Domain Name</incidentType>
    <incidentDateTime>2026-02-28T18:00:00Z</incidentDateTime>
  </incidentSummary>
  <reporter>
    <reportingPerson>
      <firstName>Safety</firstName>
      <email>safety@platform.example</email>
    </reportingPerson>
  </reporter>
  <personOrUserReported>
    <screenName>hills</screenName>
    <ipCaptureEvent>
      <ipAddress>192.0.2.1</ipAddress>
      <eventName>Login</eventName>
      <dateTime>2026-02-28T17:59:00Z</dateTime>
      <port>4711</port>
    </ipCaptureEvent>
  </personOrUserReported>
</report>
`;

/** Writes a report's folder with one described and one plain file. */
export async function writeReportFolder(
  dir: string,
  { xml = REPORT_XML, picture = "a green hill" }: { xml?: string; picture?: string | Uint8Array } = {},
): Promise<string> {
  await mkdir(join(dir, "files"), { recursive: true });
  await writeFile(join(dir, "report.xml"), xml);
  await writeFile(join(dir, "files", "hills.png"), picture);
  await writeFile(
    join(dir, "files", "hills.png.xml"),
    `<?xml version="1.0" encoding="UTF-8"?>
<fileDetails>
  <reportId>1</reportId>
  <fileId>placeholder</fileId>
  <originalFileName>hills.png</originalFileName>
</fileDetails>
`,
  );
  await writeFile(join(dir, "files", "sea.txt"), "a blue sea");
  return dir;
}
