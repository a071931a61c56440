import type { Clock } from '../clock.ts';
import type { AwsCall } from '../gateway/messages.ts';
import type { Place } from '../template/place.ts';
import type { PasswordLockout } from './lockout.ts';
import type { Pool } from './pool.ts';
import type { Sessions } from './sessions.ts';
import type { SignIns } from './sign-ins.ts';
import type { Tokens } from './tokens.ts';
import type { CallTrigger } from './triggers.ts';
import type { Users } from './users.ts';

/** Everything that the operations stand on. */
export interface CognitoServices {
  pool: Pool;
  place: Place;
  clock: Clock;
  users: Users;
  sessions: Sessions;
  signIns: SignIns;
  tokens: Tokens;
  lockout: PasswordLockout;
  callTrigger: CallTrigger;
  /** Makes the pretended users of this pool differ from another's. */
  simulationSecret: string;
}

export type Input = Record<string, unknown>;

/** One API operation: takes the services once, then answers calls. */
export type Operation = (
  services: CognitoServices,
) => (call: AwsCall, input: Input) => Promise<object>;
