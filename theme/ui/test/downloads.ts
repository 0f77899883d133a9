import { beforeEach, vi } from "vitest";

/** What the page has given the browser to keep, oldest first. */
export let saved: Blob[] = [];

/** Keeps what is downloaded, for each test of the file anew. */
export function withDownloads(): void {
  beforeEach(() => {
    saved = [];
    // jsdom goes nowhere, and says so
    vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    vi.stubGlobal(
      "URL",
      Object.assign(URL, {
        createObjectURL: (blob: Blob) => {
          saved.push(blob);
          return "blob:saved";
        },
        revokeObjectURL: () => undefined,
      }),
    );
  });
}

/** jsdom's blobs cannot be asked themselves. */
export function textOf(blob: Blob | undefined): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsText(blob ?? new Blob());
  });
}
