/** One server-sent event. */
export interface StreamEvent {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/**
 * Reads server-sent events (WHATWG HTML, 9.2.6) until the stream ends. The browser's own `EventSource` cannot send a
 * bearer token. What the stream breaks off with is thrown.
 */
export async function readEvents(body: ReadableStream<Uint8Array>, onEvent: (event: StreamEvent) => void) {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  let fields: Record<string, string> = {};
  const line = (text: string) => {
    if (text === "") {
      if (fields.data !== undefined) {
        onEvent({ id: fields.id, event: fields.event ?? "message", data: fields.data });
      }
      fields = {};
      return;
    }
    const [, name, value = ""] = /^([^:]*)(?:: ?(.*))?$/s.exec(text) ?? [];
    if (name === "data" && fields.data !== undefined) {
      fields.data += `\n${value}`;
    } else if (name) {
      fields[name] = value; // a line that begins with a colon is a comment
    }
  };
  for (;;) {
    const { done, value } = await reader.read();
    if (done) {
      return; // an event without its empty line did not arrive
    }
    rest += decoder.decode(value, { stream: true });
    // a lone CR at the end may be half of a CRLF
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    lines.forEach(line);
  }
}
