/** The explanations a game can be settled under, and what each leaves in. */
export const LENSES = {
  all: "All explanations",
  rational_only: "Rational choice only",
  no_institutions: "Without institutions",
  no_leadership: "Without leaders' persons",
  leadership_only: "Leaders' persons only",
} as const;

export type LensName = keyof typeof LENSES;
