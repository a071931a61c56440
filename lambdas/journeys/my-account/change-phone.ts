/** The signed-in user adds, replaces or removes the phone. */
import type { Channel, ChangeStarted } from '../../../contract/flows.ts';
import type { Me } from '../../../contract/portal.ts';
import type { Account } from '../../capabilities/accounts/account.rules.ts';
import {
  changePhone as moveTo,
  removePhone as withoutPhone,
} from '../../capabilities/accounts/owner.transitions.ts';
import { readPhoneFor } from '../../capabilities/accounts/phone.rules.ts';
import {
  OUT_OF_ORDER,
  type StepRefusal,
  takeStep,
  verify,
} from '../../capabilities/token-flows/token-flow.ts';
import {
  answerLimits,
  askForChange,
  type Asker,
  beginChange,
  type ChangeDeps,
  finishChange,
  type OpenChange,
} from './change-flow.ts';
import type { PhoneChange } from './change.rules.ts';
import { enterPhone, finishPhone } from './change.transitions.ts';
import { meOf } from './me.ts';

export type PhoneChangeDeps = ChangeDeps<PhoneChange>;

export async function changePhone(
  deps: PhoneChangeDeps,
  asker: Asker,
  { phoneNumber, channel }: { phoneNumber: string; channel: Channel },
): Promise<ChangeStarted | StepRefusal> {
  const read = readPhoneFor(channel, phoneNumber, deps.settings);
  if ('refused' in read) return read;
  const { phone } = read;
  const begun: PhoneChange = { ...beginChange('PHONE_CHANGE', asker.account, deps.now()), phone };
  return askForChange(deps, asker, begun, {
    factor: channel,
    destination: phone,
    step: enterPhone(phone),
  });
}

export async function verifyNewPhone(
  deps: PhoneChangeDeps,
  asker: Asker,
  answer: { code: string } | { call: 'CONFIRMED' },
): Promise<Me | StepRefusal> {
  return finishChange(deps, asker, asker.account.phoneChange, (opened) =>
    verifyOpened(deps, opened, answer),
  );
}

async function verifyOpened(
  deps: PhoneChangeDeps,
  opened: OpenChange<PhoneChange>,
  answer: { code: string } | { call: 'CONFIRMED' },
): Promise<Me | StepRefusal> {
  const { flow, account, now } = opened;
  const { phone, flowId } = flow;
  const verified = await verify(deps, opened, {
    answer,
    destination: phone,
    purpose: 'PHONE_VERIFICATION',
    limits: answerLimits(deps.settings, account),
  });
  if ('refused' in verified) return verified;
  const { accountId } = account;
  const after = await takeStep(deps, opened, finishPhone(now, verified.when), [
    ...verified.writes,
    deps.accounts.apply(account, moveTo(account, phone, now)),
    deps.audit.write({ accountId, event: 'PHONE_CHANGED', flowId, actor: 'SELF' }, now),
  ]);
  return after === undefined ? OUT_OF_ORDER : meOf({ ...account, phone, method: 'PHONE' });
}

/** Removing what is not there changes nothing. */
export async function removePhone(
  { accounts, audit, commit, now }: PhoneChangeDeps,
  account: Account,
): Promise<Me | StepRefusal> {
  const { phone, ...rest } = account;
  if (phone === undefined) return meOf(account);
  const { accountId } = account;
  const result = await commit([
    accounts.apply(account, withoutPhone(account)),
    audit.write(
      {
        accountId,
        event: 'PHONE_REMOVED',
        actor: 'SELF',
      },
      now(),
    ),
  ]);
  return result.done ? meOf({ ...rest, method: 'EMAIL' }) : { refused: 'TOKEN_INVALID' };
}
