/**
 * What the stack relies on and AWS's pages do not say, each as one claim that a stage can be asked.
 * No claim sends a message, spends a code or changes an account.
 */
import type { Stage, Visitor } from './visitor.ts';

export interface Claim {
  claim: string;
  /** What is expected, in one short line. */
  expected: string;
  /** What the stage does, in the same words where it agrees. */
  observe: (visitor: Visitor, stage: Stage) => Promise<string>;
}

/** Rounds of custom challenges, after which the stack ends a flow. */
const MOST_ROUNDS = 25;
const NOBODY = 'nobody-verify@portal-auth.invalid';
const WRONG = 'Not-The-Password-1';
const NOT_AUTHORIZED = 'NotAuthorizedException';

const problem = ({ status, type, code }: { status: number; type: string; code: unknown }) =>
  `${status} ${type} ${String(code)}`;

/** Answers a flow with what is not valid until it ends. */
async function walk(visitor: Visitor, { email, password }: Stage) {
  let last = await visitor.provePassword(email, password);
  let answers = 0;
  let longest = 0;
  while (last.Session !== undefined && last.error === undefined && answers <= MOST_ROUNDS + 5) {
    longest = Math.max(longest, last.Session.length);
    last = await visitor.answer(email, last.Session, { nothing: true });
    answers += 1;
  }
  return {
    answers,
    longest,
    error: last.error ?? 'no error',
  };
}

export const CLAIMS: readonly Claim[] = [
  {
    claim: 'a wrong password ends the flow with NotAuthorizedException, by no trigger of ours',
    expected: `${NOT_AUTHORIZED} Incorrect username or password.`,
    async observe(visitor, { email }) {
      const { error, message } = await visitor.provePassword(email, WRONG);
      return `${error} ${message}`;
    },
  },
  {
    claim: 'an unknown address with a password is answered like a known one with a wrong password',
    expected: `${NOT_AUTHORIZED} Incorrect username or password.`,
    async observe(visitor) {
      const { error, message } = await visitor.provePassword(NOBODY, WRONG);
      return `${error} ${message}`;
    },
  },
  {
    claim: 'an unknown address without a password sees PROVE_DEVICE, as a known one does',
    expected: 'PROVE_DEVICE, PROVE_DEVICE',
    async observe(visitor, { email }) {
      const [known, unknown] = [await visitor.begin(email), await visitor.begin(NOBODY)];
      return [known, unknown].map((one) => one.ChallengeParameters?.challenge).join(', ');
    },
  },
  {
    claim: 'a wrong answer to PROVE_DEVICE ends the flow',
    expected: NOT_AUTHORIZED,
    async observe(visitor, { email }) {
      const begun = await visitor.begin(email);
      return (
        (await visitor.answer(email, begun.Session, { ticket: 'x'.repeat(43) })).error ?? 'none'
      );
    },
  },
  {
    claim: 'challenge parameters are those of the stack, and USERNAME of Cognito',
    expected: 'within the contract',
    async observe(visitor, { email, password }) {
      const { ChallengeParameters } = await visitor.provePassword(email, password);
      const known = ['challenge', 'factors', 'maskedPhone', 'maskedEmail', 'reason', 'USERNAME'];
      const others = Object.keys(ChallengeParameters ?? {}).filter((name) => !known.includes(name));
      return others.length === 0 ? 'within the contract' : `also ${others.join(', ')}`;
    },
  },
  {
    claim: `Cognito allows ${MOST_ROUNDS} rounds, and the stack ends the flow at the next answer`,
    expected: `${MOST_ROUNDS + 1} answers, the last one ${NOT_AUTHORIZED}`,
    async observe(visitor, stage) {
      const { answers, error } = await walk(visitor, stage);
      return `${answers} answers, the last one ${error}`;
    },
  },
  {
    claim: 'the Session stays below 8,192 characters over all rounds',
    expected: 'below 8192',
    async observe(visitor, stage) {
      const { longest } = await walk(visitor, stage);
      return longest < 8_192 ? 'below 8192' : `${longest} characters`;
    },
  },
  {
    claim: 'a Session is good for one answer',
    expected: NOT_AUTHORIZED,
    async observe(visitor, { email, password }) {
      const { Session } = await visitor.provePassword(email, password);
      await visitor.answer(email, Session, { nothing: true });
      return (await visitor.answer(email, Session, { nothing: true })).error ?? 'accepted twice';
    },
  },
  ...['SignUp', 'ForgotPassword', 'ResendConfirmationCode', 'ConfirmForgotPassword'].map(
    (operation): Claim => ({
      claim: `${operation} is refused to the public`,
      expected: 'refused',
      observe: (visitor, { email }) => tryOperation(visitor, operation, email),
    }),
  ),
  {
    claim: 'an operation is recognized by its target, not by a header that names another',
    expected: 'refused',
    observe: (visitor, { email }) =>
      tryOperation(visitor, 'ForgotPassword', email, {
        'x-amzn-cognito-operation-name': 'InitiateAuth',
      }),
  },
  {
    claim: "the gateway's own 401 is a problem with the code TOKEN_INVALID",
    expected: '401 application/problem+json TOKEN_INVALID',
    observe: async (visitor) => problem(await visitor.api('GET', '/me')),
  },
  {
    claim: 'a malformed token is refused the same way',
    expected: '401 application/problem+json TOKEN_INVALID',
    observe: async (visitor) =>
      problem(await visitor.api('GET', '/me', { authorization: 'Bearer a.b.c' })),
  },
  {
    claim: 'a call that does not exist is 404, as a problem',
    expected: '404 application/problem+json NOT_FOUND',
    observe: async (visitor) => problem(await visitor.api('GET', `/calls/${'A'.repeat(22)}`)),
  },
];

/** A refusal is an error of Cognito, or the firewall's 403. */
async function tryOperation(
  visitor: Visitor,
  operation: string,
  email: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const input = {
    Username: email,
    Password: WRONG,
    ConfirmationCode: '000000',
  };
  const { status } = await visitor.call(operation, input, headers);
  return status >= 400 && status < 500 ? 'refused' : `answered ${status}`;
}
