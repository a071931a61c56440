/** Fakes of what a browser provides to the auth client. */
import type { CognitoFlow, CognitoOutcome } from '../../packages/auth-client/src/cognito.ts';
import type { CallRoute } from '../../packages/auth-client/src/http-api.ts';
import { accepted, refused, type RefusalCode } from '../../packages/auth-client/src/refusals.ts';
import type { SavedSignIn, SignInCollaborators } from '../../packages/auth-client/src/sign-in.ts';
import type {
  NewDevice,
  RememberedDeviceRecord,
} from '../../packages/auth-client/src/remembered-device.ts';
import { keptIn } from '../../packages/auth-client/src/tab-storage.ts';

/** A tab's storage. */
export function memoryStorage(initial: Record<string, string> = {}): Storage {
  const items = new Map(Object.entries(initial));
  return {
    get length() {
      return items.size;
    },
    key: (index) => [...items.keys()][index] ?? null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
    clear: () => items.clear(),
  };
}

export interface RecordedCall {
  name: string;
  body?: unknown;
  token?: string | undefined;
  parameters?: Record<string, string>;
  query?: unknown;
  idempotencyKey?: string;
}

/** The HTTP API with prepared answers: a value accepts, a code refuses. A missing one throws. */
export function fakeApi(answers: Record<string, (object | RefusalCode | undefined)[]>): {
  call: CallRoute;
  calls: RecordedCall[];
} {
  const calls: RecordedCall[] = [];
  const call = (name: string, given: object = {}) => {
    calls.push({ name, ...given });
    const prepared = answers[name];
    if (prepared === undefined || prepared.length === 0)
      throw new Error(`No answer is prepared for ${name}`);
    const answer = prepared.shift();
    return Promise.resolve(typeof answer === 'string' ? refused(answer) : accepted(answer));
  };
  return { call: call, calls };
}

interface RecordedStep {
  step: 'password' | 'begin' | 'answer';
  given?: unknown;
}

/** A flow of challenges with prepared outcomes. */
function fakeFlow(outcomes: CognitoOutcome[]): { flow: CognitoFlow; steps: RecordedStep[] } {
  const steps: RecordedStep[] = [];
  const next = (step: RecordedStep): Promise<CognitoOutcome> => {
    steps.push(step);
    const outcome = outcomes.shift();
    if (outcome === undefined) throw new Error(`No outcome is prepared for ${step.step}`);
    return Promise.resolve(outcome);
  };
  return {
    steps,
    flow: {
      provePassword: (given) => next({ step: 'password', given }),
      begin: () => next({ step: 'begin' }),
      answer: (given) => next({ step: 'answer', given }),
      resumption: { username: 'cognito-username', session: `session-${steps.length}` },
    },
  };
}

export const challenge = (parameters: Record<string, string>): CognitoOutcome => ({
  kind: 'CHALLENGE',
  parameters,
});
export const tokens: CognitoOutcome = { kind: 'TOKENS', session: {} as never };
export const fault = (code: string, message = ''): CognitoOutcome => ({
  kind: 'REFUSED',
  error: { code, message },
});

export const CHOOSE_FACTOR = challenge({
  challenge: 'CHOOSE_FACTOR',
  factors: 'SMS,CALL,EMAIL',
  maskedPhone: '***-***-0143',
  maskedEmail: 'p***@cedargrove.example',
});
export const enterCode = (change: Record<string, string> = {}): CognitoOutcome =>
  challenge({
    challenge: 'ENTER_CODE',
    factor: 'SMS',
    destination: '***-***-0143',
    expiresAt: '2026-01-01T00:05:00.000Z',
    resendAt: '2026-01-01T00:00:15.000Z',
    attemptsLeft: '5',
    ...change,
  });
export const CONFIRM_CALL = challenge({
  challenge: 'CONFIRM_CALL',
  callId: 'A'.repeat(22),
  destination: '***-***-0143',
  expiresAt: '2026-01-01T00:02:00.000Z',
  resendAt: '2026-01-01T00:00:15.000Z',
});
export const ACCEPT_TERMS = challenge({
  challenge: 'ACCEPT_TERMS',
  termsVersion: '2026-10',
  termsUrl: 'https://api.example/terms/current',
});
export const PROVE_DEVICE = challenge({ challenge: 'PROVE_DEVICE', nonce: 'nonce' });

export interface Browser {
  deps: SignInCollaborators;
  storage: Storage;
  steps: RecordedStep[];
  /** The flows that were opened: the username, and the session of a resumed one. */
  opened: [username: string, session: string | undefined][];
  device: () => RememberedDeviceRecord | undefined;
}

/** A browser that may have a remembered device, in front of a user pool with prepared outcomes. */
export function browser(
  outcomes: CognitoOutcome[],
  {
    device,
    storage = memoryStorage(),
  }: { device?: RememberedDeviceRecord; storage?: Storage } = {},
): Browser {
  const { flow, steps } = fakeFlow(outcomes);
  const opened: Browser['opened'] = [];
  let kept = device;
  const made: NewDevice = {
    deviceId: 'new-device',
    publicKey: { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' },
    key: {} as CryptoKey,
  };
  return {
    storage,
    steps,
    opened,
    device: () => kept,
    deps: {
      clientId: 'client',
      openFlow: (username, session) => {
        opened.push([username, session]);
        return flow;
      },
      devices: {
        make: () => Promise.resolve(made),
        read: () => Promise.resolve(kept),
        keep: (record) => {
          kept = record;
          return Promise.resolve();
        },
        drop: () => {
          kept = undefined;
          return Promise.resolve();
        },
      },
      forgotten: keptIn<string>(storage, 'forgotten'),
      saved: keptIn<SavedSignIn>(storage, 'saved'),
    },
  };
}
