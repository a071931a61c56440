import type { StageSettings } from '../../lib/settings.ts';
import type { Finding } from './finding.rules.ts';
import type { Target } from './target.ts';

/** Asks AWS about one part of a stage, and changes nothing. */
export type Examine = (target: Target, settings: StageSettings) => Promise<Finding[]>;
