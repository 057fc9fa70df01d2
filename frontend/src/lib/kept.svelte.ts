/**
 * Unsent writing. `kept` lives with the tab: neither a reload nor a lost link costs a word. `lasting` outlives the tab and
 * a crash of the browser; its key has to name the person, since several may play in one browser.
 */

export function kept(key: string): { value: string } {
  const name = `track-one.kept.${key}`;
  let value = $state(read(name));
  return {
    get value() {
      return value;
    },
    set value(next: string) {
      value = next;
      write(name, next);
    },
  };
}

export function lasting(key: string): { value: string } {
  const name = `track-one.kept.${key}`;
  let value = $state(readLasting(name));
  return {
    get value() {
      return value;
    },
    set value(next: string) {
      value = next;
      writeLasting(name, next);
    },
  };
}

export function readLasting(name: string): string {
  try {
    return localStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

export function writeLasting(name: string, value: string): void {
  try {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  } catch {
    // Without storage the text lives as long as the page.
  }
}

export function read(name: string): string {
  try {
    return sessionStorage.getItem(name) ?? "";
  } catch {
    return "";
  }
}

export function write(name: string, value: string): void {
  try {
    if (value) sessionStorage.setItem(name, value);
    else sessionStorage.removeItem(name);
  } catch {
    // Without storage the text lives as long as the page.
  }
}
