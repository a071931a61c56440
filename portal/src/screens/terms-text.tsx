import { lazy, Suspense, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Terms } from '../../../contract/portal.ts';
import { i18n } from '../i18n/index.ts';

const Markdown = lazy(() => import('react-markdown'));

/**
 * Shows the terms in a box that the keyboard can scroll, in their own language. The children appear
 * only with the terms, because nobody can agree to a text that is not shown.
 */
export function TermsText({ terms, children }: { terms: Terms | undefined; children?: ReactNode }) {
  const { t } = useTranslation();
  if (terms === undefined) return <p role="status">{t('states.loading')}</p>;
  const date = new Date(terms.effectiveAt).toLocaleDateString(i18n.language, {
    dateStyle: 'long',
    timeZone: 'UTC',
  });
  return (
    <Suspense fallback={<p role="status">{t('states.loading')}</p>}>
      <p className="pa-small">{t('terms.effective', { date, version: terms.version })}</p>
      <div
        className="pa-terms"
        role="region"
        aria-label={terms.title}
        tabIndex={0}
        lang={terms.language}
      >
        <Markdown components={{ h1: 'h2', h2: 'h3', h3: 'h4' }}>{terms.markdown}</Markdown>
      </div>
      {children}
    </Suspense>
  );
}
