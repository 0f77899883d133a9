import { useCallback, useEffect, useRef, useState } from "react";
import { useApi } from "../api/ApiContext";
import { save } from "../components/save";
import { type Format, isBundle, RecordCounter } from "./recordCounter";

export interface Progress {
  readonly bytes: number;
  readonly entries: number;
  /** How many entries it will be at most, where the server says so. */
  readonly atMost: number | undefined;
  /** How large it will be, more or less, where the server says so. */
  readonly bytesAbout: number | undefined;
}

export type Download =
  | { readonly state: "idle" }
  | { readonly state: "running"; readonly progress: Progress }
  | { readonly state: "done"; readonly progress: Progress; readonly name: string; readonly format: Format }
  | { readonly state: "failed"; readonly error: unknown };

/** The end of the export did not come. */
export class BrokenOffError extends Error {}

const REFRESH_MS = 100;
/** A browser moves a blob out of its memory, an array it does not. */
const PIECE = 8 * 1024 * 1024;

/** Reads an export as it comes, tells how far it is, and gives the browser the file when it is whole. */
export function useDownload() {
  const api = useApi();
  const [download, setDownload] = useState<Download>({ state: "idle" });
  const abort = useRef<AbortController>();
  const cancel = useCallback(() => {
    abort.current?.abort();
    setDownload({ state: "idle" });
  }, []);
  useEffect(() => () => abort.current?.abort(), []);
  const start = useCallback(
    (path: string, format: Format) => {
      const controller = new AbortController();
      abort.current = controller;
      const { signal } = controller;
      const tell = (next: Download) => signal.aborted || setDownload(next);
      const run = async () => {
        tell({ state: "running", progress: { bytes: 0, entries: 0, atMost: undefined, bytesAbout: undefined } });
        const response = await api.download(path, signal);
        const { file, progress } = await read(response, format, (now) => tell({ state: "running", progress: now }));
        signal.throwIfAborted();
        const name = fileName(response) ?? `audit-log.${isBundle(format) ? "zip" : format}`;
        save(file, name);
        tell({ state: "done", progress, name, format });
      };
      run().catch((error: unknown) => tell({ state: "failed", error }));
    },
    [api],
  );
  return { download, start, cancel };
}

async function read(response: Response, format: Format, onProgress: (progress: Progress) => void) {
  const reader = response.body?.getReader();
  const counter = new RecordCounter(format);
  const told = (name: string) => Number(response.headers.get(name) ?? Number.NaN) || undefined;
  const atMost = isBundle(format) ? undefined : told("keyledger-entries-at-most");
  const bytesAbout = told("keyledger-bytes-about");
  const type = response.headers.get("content-type") ?? "";
  let file = new Blob([], { type });
  let parts: BlobPart[] = [];
  let [bytes, held, toldAt] = [0, 0, 0];
  const progress = () => ({ bytes, entries: counter.entries, atMost, bytesAbout });
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    counter.add(piece.value);
    parts.push(piece.value);
    bytes += piece.value.length;
    held += piece.value.length;
    if (held > PIECE) {
      file = new Blob([file, ...parts], { type });
      [parts, held] = [[], 0];
    }
    if (Date.now() - toldAt > REFRESH_MS) {
      toldAt = Date.now();
      onProgress(progress());
    }
  }
  if (!counter.isWhole) {
    throw new BrokenOffError();
  }
  return { file: new Blob([file, ...parts], { type }), progress: progress() };
}

function fileName(response: Response): string | undefined {
  return /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")?.[1];
}
