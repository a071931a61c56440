import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChooseFactorParameters, Factor, SignInFactor } from '../../../contract/challenges.ts';
import type { SignInState } from '@portal-auth/client';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton, Actions, ButtonLink } from '../ui/buttons.tsx';
import { ChannelChoice } from '../ui/channel-choice.tsx';
import { Message, Notice } from '../ui/notice.tsx';
import { canUsePasskeys } from '../ui/passkeys.ts';
import { Screen } from '../ui/screen.tsx';
import { OtherFactors } from './other-factors.tsx';

type Challenged = Extract<SignInState, { kind: 'CHALLENGE' }>;

/** Offers Send Code and Call Me for LOGIN WITH PHONE, and the address for LOGIN WITH EMAIL. */
export function ChooseFactor({
  state,
  challenge,
}: {
  state: Challenged;
  challenge: ChooseFactorParameters;
}) {
  const { t } = useTranslation();
  const { busy, go, isStep } = useSignIn();
  const factors = challenge.factors.split(',') as SignInFactor[];
  const hasPhone = factors.includes('SMS');
  const [byPhone, setByPhone] = useState(state.loginMethod === 'PHONE');
  const choose = (factor: Factor): void => void go((signIn) => signIn.chooseFactor(factor));
  const others = <OtherFactors state={state} offered={['PASSKEY', 'RECOVERY_CODE']} />;
  const back = isStep ? null : (
    <ButtonLink to={`/sign-in/${state.loginMethod.toLowerCase()}`} kind="plain">
      {t('actions.back')}
    </ButtonLink>
  );
  if (!factors.includes('EMAIL')) return <PasskeyOnly state={state}>{back}</PasskeyOnly>;
  if (byPhone && hasPhone) {
    return (
      <Screen title={t('factor.titlePhone')} lead={t('factor.leadPhone')}>
        <Notice refusal={state.refusal} />
        <p className="pa-destination pa-destination--big">{challenge.maskedPhone}</p>
        <ChannelChoice
          channels={factors.includes('CALL') ? ['SMS', 'CALL'] : ['SMS']}
          busy={busy}
          onChoose={choose}
        />
        {factors.includes('CALL') ? null : <p className="pa-small">{t('factor.noCall')}</p>}
        <p className="pa-small pa-others">
          <ActionButton kind="plain" onClick={() => setByPhone(false)}>
            {t('factor.byEmail')}
          </ActionButton>
          {others}
          {back}
        </p>
      </Screen>
    );
  }
  return (
    <EmailFactor
      state={state}
      noPhone={byPhone}
      busy={busy}
      onSend={() => choose('EMAIL')}
      onPhone={hasPhone ? () => setByPhone(true) : undefined}
    >
      {others}
      {back}
    </EmailFactor>
  );
}

interface EmailFactorProps {
  state: Challenged;
  /** LOGIN WITH PHONE was pressed, but the account has no phone. */
  noPhone: boolean;
  busy: boolean;
  onSend: () => void;
  onPhone: (() => void) | undefined;
  /** Other ways to go on, and the way back. */
  children: ReactNode;
}

function EmailFactor({ state, noPhone, busy, onSend, onPhone, children }: EmailFactorProps) {
  const { t } = useTranslation();
  return (
    <Screen title={t('factor.titleEmail')} lead={t('factor.leadEmail')}>
      <Notice refusal={state.refusal} />
      {noPhone ? <Message type="info">{t('factor.noPhone')}</Message> : null}
      <label className="usa-label" htmlFor="email-on-file">
        {t('fields.email')}
      </label>
      <input
        id="email-on-file"
        className="usa-input pa-readonly"
        type="email"
        readOnly
        value={state.email}
        aria-describedby="email-life"
      />
      <p id="email-life" className="pa-small">
        {t('factor.shortLife')}
      </p>
      <Actions>
        <ActionButton busy={busy} onClick={onSend}>
          {t('actions.sendVerificationCode')}
        </ActionButton>
      </Actions>
      <p className="pa-small pa-others">
        {onPhone === undefined ? null : (
          <ActionButton kind="plain" onClick={onPhone}>
            {t('factor.byPhone')}
          </ActionButton>
        )}
        {children}
      </p>
    </Screen>
  );
}

/** An administrator of a stage that requires passkeys of them: no code is sent. */
function PasskeyOnly({ state, children }: { state: Challenged; children: ReactNode }) {
  const { t } = useTranslation();
  const { busy, go } = useSignIn();
  return (
    <Screen title={t('passkeys.useTitle')} lead={t('passkeys.onlyLead')}>
      <Notice refusal={state.refusal} />
      {canUsePasskeys() ? (
        <Actions>
          <ActionButton busy={busy} onClick={() => void go((one) => one.chooseFactor('PASSKEY'))}>
            {t('passkeys.continue')}
          </ActionButton>
        </Actions>
      ) : (
        <Message type="info">{t('passkeys.cannot')}</Message>
      )}
      <p className="pa-small pa-others">
        <OtherFactors state={state} offered={['RECOVERY_CODE']} />
        {children}
      </p>
    </Screen>
  );
}
