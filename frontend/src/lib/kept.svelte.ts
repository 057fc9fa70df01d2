/** Unsent writing, kept in the tab's storage so that neither a reload nor a lost link costs a word. */

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
