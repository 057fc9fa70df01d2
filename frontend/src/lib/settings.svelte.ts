/** A reader's own comfort settings: kept on the device, applied as attributes of <html>. */

export type Theme = "system" | "light" | "dark";

interface Saved {
  theme: Theme;
  density: "compact" | "comfortable";
  large: boolean;
  plainClock: boolean;
  sounds: boolean;
  singleKeys: boolean;
}

const DEFAULTS: Saved = {
  theme: "system",
  density: "compact",
  large: false,
  plainClock: false,
  sounds: false,
  singleKeys: true,
};
const STORAGE = "track-one.comfort";

class Settings {
  #saved = $state<Saved>(load());

  get value(): Readonly<Saved> {
    return this.#saved;
  }

  set<K extends keyof Saved>(name: K, value: Saved[K]): void {
    this.#saved[name] = value;
    try {
      localStorage.setItem(STORAGE, JSON.stringify(this.#saved));
    } catch {
      // A browser that refuses storage still gets the setting for this visit.
    }
    this.apply();
  }

  apply(): void {
    const html = document.documentElement;
    const { theme, density, large } = this.#saved;
    if (theme === "system") delete html.dataset.theme;
    else html.dataset.theme = theme;
    html.dataset.density = density;
    html.dataset.text = large ? "large" : "normal";
  }
}

function load(): Saved {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(STORAGE) ?? "{}") as Partial<Saved>) };
  } catch {
    return { ...DEFAULTS };
  }
}

export const settings = new Settings();
