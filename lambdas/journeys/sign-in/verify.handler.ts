/** VerifyAuthChallengeResponse: translates between Cognito and `answer`. */
import type { VerifyAuthChallengeResponseTriggerEvent } from 'aws-lambda';
import { once } from '../../ground/platform/once.ts';
import { extendLogContext, log, type LogFields } from '../../ground/platform/log.ts';
import { trigger } from '../../ground/platform/trigger.ts';
import { answer } from './answer.ts';
import { attemptOf } from './attempt.rules.ts';
import type { RoundState } from './flow.rules.ts';
import { wireAnswer } from './sign-in.wiring.ts';

const wired = once(wireAnswer);

export const handler = trigger<VerifyAuthChallengeResponseTriggerEvent>(
  'VERIFIED',
  log,
  async (event, note) => {
    const { state = '', answerKey = '' } = event.request.privateChallengeParameters;
    const round = JSON.parse(state) as RoundState;
    const { flowId, challenge, accountId: account } = round;
    const attemptId = attemptOf(event.request.clientMetadata);
    extendLogContext({ flowId, account, attemptId });
    note({ challenge });
    const right = await answer(wired(), {
      state: round,
      answerKey,
      answer: String(event.request.challengeAnswer ?? ''),
      clientId: event.callerContext.clientId,
      attemptId,
    });
    note({ right, ...(right && timeOfCode(round.open)) });
    event.response.answerCorrect = right;
    return event;
  },
);

/** How long a code took from its sending to its right answer. */
function timeOfCode(open: RoundState['open']): LogFields {
  return open?.kind === 'CODE'
    ? {
        factor: open.factor,
        codeSeconds: Math.round((Date.now() - open.code.sentAt) / 1000),
      }
    : {};
}
