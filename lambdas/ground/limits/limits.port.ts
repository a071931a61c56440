import type { Write } from '../platform/database.ts';
import type { Limit, Limited, LimitWindow } from './limits.rules.ts';

/** Every operation throws StoreUnavailable: a limit that cannot be counted refuses. */
export interface LimitsPort {
  /** Counts one hit on every limit and commits `writes`, together or not at all. */
  count: (limits: readonly Limit[], now: number, writes?: readonly Write[]) => Promise<Limited>;
  /** Takes back a hit that need not count after all, such as a right password. */
  forgive: (limits: readonly Limit[]) => Promise<void>;
  /** The windows as they are now; undefined where nothing was counted. */
  windows: (limits: readonly Limit[]) => Promise<(LimitWindow | undefined)[]>;
  /** Writes that make the windows as if nothing had been counted. */
  restart: (limits: readonly Limit[]) => Write[];
}
