/** Calls to /api. A refusal comes back as a value with the sentence to show, never as an exception. */
import { passHeaders } from "./passes";
import { loadRefusals, refusal } from "./refusals";

export type Answer<T> = { ok: true; value: T } | { ok: false; code: string; text: string; status: number };

export async function api<T>(path: string, body?: unknown): Promise<Answer<T>> {
  try {
    const response = await fetch(`/api${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { ...passHeaders(gameIn(path)), ...(body === undefined ? {} : { "Content-Type": "application/json" }) },
      body: body === undefined ? null : JSON.stringify(body),
    });
    const value = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (response.ok) return { ok: true, value: value as T };
    const code = String(value.code ?? "http.failed");
    await loadRefusals();
    return { ok: false, code, text: refusal(code, (value.params as Record<string, unknown>) ?? {}), status: response.status };
  } catch {
    return { ok: false, code: "http.failed", text: refusal("http.failed"), status: 0 };
  }
}

/** Send a file as it is. A refusal comes back as a value. */
export async function upload<T>(path: string, file: Blob): Promise<Answer<T>> {
  try {
    const response = await fetch(`/api${path}`, { method: "POST", headers: { ...passHeaders(gameIn(path)), "Content-Type": "application/octet-stream" }, body: file });
    const value = (await response.json().catch(() => ({}))) as Record<string, unknown>;
    if (response.ok) return { ok: true, value: value as T };
    const code = String(value.code ?? "http.failed");
    await loadRefusals();
    return { ok: false, code, text: refusal(code, (value.params as Record<string, unknown>) ?? {}), status: response.status };
  } catch {
    return { ok: false, code: "http.failed", text: refusal("http.failed"), status: 0 };
  }
}

/** Save a file of the API under a name. Returns the sentence to show where it could not be had, else nothing. */
export async function download(path: string, name: string): Promise<string> {
  try {
    const response = await fetch(`/api${path}`, { headers: passHeaders(gameIn(path)) });
    if (!response.ok) {
      const value = (await response.json().catch(() => ({}))) as Record<string, unknown>;
      await loadRefusals();
      return refusal(String(value.code ?? "http.failed"), (value.params as Record<string, unknown>) ?? {});
    }
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await response.blob());
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    return "";
  } catch {
    return refusal("http.failed");
  }
}

function gameIn(path: string): string {
  const found = /^\/games\/([^/?]+)/.exec(path) ?? /[?&]game=([^&]+)/.exec(path);
  return found ? decodeURIComponent(found[1] ?? "") : "";
}
