// What can be taken away from a review: documents, data, the game itself. Owns what each is called and what it contains.
import type { Job } from "../jobs.svelte";

export type Paper = "a4" | "letter";

export interface Offer {
  id: string;
  kind: "document" | "export" | "package" | "course";
  name: string;
  contains: string;
  params: Record<string, unknown>;
}

/** The report as documents, of the whole truth or of what one seat may know. */
export function documents(paper: Paper, whole: boolean): Offer[] {
  const pages = whole ? "Findings, charts, objectives, a page for each question, rulings, improvement plan, participants." : "What this seat knew: its timeline, charts, moves, texts and messages, and what it learned when.";
  const draft = whole ? "overview, objectives with ratings, strengths, areas for improvement, improvement plan, participants, appendices." : "the same sections as text and tables.";
  return [
    { id: "pdf", kind: "document", name: "Report, PDF", contains: `${pages} For print; the same game gives the same bytes.`, params: { format: "pdf", paper } },
    { id: "html", kind: "document", name: "Report, one web page", contains: "The same in one file: fonts and charts inside, no script, opens without a network.", params: { format: "html", paper } },
    { id: "docx", kind: "document", name: "Report, Word", contains: `To go on writing: ${draft}`, params: { format: "docx", paper } },
    { id: "charts", kind: "document", name: "Charts for slides", contains: "Every chart of the report as SVG and PNG, in one zip.", params: { format: "charts" } },
  ];
}

export function evidence(paper: Paper, person: string): Offer {
  return { id: `evidence-${person}`, kind: "document", name: "Evidence pack", contains: "What one person wrote, ordered, signed, read and expected, with what became of it. For grading.", params: { format: "evidence", paper, person } };
}

export interface DataOptions {
  anonymised: boolean;
  consent: boolean;
}

export function exports_(options: DataOptions): Offer[] {
  const params = (format: string) => ({ format, ...options });
  return [
    { id: "csv", kind: "export", name: "Tables, CSV", contains: "Games, seats, people, events, messages, orders, ledger, variables, estimates, offers, clauses, obligations, injects, reads and more, with a codebook.", params: params("csv") },
    { id: "parquet", kind: "export", name: "Tables, Parquet", contains: "The same tables with their types and units, for pandas, polars and R.", params: params("parquet") },
    { id: "jsonl", kind: "export", name: "Events, JSONL", contains: "The log itself, one event a line, with a codebook.", params: params("jsonl") },
    { id: "xapi", kind: "export", name: "Statements, xAPI", contains: "Who did what when, for a learning record store (xAPI 1.0.3).", params: params("xapi") },
  ];
}

export const PACKAGE: Offer = { id: "package", kind: "package", name: "Game package", contains: "Scenario, engine version, seed, the hash-chained log and attachments in one file. manage.py verify plays it again; manage.py import_game restores it elsewhere. It holds every secret of the game.", params: {} };

/** Whether a job was asked with these parameters; what it has besides are defaults of its own. */
export function answers(job: Job, offer: Offer, view: string): boolean {
  return job.kind === offer.kind && job.view === view && Object.entries(offer.params).every(([key, value]) => JSON.stringify(job.params[key] ?? null) === JSON.stringify(value ?? null));
}

/** 3.4 MB. */
export function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(0)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
