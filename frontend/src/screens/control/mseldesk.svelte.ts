/**
 * Control's hand on the master list: which entry the keys act on, what is filtered, and every command about an entry.
 * It decides nothing: what the server refuses comes back as its sentence.
 */
import type { MselSeen } from "../../protocol/entities";
import { download } from "../../lib/http";
import { newId } from "../../store/game.svelte";
import type { Desk } from "./desk.svelte";
import { draftOf, emptyEntry, writeArgs, type EntryDraft } from "./entry";
import { mayDo, NO_FILTER, stepTime, timeOf, type Filter, type Time } from "./msel";

export class MselDesk {
  /** The entry the keys act on. */
  selected = $state<string | null>(null);
  filter = $state<Filter>({ ...NO_FILTER });
  /** Whether what is planned later moves along when an entry is re-timed. */
  following = $state(true);
  /** The entry that is being written, or null. */
  writing = $state.raw<EntryDraft | null>(null);
  /** The entry whose time is being chosen, or null. */
  timing = $state<string | null>(null);
  /** The list fills the window. */
  wide = $state(false);
  /** A spreadsheet is being brought in. */
  importing = $state(false);

  constructor(private readonly desk: Desk) {}

  get(id: string | null): MselSeen | undefined {
    return id === null ? undefined : this.desk.game.get("msel", id);
  }

  /** What may be done with an entry now. */
  may(item: MselSeen): ReturnType<typeof mayDo> {
    return mayDo(item, this.readers(item).length === 0);
  }

  /** Seats that have opened a sent entry, or acknowledged it. */
  readers(item: MselSeen): string[] {
    if (!item.sent) return [];
    return this.desk.game.all("opened").filter((o) => o.kind === "inject" && o.key === item.sent).map((o) => o.seat);
  }

  name(item: MselSeen): string {
    return item.number || item.id;
  }

  fire(item = this.get(this.selected)): void {
    if (!item || !this.may(item).fire || !this.desk.started) return;
    const { to, title, text, source, precedence, channel, room, attachments } = item;
    void this.desk.do("inject.send", { inject: newId("inj"), to, title, text, source, precedence, msel: item.id, channel, room, variants: item.variants, attachments }, `${this.name(item)} has gone out.`);
  }

  hold(item = this.get(this.selected)): void {
    if (!item) return;
    const may = this.may(item);
    if (may.hold) void this.desk.do("inject.hold", { msel: item.id, on: true }, `${this.name(item)} is held.`);
    else if (may.release) void this.desk.do("inject.hold", { msel: item.id, on: false }, `${this.name(item)} may go out again.`);
  }

  skip(item = this.get(this.selected)): void {
    if (!item) return;
    const may = this.may(item);
    if (may.skip) void this.desk.do("inject.skip", { msel: item.id }, `${this.name(item)} is off the list.`);
    else if (may.restore) void this.desk.do("inject.restore", { msel: item.id }, `${this.name(item)} is back on the list.`);
  }

  undo(item = this.get(this.selected)): void {
    if (item && this.may(item).undo) void this.desk.do("inject.undo", { inject: item.sent }, `${this.name(item)} is taken back; nobody had opened it.`);
  }

  approve(item: MselSeen): void {
    void this.desk.do("inject.approve", { msel: item.id, version: item.version }, `${this.name(item)} is on the list.`);
  }

  remove(item: MselSeen): void {
    void this.desk.do("inject.remove", { msel: item.id }, "The draft is thrown away.");
  }

  mark(item: MselSeen, seen: "" | "yes" | "no", note = item.note): void {
    void this.desk.do("inject.mark", { msel: item.id, seen, note }, seen === "yes" ? "Marked as expected." : seen === "no" ? "Marked as not seen." : "The mark is taken off.");
  }

  edit(item = this.get(this.selected)): void {
    if (item && this.may(item).edit) this.writing = draftOf(item);
  }

  duplicate(item = this.get(this.selected)): void {
    if (item) this.writing = draftOf(item, newId("e"));
  }

  add(): void {
    this.writing = emptyEntry(newId("e"), this.desk.game.game?.turn ?? 1);
  }

  /** Save what is being written. True when the server took it. */
  async save(draft: EntryDraft, asDraft: boolean): Promise<boolean> {
    const ok = await this.desk.do("inject.write", writeArgs(draft, asDraft), asDraft ? "Saved. It waits for approval." : "Saved.");
    if (ok) {
      this.writing = null;
      this.selected = draft.msel;
    }
    return ok;
  }

  /** Move an entry to a time; what follows moves along where that was chosen. */
  async retime(item: MselSeen, { turn, phase, offset_ms }: Time): Promise<void> {
    const ok = await this.desk.do("inject.retime", { msel: item.id, turn, phase, offset_ms, following: this.following }, `${this.name(item)} is re-timed${this.following ? "; what follows moves along" : ""}.`);
    if (ok) this.timing = null;
  }

  /** Take the whole list out as a spreadsheet. */
  async take(form: "xlsx" | "csv"): Promise<void> {
    const said = await download(`/games/${encodeURIComponent(this.desk.game.id)}/msel.${form}`, `msel.${form}`);
    if (said) this.desk.say(said, true);
  }

  step(item: MselSeen, step: 1 | -1): void {
    const time = timeOf(item);
    if (time) void this.retime(item, stepTime(time, step));
  }

  /** Give an entry the time of another, on which it was dropped. */
  dropOn(id: string, target: MselSeen): void {
    const item = this.get(id);
    const time = timeOf(target);
    if (item && time && item.id !== target.id && this.may(item).retime) void this.retime(item, time);
  }
}
