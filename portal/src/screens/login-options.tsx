import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { LoginMethod } from '../../../contract/accounts.ts';
import type { PortalConfig } from '../../../contract/portal-config.ts';
import { usePortal } from '../portal-context.tsx';
import { useSignIn } from '../sign-in-context.tsx';
import { ActionButton } from '../ui/buttons.tsx';
import { wordedFor } from '../ui/channel-choice.tsx';
import { Message, Notice } from '../ui/notice.tsx';
import { canUsePasskeys } from '../ui/passkeys.ts';
import { Screen } from '../ui/screen.tsx';
import { usePasskeySignIn } from '../ui/use-passkey-sign-in.ts';
import { useNavigateWhileHere, useWhileHere } from '../ui/use-while-here.ts';

export function Component() {
  const { t } = useTranslation();
  const { config, client } = usePortal();
  const { busy } = useSignIn();
  const login = useLogin();
  return (
    <Screen title={t('options.title')} lead={t('options.lead')} wide>
      {client.session.isSignedIn() ? (
        <Message type="info">
          {t('options.signedIn')} <Link to="/home">{t('options.signedInLink')}</Link>
        </Message>
      ) : null}
      <div className={hasEmployees(config) ? 'pa-options' : 'pa-options pa-options--one'}>
        <section className="pa-option pa-option--main" aria-labelledby="provider-heading">
          <h2 id="provider-heading">{t('options.provider')}</h2>
          <p>{t('options.providerText')}</p>
          <div className="pa-option__buttons">
            <ActionButton busy={busy} onClick={() => void login('PHONE')}>
              {t('options.phone')}
            </ActionButton>
            <p className="pa-small">
              {t('options.phoneText', { context: wordedFor(config.channels) })}
            </p>
            <ActionButton busy={busy} onClick={() => void login('EMAIL')}>
              {t('options.email')}
            </ActionButton>
            <p className="pa-small">{t('options.emailText')}</p>
          </div>
          <RememberMe />
          <LoginWithPasskey />
        </section>
        <Employees />
      </div>
      <ul className="pa-ways">
        <li>
          {t('options.register')}{' '}
          <Link to="/provider-registration">{t('options.registerLink')}</Link>.
        </li>
        <li>
          {t('options.first')} <Link to="/first-login">{t('options.firstLink')}</Link>{' '}
          {t('options.firstEnd')}
        </li>
        <li>
          {t('options.trouble')} <Link to="/help">{t('options.troubleLink')}</Link>.
        </li>
      </ul>
    </Screen>
  );
}

/** Without an address. Remember Me is for the two logins above it. */
function LoginWithPasskey() {
  const { t } = useTranslation();
  const { state, leave } = useSignIn();
  const { busy, refusal, start } = usePasskeySignIn('PHONE');
  const [isTried, setTried] = useState(false);
  const ended = isTried && state?.kind === 'ENDED' ? state.refusal : undefined;
  if (!canUsePasskeys()) return null;
  const login = (): void => {
    leave();
    setTried(true);
    void start();
  };
  return (
    <div className="pa-option__buttons">
      <Notice refusal={refusal ?? ended} />
      <ActionButton kind="outline" busy={busy} onClick={login}>
        {t('passkeys.login')}
      </ActionButton>
      <p className="pa-small">{t('passkeys.loginText')}</p>
    </div>
  );
}

const hasEmployees = ({ employees, workforceLoginUrl }: PortalConfig): boolean =>
  employees !== undefined || workforceLoginUrl !== undefined;

const LOGIN_LINK = 'usa-button usa-button--outline pa-button';

/** Employees sign in to this portal, or are led to a page elsewhere. */
function Employees() {
  const { t } = useTranslation();
  const { config } = usePortal();
  if (!hasEmployees(config)) return null;
  return (
    <section className="pa-option" aria-labelledby="employees-heading">
      <h2 id="employees-heading">{t('options.employees')}</h2>
      <p>{t('options.employeesText')}</p>
      <div className="pa-option__buttons">
        {config.employees === undefined ? (
          <a className={LOGIN_LINK} href={config.workforceLoginUrl}>
            {t('options.employeesLogin')}
          </a>
        ) : (
          <Link className={LOGIN_LINK} to="/employees/sign-in">
            {t('options.employeesLogin')}
          </Link>
        )}
      </div>
    </section>
  );
}

function RememberMe() {
  const { t } = useTranslation();
  const { client, config } = usePortal();
  const { remember, setRemember } = useSignIn();
  const here = useWhileHere();
  useEffect(() => {
    const { current: signal } = here;
    void client.isRemembered().then((remembered) => {
      if (remembered && !signal.aborted) setRemember(true);
    });
  }, [client]);
  if (config.rememberDeviceHours === 0) return null;
  return (
    <div className="pa-remember">
      <div className="usa-checkbox">
        <input
          id="remember"
          name="remember"
          type="checkbox"
          className="usa-checkbox__input"
          aria-describedby="remember-hint"
          checked={remember}
          onChange={(event) => setRemember(event.target.checked)}
        />
        <label className="usa-checkbox__label" htmlFor="remember">
          {t('options.remember')}
        </label>
      </div>
      <p id="remember-hint" className="pa-small">
        {t('options.rememberHint')} {t('options.rememberNote')}
      </p>
    </div>
  );
}

/** Signs in a remembered browser, and asks any other for e-mail address and password. */
function useLogin(): (loginMethod: LoginMethod) => Promise<void> {
  const { client } = usePortal();
  const signIn = useSignIn();
  const navigate = useNavigateWhileHere();
  return async (loginMethod) => {
    signIn.leave();
    const form = `/sign-in/${loginMethod.toLowerCase()}`;
    if (!signIn.remember) await client.forgetThisDevice();
    const device = signIn.remember ? await client.rememberedDevice(loginMethod) : undefined;
    if (device === undefined) return navigate(form);
    const state = await signIn.begin({ email: device.email, loginMethod }, (opened) =>
      opened.withDevice(device),
    );
    navigate(
      state.kind === 'SIGNED_IN' ? '/home' : state.kind === 'CHALLENGE' ? '/sign-in/verify' : form,
    );
  };
}
