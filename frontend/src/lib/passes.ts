/**
 * The pass of this tab to a game. A link hands it over in the address' fragment, which no server sees; it is kept for
 * the tab, so that Control and several seats can be open side by side in one browser. Without it the cookie counts.
 */
const name = (game: string): string => `track-one.pass.${game}`;

/** Take a pass out of the address, keep it for its game and clean the address. Call once, before anything connects. */
export function takePass(): void {
  const pass = /^#t=([A-Za-z0-9._~-]+)$/.exec(location.hash)?.[1];
  const game = /^\/[gr]\/([^/]+)/.exec(location.pathname)?.[1];
  if (!pass || !game) return;
  keepPass(decodeURIComponent(game), pass);
  history.replaceState(null, "", location.pathname + location.search);
}

/** Keep a pass for this tab: who comes by a link of their own stays who they are beside others in one browser. */
export function keepPass(game: string, pass: string): void {
  try {
    sessionStorage.setItem(name(game), pass);
  } catch {
    // A tab without storage falls back to the cookie, which the same answer has set.
  }
}

export function passOf(game: string): string | null {
  try {
    return sessionStorage.getItem(name(game));
  } catch {
    return null;
  }
}

/** Headers with which a request about a game shows the tab's pass. */
export function passHeaders(game: string): Record<string, string> {
  const pass = passOf(game);
  return pass ? { Authorization: `Bearer ${pass}` } : {};
}
