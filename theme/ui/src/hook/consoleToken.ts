/** The part of the console's keycloak-js instance that we use. */
interface KeycloakClient {
  readonly token?: string;
  updateToken(minimumSeconds: number): Promise<boolean>;
}

interface Fiber {
  readonly child?: Fiber | null;
  readonly memoizedProps?: { readonly value?: { readonly keycloak?: unknown } } | null;
  readonly stateNode?: { readonly current?: Fiber } | null;
}

const DEEPEST = 500;

/**
 * The token of the console's own session, refreshed as the console refreshes it, or `undefined` where the console's
 * inner structure is not what we know. It leans on an internal: the console puts its keycloak-js instance into a React
 * context, whose value is reached from the root's fiber.
 */
export async function consoleToken(app: HTMLElement): Promise<string | undefined> {
  const client = findClient(app);
  if (!client) {
    return undefined;
  }
  await client.updateToken(5);
  return client.token;
}

function findClient(app: HTMLElement): KeycloakClient | undefined {
  const key = Object.keys(app).find((name) => name.startsWith("__reactContainer$"));
  if (!key) {
    return undefined;
  }
  const root = (app as unknown as Record<string, Fiber | undefined>)[key];
  let fiber: Fiber | null | undefined = root?.stateNode?.current ?? root;
  for (let depth = 0; fiber && depth < DEEPEST; depth++) {
    const candidate = fiber.memoizedProps?.value?.keycloak;
    if (isClient(candidate)) {
      return candidate;
    }
    fiber = fiber.child;
  }
  return undefined;
}

function isClient(value: unknown): value is KeycloakClient {
  return (
    typeof value === "object" &&
    value !== null &&
    "token" in value &&
    "updateToken" in value &&
    typeof value.updateToken === "function"
  );
}
