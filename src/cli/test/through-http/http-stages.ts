import type { OpenStage, ToPlay } from '../../../simulator/play-scenario.ts';

/** Where scenarios are played over HTTP: at a server that was started for them, or at another one. */
export interface HttpStages {
  readonly open: OpenStage;
  /** The same, and requests go out when the telephone's time has come for them. */
  readonly openInTime: OpenStage;
  /** Why a scenario cannot be played there; null where it can. */
  skips(play: ToPlay): string | null;
  /** Ends what was started for it. */
  close(): Promise<void>;
}
