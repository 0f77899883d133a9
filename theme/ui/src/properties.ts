/** Reads the subset of Java's properties format that our message files keep to: one `key=text` a line, UTF-8. */
export function parseProperties(text: string): Readonly<Record<string, string>> {
  const lines = text.split("\n").filter((line) => line.includes("=") && !line.startsWith("#"));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}
