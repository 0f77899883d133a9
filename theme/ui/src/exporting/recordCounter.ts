/** What can be taken out: what was found, as rows, as JSON or with its proofs, or a part of the log with its proofs. */
export const FORMATS = ["csv", "jsonl", "found", "bundle"] as const;
export type Format = (typeof FORMATS)[number];

/** Whether it is a zip with proofs in it, for the verifier. */
export function isBundle(format: Format): boolean {
  return format === "bundle" || format === "found";
}

const [QUOTE, LINE_FEED] = [0x22, 0x0a];

/** Counts the entries of an export as its bytes come, and knows whether it is whole. */
export class RecordCounter {
  private readonly format: Format;
  private records = 0;
  private isQuoted = false;
  private lastLine: number[] = [];

  constructor(format: Format) {
    this.format = format;
  }

  add(bytes: Uint8Array): void {
    if (isBundle(this.format)) {
      return; // a zip
    }
    for (const byte of bytes) {
      if (byte === QUOTE && this.format === "csv") {
        this.isQuoted = !this.isQuoted; // a quote inside of a cell is written twice
      }
      if (byte === LINE_FEED && !this.isQuoted) {
        this.records++;
      }
    }
    if (this.format === "jsonl") {
      this.lastLine = [...this.lastLine, ...bytes.subarray(-TAIL)].slice(-TAIL);
    }
  }

  /** Without the line of names, or those that frame JSON Lines. */
  get entries(): number {
    return Math.max(0, this.records - 1 - (this.isEnded ? 1 : 0));
  }

  /** Whether the file says itself that it is whole; the others are when their answer has ended. */
  get isWhole(): boolean {
    return this.format !== "jsonl" || this.isEnded;
  }

  private get isEnded(): boolean {
    const text = String.fromCharCode(...this.lastLine);
    return this.format === "jsonl" && /(^|\n)\{"end":\{"entries":\d+\}\}\n$/.test(text);
  }
}

/** Longer than the last line of JSON Lines. */
const TAIL = 64;
