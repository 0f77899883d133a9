import type { Environment } from "./environment";

const PATIENCE_MS = 10_000;
const MARGIN_MS = 10_000;

interface Token {
  readonly text: string;
  readonly goodUntil: number;
}

/**
 * A token of our own by the authorization code flow with PKCE and `prompt=none` in a hidden frame: public OpenID
 * Connect behaviour only. It stands in where the console's own token cannot be found.
 */
export class SilentLogin {
  private readonly environment: Environment;
  private last: Token | undefined;
  private running: Promise<Token> | undefined;

  constructor(environment: Environment) {
    this.environment = environment;
  }

  async token(): Promise<string> {
    if (this.last && this.last.goodUntil > Date.now() + MARGIN_MS) {
      return this.last.text;
    }
    this.running ??= this.login().finally(() => {
      this.running = undefined;
    });
    this.last = await this.running;
    return this.last.text;
  }

  private async login(): Promise<Token> {
    const verifier = base64url(crypto.getRandomValues(new Uint8Array(32)));
    const challenge = base64url(
      new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))),
    );
    const state = base64url(crypto.getRandomValues(new Uint8Array(16)));
    const landed = await visit(this.authorizationUrl(challenge, state));
    const code = landed.searchParams.get("code");
    if (!code || landed.searchParams.get("state") !== state) {
      throw new Error(`silent login refused: ${landed.searchParams.get("error") ?? "no code"}`);
    }
    return this.redeem(code, verifier);
  }

  private authorizationUrl(challenge: string, state: string): string {
    const query = new URLSearchParams({
      client_id: this.environment.clientId,
      redirect_uri: this.redirectUri(),
      response_type: "code",
      response_mode: "query",
      scope: "openid",
      prompt: "none",
      state,
      code_challenge: challenge,
      code_challenge_method: "S256",
    });
    return `${this.endpoint("auth")}?${query}`;
  }

  private async redeem(code: string, verifier: string): Promise<Token> {
    const response = await fetch(this.endpoint("token"), {
      method: "POST",
      body: new URLSearchParams({
        grant_type: "authorization_code",
        client_id: this.environment.clientId,
        code,
        redirect_uri: this.redirectUri(),
        code_verifier: verifier,
      }),
    });
    if (!response.ok) {
      throw new Error(`silent login: the token endpoint answers ${response.status}`);
    }
    const body = (await response.json()) as { access_token: string; expires_in: number };
    return { text: body.access_token, goodUntil: Date.now() + body.expires_in * 1000 };
  }

  /** Below the console, so one of its client's redirect URIs, yet a resource that never starts the console again. */
  private redirectUri(): string {
    return new URL(`${this.environment.consoleBaseUrl.replace(/\/+$/, "")}/whoami`, location.origin).href;
  }

  private endpoint(name: "auth" | "token"): string {
    const { serverBaseUrl, realm } = this.environment;
    return `${serverBaseUrl}/realms/${encodeURIComponent(realm)}/protocol/openid-connect/${name}`;
  }
}

/** Where a hidden frame ends up after the redirects that `url` leads to. */
async function visit(url: string): Promise<URL> {
  const frame = document.createElement("iframe");
  frame.hidden = true;
  frame.src = url;
  try {
    return await new Promise<URL>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("silent login timed out")), PATIENCE_MS);
      frame.onload = () => {
        clearTimeout(timer);
        try {
          resolve(new URL(frame.contentWindow?.location.href ?? ""));
        } catch (cause) {
          reject(new Error("silent login ended on another origin", { cause }));
        }
      };
      document.body.append(frame);
    });
  } finally {
    frame.remove();
  }
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
