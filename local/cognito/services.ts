import type { Clock } from '../clock.ts';
import type { PasswordLockout } from './lockout.ts';
import type { Pool } from './pool.ts';
import type { Sessions } from './sessions.ts';
import type { SignIns } from './sign-ins.ts';
import type { Tokens } from './tokens.ts';
import type { CallTrigger } from './triggers.ts';
import type { Users } from './users.ts';

/** Everything that operations may use; each takes only what it needs. */
export interface CognitoServices {
  pool: Pool;
  clock: Clock;
  users: Users;
  sessions: Sessions;
  signIns: SignIns;
  tokens: Tokens;
  lockout: PasswordLockout;
  callTrigger: CallTrigger;
  /** Makes this pool's simulated users differ from another pool's. */
  simulationSecret: string;
}

/** What the rounds of a sign-in need. */
export type RoundServices = Pick<
  CognitoServices,
  'pool' | 'clock' | 'users' | 'sessions' | 'signIns' | 'tokens' | 'callTrigger'
>;

/** What issuing tokens needs. */
export type TokenServices = Omit<RoundServices, 'sessions'>;
