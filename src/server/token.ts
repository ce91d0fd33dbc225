import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { AssayError } from "../errors.js";

/** What becomes of a request: it goes on, is turned away, or is sent on with a cookie to the address without the token. */
export type Admission =
  | { readonly kind: "admitted" }
  | { readonly kind: "refused" }
  | { readonly kind: "welcomed"; readonly location: string; readonly cookie: string };

/** What a token is looked for in. */
export interface TokenCarrier {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization?: string | undefined;
  readonly cookie?: string | undefined;
}

/** Who may come in. */
export interface TokenGate {
  admit(carrier: TokenCarrier): Admission;
}

/** A token that nobody guesses: 32 letters, 192 bits. */
export function createToken(): string {
  return randomBytes(24).toString("base64url");
}

/** Throws AssayError for a token that could be guessed or would not survive an address. */
export function requireGoodToken(token: string): void {
  if (/^[A-Za-z0-9._~-]{16,200}$/.test(token)) return;
  throw new AssayError(
    "bad-token",
    "A token needs 16 to 200 letters, digits and . _ ~ -",
    "Leave its value out: a good one is made and printed.",
  );
}

/** Lets everybody in: for a server that only programs of this machine reach. */
export const openGate: TokenGate = { admit: () => ({ kind: "admitted" }) };

/**
 * Lets in who has the token: programs by the header `Authorization: Bearer`, browsers once by `?token=` in the address of the page, and
 * then by a cookie that no script reads and no other site makes the browser send.
 *
 * @param port cookies do not tell ports apart, so it stands in the name
 */
export function createTokenGate(token: string, port: number): TokenGate {
  requireGoodToken(token);
  const cookieName = `assay-${port}`;
  // Not the token itself: whoever sees the cookie cannot pass the token on.
  const cookieValue = createHmac("sha256", token).update("cookie").digest("base64url");
  return {
    admit({ path, query, authorization, cookie }) {
      const given = query.get("token");
      if (given !== null && path === "/") {
        if (!isSame(given, token)) return { kind: "refused" };
        const rest = new URLSearchParams(query);
        rest.delete("token");
        return {
          kind: "welcomed",
          location: rest.size === 0 ? "/" : `/?${rest}`,
          cookie: `${cookieName}=${cookieValue}; Path=/; HttpOnly; SameSite=Strict`,
        };
      }
      const bearer = /^Bearer (\S+)$/i.exec(authorization ?? "");
      if (bearer !== null && isSame(bearer[1], token)) return { kind: "admitted" };
      const cookies = (cookie ?? "").split(";").map((part) => part.trim());
      const found = cookies.some(
        (part) => part.startsWith(`${cookieName}=`) && isSame(part.slice(cookieName.length + 1), cookieValue),
      );
      return { kind: found ? "admitted" : "refused" };
    },
  };
}

/** In a time that says nothing about where they differ. */
function isSame(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}
