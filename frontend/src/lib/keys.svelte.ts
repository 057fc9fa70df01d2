/**
 * Keys and the command list: screens register what can be done; the shell listens once.
 * Single keys are inert in fields and can be switched off; sequences ("g r") wait one second for their second key.
 */
import { settings } from "./settings.svelte";

export interface Action {
  id: string;
  label: string;
  group: string;
  /** "s", "g r", "[" or "" for an action that is only in the list. */
  keys?: string;
  run: () => void;
  /** Shown but refused with this reason. */
  blocked?: string;
}

const SEQUENCE_MS = 1_000;

class Keys {
  #sets = $state.raw<Map<symbol, readonly Action[]>>(new Map());
  #first = "";
  #firstAt = 0;

  get actions(): Action[] {
    return [...this.#sets.values()].flat();
  }

  /** Register actions for as long as the caller's effect lives: `$effect(() => keys.register([...]))`. */
  register(actions: readonly Action[]): () => void {
    const token = Symbol("actions");
    // Not reactive on write: an effect that registers must not depend on the registry.
    queueMicrotask(() => (this.#sets = new Map(this.#sets).set(token, actions)));
    return () => {
      queueMicrotask(() => {
        const left = new Map(this.#sets);
        left.delete(token);
        this.#sets = left;
      });
    };
  }

  handle(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (!settings.value.singleKeys || isField(event.target) || document.querySelector("dialog[open]")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    const sequence = this.#first && event.timeStamp - this.#firstAt < SEQUENCE_MS ? `${this.#first} ${key}` : key;
    const all = this.actions;
    const found = all.findLast((a) => a.keys === sequence && !a.blocked);
    if (found) {
      event.preventDefault();
      this.#first = "";
      found.run();
    } else if (all.some((a) => a.keys?.startsWith(`${key} `))) {
      this.#first = key;
      this.#firstAt = event.timeStamp;
    } else {
      this.#first = "";
    }
  }
}

export function isField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}

export const keys = new Keys();
