import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { DEFAULT_LANGUAGE } from '../../../contract/languages.ts';
import type { Me } from '../../../contract/portal.ts';
import { i18n, type Language } from '../i18n/index.ts';
import { usePortal } from '../portal-context.tsx';
import { ActionButton, Actions } from './buttons.tsx';
import { Brand, Footer, LanguageSwitch, SkipLink, VolatileNote } from './layout.tsx';
import { Notice } from './notice.tsx';
import { Screen } from './screen.tsx';
import { SessionEnd } from './session-end.tsx';
import { Skeleton } from './skeleton.tsx';
import { useLoaded } from './use-loaded.ts';

/** The layout of pages that need a sign-in. It leads everyone else to the login options. */
export function SignedInLayout() {
  const { t } = useTranslation();
  const { client } = usePortal();
  const { pathname } = useLocation();
  const me = useLoaded(() => client.signedIn.me(), [pathname]);
  /** What a page has open, such as a form that is half filled in, outlives a lost connection. */
  const known = useRef<Me>(undefined);
  if (me.value !== undefined) known.current = me.value;
  useLanguageOf(me.value);
  const wasSignedIn = useRef(client.session.isSignedIn());
  if (!client.session.isSignedIn() || me.refusal?.code === 'TOKEN_INVALID')
    return wasSignedIn.current ? (
      <Navigate to="/signed-out" state={{ ended: true }} replace />
    ) : (
      <Navigate to="/" replace />
    );
  const startedAt = client.session.startedAt();
  return (
    <div className="pa-page">
      <SkipLink />
      <header className="pa-header pa-header--in">
        <div className="pa-header__inner">
          <Brand to="/home" />
          <Navigation isAdmin={known.current?.role === 'ADMIN'} />
          <LanguageSwitch onKept={me.reload} />
        </div>
      </header>
      <VolatileNote />
      <main id="main" tabIndex={-1} className="pa-main">
        {startedAt === undefined ? null : <SessionEnd startedAt={startedAt} />}
        {known.current !== undefined ? (
          <>
            <Outlet context={known.current satisfies Me} />
            {me.refusal === undefined ? null : (
              <div className="pa-under">
                <Notice refusal={me.refusal} />
              </div>
            )}
          </>
        ) : me.refusal === undefined ? (
          <Skeleton />
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

/** Messages follow the page for whoever has chosen no language yet, or is asked again next time. */
function useLanguageOf(me: Me | undefined): void {
  const { client } = usePortal();
  useEffect(() => {
    const language = i18n.language as Language;
    if (me !== undefined && me.language === undefined && language !== DEFAULT_LANGUAGE)
      void client.signedIn.chooseLanguage(language);
  }, [client, me]);
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
