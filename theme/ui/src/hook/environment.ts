/** What the stock console's page says of itself, in the JSON element that its own script reads. */
export interface Environment {
  readonly serverBaseUrl: string;
  readonly adminBaseUrl: string;
  /** The realm that the admin logged in to. */
  readonly realm: string;
  readonly clientId: string;
  readonly consoleBaseUrl: string;
}

export function readEnvironment(document: Document): Environment {
  const text = document.getElementById("environment")?.textContent;
  if (!text) {
    throw new Error("the console's page has no #environment element");
  }
  return JSON.parse(text) as Environment;
}
