// How numbers of charts and tables are written. Owns signs and digits; knows nothing of the game.

const MINUS = "\u2212";

/** Write a number with at most `digits` decimals and a true minus. */
export function figure(value: number, digits = 1): string {
  const rounded = Number(value.toFixed(digits));
  const text = Math.abs(rounded).toLocaleString("en-GB", { maximumFractionDigits: digits, minimumFractionDigits: 0 });
  return rounded < 0 ? MINUS + text : text;
}

/** Write a change: always with its sign; a change that rounds to nothing is a plain 0. */
export function signed(value: number, digits = 1): string {
  const rounded = Number(value.toFixed(digits));
  if (rounded === 0) return "0";
  const text = Math.abs(rounded).toFixed(digits);
  return (rounded < 0 ? MINUS : "+") + text;
}

/** Write a share of one as a percentage; small chances keep one decimal. */
export function percent(share: number): string {
  const value = share * 100;
  return `${figure(value, Math.abs(value) < 10 && value !== 0 ? 1 : 0)}%`;
}

/** Write a chance between 0 and 1 as a bare number with two decimals. */
export function chance(value: number): string {
  return value.toFixed(2);
}
