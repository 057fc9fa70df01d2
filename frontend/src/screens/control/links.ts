import { api } from "../../lib/http";

/** The links of a game, as the server makes them (people sit elsewhere than Control). */
export interface GameLinks {
  code: string;
  join_url: string;
  control_url: string;
  wall_url?: string;
  qr_svg?: string;
}

/** Ask for the links of a game; null where the server does not give them to this reader. */
export async function loadLinks(game: string): Promise<GameLinks | null> {
  const answer = await api<GameLinks>(`/games/${encodeURIComponent(game)}/links`);
  return answer.ok ? answer.value : null;
}
