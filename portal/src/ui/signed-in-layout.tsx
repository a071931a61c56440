import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import type { Me } from '../../../contract/portal.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions } from './buttons.tsx';
import { Brand, Footer, LanguageSwitch } from './layout.tsx';
import { Notice } from './notice.tsx';
import { Screen } from './screen.tsx';
import { useLoaded } from './use-loaded.ts';

/** The layout of pages that need a sign-in. It leads everyone else to the login options. */
export function SignedInLayout() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const { pathname } = useLocation();
  const me = useLoaded(() => client.signedIn.me(), [pathname]);
  if (!client.session.isSignedIn() || me.refusal?.code === 'TOKEN_INVALID')
    return <Navigate to="/" replace />;
  return (
    <div className="pa-page">
      <a
        className="usa-skipnav"
        href="#main"
        onClick={() => document.getElementById('main')?.focus()}
      >
        {t('brand.skip')}
      </a>
      <header className="pa-header pa-header--in">
        <div className="pa-header__inner">
          <Brand to="/home" />
          <Navigation isAdmin={me.value?.role === 'ADMIN'} />
          <LanguageSwitch />
        </div>
      </header>
      <main id="main" tabIndex={-1} className="pa-main">
        {me.value !== undefined ? (
          <Outlet context={me.value satisfies Me} />
        ) : me.refusal === undefined ? (
          <p role="status">{t('states.loading')}</p>
        ) : (
          <Screen title={t('broken.title')}>
            <Notice refusal={me.refusal} />
            <Actions>
              <ActionButton onClick={me.reload}>{t('actions.tryAgain')}</ActionButton>
            </Actions>
          </Screen>
        )}
      </main>
      <Footer />
    </div>
  );
}

function Navigation({ isAdmin }: { isAdmin: boolean }) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const navigate = useNavigate();
  const signOut = async (): Promise<void> => {
    await client.session.signOut();
    void navigate('/signed-out', { replace: true });
  };
  return (
    <nav className="pa-nav" aria-label={t('nav.label')}>
      <NavLink to="/home">{t('nav.home')}</NavLink>
      {isAdmin ? <SetupMenu /> : null}
      <NavLink to="/account">{t('nav.account')}</NavLink>
      <ActionButton kind="plain" onClick={() => void signOut()}>
        {t('nav.signOut')}
      </ActionButton>
    </nav>
  );
}

/** A disclosure (WAI-ARIA APG). It closes on Escape, on a choice, and when the focus leaves. */
function SetupMenu() {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { pathname } = useLocation();
  useEffect(() => setOpen(false), [pathname]);
  return (
    <div
      className="pa-menu"
      onKeyDown={({ key }) => {
        if (key !== 'Escape') return;
        setOpen(false);
        button.current?.focus();
      }}
      onBlur={({ currentTarget, relatedTarget }) => {
        if (!currentTarget.contains(relatedTarget)) setOpen(false);
      }}
    >
      <button
        ref={button}
        type="button"
        className="pa-menu__button"
        aria-expanded={open}
        aria-controls="setup-menu"
        onClick={() => setOpen(!open)}
      >
        {t('nav.setup')}
      </button>
      <div id="setup-menu" className="pa-menu__list" hidden={!open}>
        <Link to="/setup/users">{t('nav.manageUsers')}</Link>
      </div>
    </div>
  );
}
