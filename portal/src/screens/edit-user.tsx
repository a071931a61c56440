import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useOutletContext, useParams } from 'react-router';
import type { ManagedUser, Me } from '../../../contract/portal.ts';
import type { Result } from '@portal-auth/client';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { Confirmation, type ConfirmationProps } from '../ui/confirmation.tsx';
import { Message, Notice } from '../ui/notice.tsx';
import { Screen } from '../ui/screen.tsx';
import { useAction } from '../ui/use-action.ts';
import { useLoaded } from '../ui/use-loaded.ts';
import { CorrectEmail, hasCorrectableEmail } from './correct-email.tsx';
import { StatusTag, UserFacts } from './manage-users.tsx';
import { UserEvents } from './user-events.tsx';

/** Edits a user: resets the registration, disables or enables the user, and shows the events. */
export function Component() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const { username = '' } = useParams();
  const me = useOutletContext<Me>();
  const [changes, setChanges] = useState<{ count: number; done?: string }>({ count: 0 });
  const user = useLoaded(() => client.signedIn.user(username), [username, changes.count]);
  const changed = (done: string): void => setChanges(({ count }) => ({ count: count + 1, done }));
  const title =
    user.value === undefined
      ? t('users.editTitle')
      : `${user.value.firstName} ${user.value.lastName}`;
  return (
    <Screen title={title} wide>
      <Notice refusal={user.refusal} />
      {changes.done === undefined ? null : <Message type="success">{changes.done}</Message>}
      {user.value === undefined ? null : (
        <>
          <p>
            <span className="pa-user__username">{user.value.username}</span>{' '}
            <StatusTag status={user.value.status} />
          </p>
          <UserFacts user={user.value} />
          {user.value.username === me.username ? (
            <Message type="info">{t('users.self')}</Message>
          ) : (
            <Changes user={user.value} name={title} onChanged={changed} />
          )}
          {hasCorrectableEmail(user.value) ? (
            <CorrectEmail
              user={user.value}
              onDone={(email) => changed(t('users.corrected', { name: title, email }))}
            />
          ) : null}
          <UserEvents
            key={username}
            load={(cursor) => client.signedIn.userEvents(username, cursor)}
            changes={changes.count}
          />
        </>
      )}
      <Actions>
        <ButtonLink to="/setup/users" kind="outline">
          {t('users.backToList')}
        </ButtonLink>
      </Actions>
    </Screen>
  );
}

function Changes({
  user,
  name,
  onChanged,
}: {
  user: ManagedUser;
  name: string;
  onChanged: (done: string) => void;
}) {
  const { t } = useTranslation();
  const {
    client: { signedIn },
  } = usePortal();
  const action = useAction();
  const [asking, setAsking] = useState<'RESET' | 'DISABLE' | undefined>();
  /**
   * The idempotency key of a request, so that a repeat after a lost answer has no second effect.
   */
  const attempt = useRef('');
  const ask = (wish: 'RESET' | 'DISABLE'): void => {
    attempt.current = crypto.randomUUID();
    action.dismiss();
    setAsking(wish);
  };
  const run = async (work: () => Promise<Result<unknown>>, done: string): Promise<void> => {
    if ((await action.run(work)) === undefined) return;
    setAsking(undefined);
    onChanged(done);
  };
  const reset = (reason: string): void =>
    void run(
      () => signedIn.resetRegistration(user.username, attempt.current, reason),
      t('users.resetDone', { name }),
    );
  const setStatus = (status: 'DISABLED' | 'ENABLED'): void =>
    void run(
      () => signedIn.setUserStatus(user.username, status),
      t(status === 'DISABLED' ? 'users.disabled' : 'users.enabled', { name }),
    );
  const asked = {
    name,
    busy: action.busy,
    refusal: action.refusal,
    onCancel: () => setAsking(undefined),
  };
  return (
    <>
      {asking === undefined ? <Notice refusal={action.refusal} /> : null}
      <Choices
        isDisabled={user.status === 'DISABLED'}
        busy={action.busy}
        onAsk={ask}
        onEnable={() => setStatus('ENABLED')}
      />
      {asking === 'RESET' ? <AskReset {...asked} onConfirm={reset} /> : null}
      {asking === 'DISABLE' ? (
        <AskDisable {...asked} onConfirm={() => setStatus('DISABLED')} />
      ) : null}
    </>
  );
}

function Choices({
  isDisabled,
  busy,
  onAsk,
  onEnable,
}: {
  isDisabled: boolean;
  busy: boolean;
  onAsk: (wish: 'RESET' | 'DISABLE') => void;
  onEnable: () => void;
}) {
  const { t } = useTranslation();
  if (isDisabled)
    return (
      <div className="pa-changes">
        <div>
          <ActionButton busy={busy} onClick={onEnable}>
            {t('users.enable')}
          </ActionButton>
        </div>
      </div>
    );
  return (
    <div className="pa-changes">
      <div>
        <p>{t('users.resetText')}</p>
        <ActionButton onClick={() => onAsk('RESET')}>{t('users.resetRegistration')}</ActionButton>
      </div>
      <div>
        <p>{t('users.disableText')}</p>
        <ActionButton kind="outline" onClick={() => onAsk('DISABLE')}>
          {t('users.disable')}
        </ActionButton>
      </div>
    </div>
  );
}

type AskedProps = { name: string } & Pick<ConfirmationProps, 'busy' | 'refusal' | 'onCancel'>;

function AskDisable({
  name,
  onConfirm,
  ...asked
}: AskedProps & Pick<ConfirmationProps, 'onConfirm'>) {
  const { t } = useTranslation();
  return (
    <Confirmation
      {...asked}
      question={t('users.disableConfirm', { name })}
      action={t('users.disable')}
      onConfirm={onConfirm}
    >
      <p>{t('users.disableText')}</p>
    </Confirmation>
  );
}

function AskReset({
  name,
  onConfirm,
  ...asked
}: AskedProps & { onConfirm: (reason: string) => void }) {
  const { t } = useTranslation();
  const reason = useRef<HTMLTextAreaElement>(null);
  return (
    <Confirmation
      {...asked}
      question={t('users.resetConfirm', { name })}
      action={t('users.resetRegistration')}
      onConfirm={() => onConfirm(reason.current?.value.trim() ?? '')}
    >
      <p>{t('users.resetText')}</p>
      <label className="usa-label" htmlFor="reason">
        {t('users.reason')}
      </label>
      <textarea id="reason" ref={reason} className="usa-textarea pa-reason" maxLength={500} />
    </Confirmation>
  );
}
