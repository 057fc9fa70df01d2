/** Which of the three layouts fits: phone (one task per screen), narrow (tabs), wide (all panels). */

class Viewport {
  phone = $state(false);
  narrow = $state(false);

  constructor() {
    this.#watch("(max-width: 760px), (max-height: 480px) and (pointer: coarse)", (on) => (this.phone = on));
    this.#watch("(max-width: 1120px)", (on) => (this.narrow = on));
  }

  #watch(query: string, tell: (on: boolean) => void): void {
    const media = globalThis.matchMedia?.(query);
    if (!media) return;
    tell(media.matches);
    media.addEventListener("change", (event) => tell(event.matches));
  }
}

export const viewport = new Viewport();
