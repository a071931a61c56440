import { describe, expect, test } from '@jest/globals';
import { hasBounced } from '../../../../lambdas/capabilities/accounts/account.rules.ts';
import {
  type MailEvent,
  reportedAddress,
} from '../../../../lambdas/capabilities/messages/bounces.rules.ts';
import { causeClassOf } from '../../../../lambdas/capabilities/messages/delivery-failed.rules.ts';
import { sha256 } from '../../../../lambdas/ground/platform/secrets.rules.ts';
import { anAccount } from '../../../fakes/builders.ts';

const EMAIL = 'pat@cedargrove.example';
const tags = { account: ['account-1'] };
const recipients = [{ emailAddress: 'Pat@Cedargrove.example' }];

describe('what SES reports', () => {
  test.each<[string, MailEvent, string | undefined]>([
    [
      'a permanent bounce',
      { mail: { tags }, bounce: { bounceType: 'Permanent', bouncedRecipients: recipients } },
      'BOUNCE',
    ],
    [
      'a full mailbox',
      { mail: { tags }, bounce: { bounceType: 'Transient', bouncedRecipients: recipients } },
      undefined,
    ],
    [
      'a complaint',
      { mail: { tags }, complaint: { complainedRecipients: recipients } },
      'COMPLAINT',
    ],
    ['a complaint about nobody', { complaint: { complainedRecipients: recipients } }, undefined],
    ['an event without content', {}, undefined],
  ])('of %s', (_what, event, outcome) => {
    const reported = reportedAddress(event);
    expect(reported?.outcome).toBe(outcome);
    expect(reported?.address).toBe(outcome === undefined ? undefined : sha256(EMAIL));
  });
});

test('an address rests for a day, and another one does not', () => {
  const pat = anAccount({ bounced: { address: sha256(EMAIL), at: 1_000 } });
  expect(hasBounced(pat, EMAIL, 1_000 + 86_399_999)).toBe(true);
  expect(hasBounced(pat, EMAIL, 1_000 + 86_400_000)).toBe(false);
  expect(hasBounced(pat, 'other@cedargrove.example', 1_001)).toBe(false);
});

test.each([
  ['ThrottlingException', 'THROTTLED'],
  ['LimitExceededException', 'THROTTLED'],
  ['TimeoutError', 'NO_ANSWER'],
  ['AbortError', 'NO_ANSWER'],
  ['AccessDeniedException', 'DENIED'],
  ['AccountSendingPausedException', 'DENIED'],
  ['InternalErrorException', 'OUTAGE'],
  ['MessageRejected', 'REFUSED'],
  ['DestinationNotAllowedException', 'REFUSED'],
])('the cause %s is of the class %s', (name, causeClass) => {
  expect(causeClassOf(Object.assign(new Error('x'), { name }))).toBe(causeClass);
});
