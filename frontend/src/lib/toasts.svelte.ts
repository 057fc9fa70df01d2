/** Short notices at the lower left. A toast waits while it is hovered or focused. */

export interface ToastSeen {
  id: number;
  text: string;
  tone: "plain" | "bad";
  action?: { label: string; run: () => void };
}

const LIFE_MS = 6_000;

class Toasts {
  list = $state.raw<ToastSeen[]>([]);
  #next = 1;
  #timers = new Map<number, ReturnType<typeof setTimeout>>();

  add(text: string, { tone = "plain", action }: { tone?: ToastSeen["tone"]; action?: ToastSeen["action"] } = {}): void {
    const entry: ToastSeen = { id: this.#next++, text, tone, ...(action ? { action } : {}) };
    this.list = [...this.list, entry];
    this.resume(entry.id);
  }

  hold(id: number): void {
    clearTimeout(this.#timers.get(id));
  }

  resume(id: number): void {
    this.hold(id);
    this.#timers.set(
      id,
      setTimeout(() => this.close(id), LIFE_MS),
    );
  }

  close(id: number): void {
    this.hold(id);
    this.#timers.delete(id);
    this.list = this.list.filter((one) => one.id !== id);
  }
}

export const toasts = new Toasts();

export function toast(text: string, options?: Parameters<Toasts["add"]>[1]): void {
  toasts.add(text, options);
}
