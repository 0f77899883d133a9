/** A line of one text beside its counterpart in the other; a line that only one of them has stands alone. */
export interface DiffLine {
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** Beyond this many pairs of lines the two texts are shown as they are. */
const MOST_PAIRS = 250_000;

/** Two texts line by line, with as many common lines as possible (longest common subsequence). */
export function lineDiff(before: string | undefined, after: string | undefined): readonly DiffLine[] {
  const a = before?.split("\n") ?? [];
  const b = after?.split("\n") ?? [];
  if (a.length * b.length > MOST_PAIRS) {
    return pair(a, b);
  }
  // common[i][j]: how many lines a from i and b from j have in common
  const common = Array.from({ length: a.length + 1 }, () => new Uint32Array(b.length + 1));
  const at = (i: number, j: number) => common[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      (common[i] as Uint32Array)[j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [i, j, firstA, firstB] = [0, 0, 0, 0];
  const flush = () => lines.push(...pair(a.slice(firstA, i), b.slice(firstB, j)));
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      flush();
      lines.push({ before: a[i++], after: b[j++] });
      [firstA, firstB] = [i, j];
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      i++;
    } else {
      j++;
    }
  }
  [i, j] = [a.length, b.length];
  flush();
  return lines;
}

/** Lines that differ, side by side. */
function pair(a: readonly string[], b: readonly string[]): readonly DiffLine[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, at) => ({ before: a[at], after: b[at] }));
}

/** A line, or several unchanged ones of which only the number is shown. */
export type FoldedLine = DiffLine | { readonly folded: readonly DiffLine[] };

/** Folds unchanged lines but for `context` of them around each change. A fold hides at least two lines. */
export function fold(lines: readonly DiffLine[], context: number): readonly FoldedLine[] {
  const isShown = lines.map((_, at) =>
    lines.slice(Math.max(0, at - context), at + context + 1).some(({ before, after }) => before !== after),
  );
  const folded: FoldedLine[] = [];
  for (let at = 0; at < lines.length; ) {
    let end = at;
    while (end < lines.length && !isShown[end]) {
      end++;
    }
    if (end - at >= 2) {
      folded.push({ folded: lines.slice(at, end) });
      at = end;
    } else {
      folded.push(lines[at] as DiffLine);
      at++;
    }
  }
  return folded;
}
