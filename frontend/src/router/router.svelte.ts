/** Own history router: the URL is the state. Paths are matched once here; screens read `route` and `query`. */

export type Screen = "home" | "join" | "link" | "lobby" | "player" | "proposal" | "ledger" | "outcome" | "control" | "umpire" | "wall" | "review" | "compare" | "debrief" | "staff" | "newgame" | "sections" | "none";

export interface Route {
  screen: Screen;
  params: Record<string, string>;
}

const ROUTES: [RegExp, Screen, string[]][] = [
  [/^\/$/, "home", []],
  [/^\/j\/([^/]+)$/, "join", ["code"]],
  [/^\/l\/([^/]+)\/([^/]+)\/([^/]+)$/, "link", ["game", "person", "token"]],
  [/^\/staff$/, "staff", []],
  [/^\/staff\/new$/, "newgame", []],
  [/^\/x\/([^/]+)$/, "sections", ["exercise"]],
  [/^\/g\/([^/]+)\/lobby$/, "lobby", ["game"]],
  [/^\/g\/([^/]+)\/turn\/(\d+)$/, "outcome", ["game", "turn"]],
  [/^\/g\/([^/]+)\/p\/([^/]+)$/, "proposal", ["game", "offer"]],
  [/^\/g\/([^/]+)\/agreements$/, "ledger", ["game"]],
  [/^\/g\/([^/]+)\/control(?:\/(msel|board|rulings|settings))?$/, "control", ["game", "page"]],
  [/^\/g\/([^/]+)\/debrief$/, "debrief", ["game"]],
  [/^\/g\/([^/]+)\/umpire$/, "umpire", ["game"]],
  [/^\/g\/([^/]+)\/wall$/, "wall", ["game"]],
  [/^\/g\/([^/]+)$/, "player", ["game"]],
  [/^\/r\/compare$/, "compare", []],
  [/^\/r\/([^/]+)(?:\/([a-z]+)(?:\/([^/]+))?)?$/, "review", ["game", "page", "item"]],
];

export function match(path: string): Route {
  const clean = path.length > 1 ? path.replace(/\/+$/, "") : path;
  for (const [pattern, screen, names] of ROUTES) {
    const found = pattern.exec(clean);
    if (!found) continue;
    const params: Record<string, string> = {};
    names.forEach((name, i) => {
      const value = found[i + 1];
      if (value !== undefined) params[name] = decodeURIComponent(value);
    });
    return { screen, params };
  }
  return { screen: "none", params: {} };
}

class Router {
  #url = $state.raw(new URL(globalThis.location?.href ?? "http://localhost/"));
  readonly route = $derived(match(this.#url.pathname));
  readonly query = $derived(this.#url.searchParams);

  get path(): string {
    return this.#url.pathname;
  }

  /** Go to a path of ours, keeping history. `replace` for states that back should not visit. */
  go(to: string, { replace = false } = {}): void {
    const url = new URL(to, this.#url);
    if (url.href === this.#url.href) return;
    history[replace ? "replaceState" : "pushState"](null, "", url);
    this.#url = url;
  }

  /** Change parts of the query; null takes one out. */
  set(changes: Record<string, string | null>, { replace = true } = {}): void {
    const url = new URL(this.#url);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) url.searchParams.delete(name);
      else url.searchParams.set(name, value);
    }
    this.go(url.href, { replace });
  }

  listen(): () => void {
    const pop = (): void => {
      this.#url = new URL(location.href);
    };
    const click = (event: MouseEvent): void => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
      const link = (event.target as Element | null)?.closest?.("a[href]");
      if (!(link instanceof HTMLAnchorElement) || link.target || link.origin !== location.origin) return;
      if (link.hasAttribute("download") || match(link.pathname).screen === "none") return;
      event.preventDefault();
      this.go(link.href);
    };
    addEventListener("popstate", pop);
    addEventListener("click", click);
    return () => {
      removeEventListener("popstate", pop);
      removeEventListener("click", click);
    };
  }
}

export const router = new Router();
