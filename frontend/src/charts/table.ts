// Every chart owns the table of what it draws. The table is the accessible form and the export.

export type Cell = string | number | null;

export interface ChartTable {
  caption: string;
  headers: string[];
  rows: Cell[][];
}

/** Write a table as CSV (RFC 4180): CRLF between rows, quotes doubled. */
export function toCsv(table: ChartTable): string {
  return [table.headers, ...table.rows].map((row) => row.map(field).join(",")).join("\r\n") + "\r\n";
}

function field(cell: Cell): string {
  if (cell === null) return "";
  const text = String(cell);
  // A spreadsheet runs a text that begins like a formula: names and messages come from players.
  const safe = typeof cell === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
