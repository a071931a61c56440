/** CreateAuthChallenge: translates between Cognito and `present`. */
import type { CreateAuthChallengeTriggerEvent } from 'aws-lambda';
import { isCanary } from '../../capabilities/accounts/canary.rules.ts';
import { once } from '../../ground/platform/once.ts';
import { extendLogContext, log } from '../../ground/platform/log.ts';
import { randomSecret } from '../../ground/platform/random.ts';
import { trigger } from '../../ground/platform/trigger.ts';
import { attemptOf } from './attempt.rules.ts';
import { present } from './present.ts';
import { readStamp, writeStamp } from './sign-in.rules.ts';
import { wirePresent } from './sign-in.wiring.ts';

const wired = once(wirePresent);

export const handler = trigger<CreateAuthChallengeTriggerEvent>(
  'CREATED',
  log,
  async (event, note) => {
    const { session = [], userAttributes = {}, clientMetadata } = event.request;
    const entry = session.at(-1);
    const stamp =
      entry?.challengeName === 'CUSTOM_CHALLENGE' ? readStamp(entry.challengeMetadata) : undefined;
    const accountId = userAttributes['custom:account_id'];
    const attemptId = attemptOf(clientMetadata);
    extendLogContext({
      flowId: stamp?.flowId,
      account: accountId,
      attemptId,
    });
    const shown = await present(wired(), {
      accountId,
      round: session.length,
      last: stamp === undefined ? undefined : { stamp, right: entry?.challengeResult === true },
    });
    const { flowId, challenge } = shown.stamp;
    note({
      flowId,
      challenge,
      reason: reasonOf(shown.parameters),
      first: stamp === undefined,
    });
    if (isCanary(accountId)) note({ canary: true });
    event.response = {
      publicChallengeParameters: { ...shown.parameters },
      // Cognito repeats the surviving create's parameters to every call of verify, so this key is
      // the same for a repeat.
      privateChallengeParameters: {
        state: JSON.stringify(shown.state),
        answerKey: randomSecret(),
      },
      challengeMetadata: writeStamp(shown.stamp),
    };
    return event;
  },
);

function reasonOf(parameters: object): string | undefined {
  return 'reason' in parameters ? String(parameters.reason) : undefined;
}
