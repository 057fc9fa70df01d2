// Single-key commands of Control's console. Inert in fields, with modifiers and where a reader has switched them off.

/** Run the action bound to the key that was pressed. Returns whether one ran. */
export function runKey(event: KeyboardEvent, actions: Record<string, () => void>, enabled = true): boolean {
  if (!enabled || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const target = event.target as HTMLElement | null;
  if (event.key !== "Escape" && target?.matches?.("input, textarea, select, [contenteditable=true]")) return false;
  const action = actions[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!action) return false;
  event.preventDefault();
  action();
  return true;
}
