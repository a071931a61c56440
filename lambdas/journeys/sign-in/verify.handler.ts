/** VerifyAuthChallengeResponse: translates between Cognito and `answer`. */
import type { VerifyAuthChallengeResponseTriggerEvent } from 'aws-lambda';
import { once } from '../../ground/platform/once.ts';
import { log } from '../../ground/platform/log.ts';
import { trigger } from '../../ground/platform/trigger.ts';
import { answer } from './answer.ts';
import type { RoundState } from './flow.rules.ts';
import { wireAnswer } from './sign-in.wiring.ts';

const wired = once(wireAnswer);

export const handler = trigger<VerifyAuthChallengeResponseTriggerEvent>(
  'VERIFIED',
  log,
  async (event) => {
    const { state = '', answerKey = '' } = event.request.privateChallengeParameters;
    event.response.answerCorrect = await answer(wired(), {
      state: JSON.parse(state) as RoundState,
      answerKey,
      answer: String(event.request.challengeAnswer ?? ''),
      clientId: event.callerContext.clientId,
    });
    return event;
  },
);
