import assert from "node:assert/strict";
import { suite, test } from "node:test";
import type { ReportEvent } from "../api/shapes.ts";
import { person, view } from "../testing/report-view.ts";
import { eventsOf } from "./events.ts";

const certain = (at: string): ReportEvent => ({
  kind: "login",
  moment: { raw: at, at, zone: "stated", offset: "Z" },
});
const uncertain = (raw: string): ReportEvent => ({ kind: "login", moment: { raw, zone: "none" } });

suite("the events of a report", () => {
  test("certain ones stand in their order, uncertain ones after them as sent", () => {
    const events = [
      uncertain("b"),
      certain("2026-03-02T00:00:00Z"),
      uncertain("a"),
      certain("2026-03-01T00:00:00Z"),
    ];
    const order = eventsOf(view({}, [person({ events })])).map(({ event }) => event.moment?.raw);
    assert.deepEqual(order, ["2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", "b", "a"]);
  });

  test("each knows where it stood in the report, also after sorting", () => {
    const events = [uncertain("b"), certain("2026-03-02T00:00:00Z")];
    const paths = eventsOf(view({}, [person({ events })])).map(({ path }) => path);
    assert.deepEqual(paths, ["/persons/0/events/1", "/persons/0/events/0"]);
  });

  test("an address carries what is claimed of its network, whoever sent its text", () => {
    const event: ReportEvent = { kind: "upload", ip: { raw: "2001:0db8::1", address: "2001:db8::1" } };
    const claim = {
      about: { kind: "ip" as const, address: "2001:db8::1" },
      source: { kind: "list" as const, name: "table" },
      states: { kind: "network" as const, network: "carrier-nat" as const },
    };
    const [placed] = eventsOf(view({ claims: [claim] }, [person({ events: [event] })]));
    assert.deepEqual(placed?.networks, [claim]);
  });
});
