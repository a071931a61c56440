import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { chooseLanguage, i18n } from '../i18n/index.ts';
import { usePortal } from '../portal-context.tsx';
import { Support } from './support.tsx';

/**
 * The layout of every page: skip link, name, language, footer.
 * @param children in place of the route's page
 */
export function Layout({ children }: { children?: ReactNode }) {
  return (
    <div className="pa-page">
      <SkipLink />
      <header className="pa-header">
        <div className="pa-header__inner">
          <Brand />
          <LanguageSwitch />
        </div>
      </header>
      <VolatileNote />
      <main id="main" tabIndex={-1} className="pa-main">
        {children ?? <Outlet />}
      </main>
      <Footer />
    </div>
  );
}

export function SkipLink() {
  const { t } = useTranslation();
  return (
    <a
      className="usa-skipnav"
      href="#main"
      onClick={(event) => {
        event.preventDefault();
        document.getElementById('main')?.focus();
      }}
    >
      {t('brand.skip')}
    </a>
  );
}

/** Says that a reload signs out, where the browser keeps no data for the page. */
export function VolatileNote() {
  const { t } = useTranslation();
  const { client } = usePortal();
  return client.isKept() ? null : <p className="pa-volatile">{t('states.volatile')}</p>;
}

export function Brand({ to = '/' }: { to?: string }) {
  const { config } = usePortal();
  return (
    <Link to={to} className="pa-brand">
      <img src="/favicon.svg" alt="" width="36" height="36" />
      <span>{config.portalName}</span>
    </Link>
  );
}

/**
 * Changes to the other language. For whoever is signed in, messages follow the page; where that
 * fails, My account still has the choice.
 */
export function LanguageSwitch({ onKept }: { onKept?: () => void }) {
  const { t } = useTranslation();
  const { client } = usePortal();
  const other = i18n.language === 'es' ? 'en' : 'es';
  const choose = async (): Promise<void> => {
    await chooseLanguage(other);
    if (!client.session.isSignedIn()) return;
    const kept = await client.signedIn.chooseLanguage(other);
    if (kept.ok) onKept?.();
  };
  return (
    <button
      type="button"
      lang={other}
      className="usa-button usa-button--unstyled pa-language"
      onClick={() => void choose()}
    >
      {t('brand.language')}
      <span className="usa-sr-only">: {t('brand.languageLabel')}</span>
    </button>
  );
}

export function Footer() {
  const { t } = useTranslation();
  return (
    <footer className="pa-footer">
      <nav aria-label={t('brand.footer')}>
        <Link to="/help">{t('footer.help')}</Link>
        <Link to="/terms">{t('footer.terms')}</Link>
      </nav>
      <Support className="pa-footer__support" />
      <p>{t('footer.privacy')}</p>
    </footer>
  );
}
