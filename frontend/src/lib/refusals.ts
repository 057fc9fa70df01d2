/** The sentences of refusals. The server's are a file of their own: no page waits for them, and whoever is refused does. */
let texts: Record<string, string> = {};
let loading: Promise<void> | null = null;

const LOCAL: Record<string, string> = {
  "link.closed": "The connection is closed, so this was not sent. Reload the page or go back to the lobby.",
  "http.failed": "The server could not be reached. Nothing was saved. Try again in a moment.",
};

/** Have the server's sentences at hand. A failed try is made again the next time. */
export function loadRefusals(): Promise<void> {
  loading ??= import("../protocol/rejections").then(
    (module) => {
      texts = module.REJECTIONS;
    },
    () => {
      loading = null;
    },
  );
  return loading;
}

/** The sentence for a refusal: what is the case and what to do. Unknown codes keep their code, so that Control can be told. */
export function refusal(code: string, params: Record<string, unknown> = {}): string {
  const text = texts[code] ?? LOCAL[code];
  if (!text) return `This was refused and nothing changed. Tell Control the code ${code}.`;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in params ? show(params[name]) : whole));
}

function show(value: unknown): string {
  return Array.isArray(value) ? value.map(show).join(", ") : String(value);
}
