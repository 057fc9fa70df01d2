/** The cases the server knows, fetched once: names of bot policies, presets, seats. Screens of staff and Control read it. */

export interface CaseSeat {
  id: string;
  label: string;
  short?: string;
  team?: string;
  pair?: string;
  glyph?: string;
  office?: string;
}

export interface CasePolicy {
  id: string;
  label: string;
}

export interface CasePhase {
  id: string;
  label: string;
  minutes: number | null;
  orders?: boolean;
  adjudicate?: boolean;
}

export interface CaseInfo {
  id: string;
  title: string;
  summary: string;
  turns: number;
  presets: { id: string; title: string; first?: number; last?: number; turns?: number; minutes?: Record<string, number | null> }[];
  seats: CaseSeat[];
  phases: CasePhase[];
  /** Default policy of a seat's bot. */
  defaults: Record<string, string>;
  policies: Record<string, CasePolicy[]>;
}

interface Raw {
  id: string;
  title: string;
  summary?: string;
  turns?: number;
  presets?: CaseInfo["presets"];
  seats?: CaseSeat[];
  phases?: CasePhase[];
  bots?: Record<string, string | { policy?: string; default?: string; policies?: (string | CasePolicy)[] }>;
  policies?: (string | CasePolicy)[];
}

/** Read one case as the server tells it. */
export function readCase(raw: Raw): CaseInfo {
  const shared = (raw.policies ?? []).map(policy);
  const defaults: Record<string, string> = {};
  const policies: Record<string, CasePolicy[]> = {};
  for (const [seat, bot] of Object.entries(raw.bots ?? {})) {
    const standard = typeof bot === "string" ? bot : (bot.policy ?? bot.default ?? "");
    const own = typeof bot === "string" ? [] : (bot.policies ?? []).map(policy);
    defaults[seat] = standard;
    const known = own.length > 0 ? own : shared;
    policies[seat] = standard && !known.some((p) => p.id === standard) ? [policy(standard), ...known] : known;
  }
  return {
    id: raw.id,
    title: raw.title,
    summary: raw.summary ?? "",
    turns: raw.turns ?? 0,
    presets: raw.presets ?? [],
    seats: raw.seats ?? [],
    phases: raw.phases ?? [],
    defaults,
    policies,
  };
}

function policy(value: string | CasePolicy): CasePolicy {
  if (typeof value !== "string") return value;
  return { id: value, label: (value.charAt(0).toUpperCase() + value.slice(1)).replaceAll("_", " ") };
}

let known: Promise<CaseInfo[]> | null = null;

/** Every case, from the server; a failed try is not remembered. */
export function loadCases(): Promise<CaseInfo[]> {
  known ??= fetch("/api/scenarios").then(async (response) => {
    if (!response.ok) throw new Error(String(response.status));
    const body = (await response.json()) as Raw[] | { scenarios: Raw[] };
    return (Array.isArray(body) ? body : body.scenarios).map(readCase);
  });
  known.catch(() => (known = null));
  return known;
}
