import { describe, expect, it } from "vitest";
import { readEvents, type StreamEvent } from "./eventStream";

async function eventsOf(...chunks: readonly string[]) {
  const events: StreamEvent[] = [];
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) {
        controller.enqueue(new TextEncoder().encode(chunk));
      }
      controller.close();
    },
  });
  await readEvents(body, (event) => events.push(event));
  return events;
}

describe("a stream of events", () => {
  it("is read event by event, with ids", async () => {
    expect(await eventsOf('id: 0.7\nevent: entry\ndata: {"a":1}\n\nid: 0.8\ndata:x\n\n')).toEqual([
      { id: "0.7", event: "entry", data: '{"a":1}' },
      { id: "0.8", event: "message", data: "x" },
    ]);
  });

  it("may be cut anywhere, in a line break too", async () => {
    expect(await eventsOf("id: 1\r", "\neve", "nt: beat\r\nda", "ta: y\r\n\r", "\n")).toEqual([
      { id: "1", event: "beat", data: "y" },
    ]);
  });

  it("joins lines of data, passes over comments, and drops what did not arrive whole", async () => {
    expect(await eventsOf(": hello\n\ndata: a\ndata: b\n\ndata: lost\n")).toEqual([
      { id: undefined, event: "message", data: "a\nb" },
    ]);
  });
});
