/**
 * Moves the style sheets that came with our chunks before all others of the document. They repeat PatternFly's rules
 * under the stock console's selectors; from behind they fill in what it lacks and override nothing of its own. What an
 * earlier page of ours has moved stays where it is.
 */
export async function stylesBehindTheConsoles(chunkUrl: string): Promise<void> {
  const folder = chunkUrl.slice(0, chunkUrl.lastIndexOf("/") + 1);
  const sheets = Array.from(document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]'));
  const first = sheets.findIndex((sheet) => !sheet.href.startsWith(folder));
  const misplaced = sheets.slice(first + 1).filter((sheet) => sheet.href.startsWith(folder));
  if (first < 0) {
    return;
  }
  await Promise.all(
    misplaced.map((sheet) => {
      const loaded = new Promise((resolve) => {
        // a sheet that cannot be loaded again is no reason to show nothing
        sheet.onload = sheet.onerror = resolve;
      });
      sheets[first]?.before(sheet);
      return loaded;
    }),
  );
}
