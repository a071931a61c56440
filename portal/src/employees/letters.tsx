import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { usePortal } from '../portal-context.tsx';
import type { Issued } from './issued.ts';

/** A letter for each code, which only the printer shows, each on a page of its own. */
export function Letters({ npi, issued: { codes, providerName } }: { npi: string; issued: Issued }) {
  const { t, i18n } = useTranslation();
  const { portalName, support } = usePortal().config;
  const isSpanish = i18n.language === 'es';
  const hours = (isSpanish ? support?.hoursEs : undefined) ?? support?.hours;
  const address = `${window.location.origin}/provider-registration`;
  return createPortal(
    <div className="pa-letters">
      {codes.map(({ codeId, code }) => (
        <article key={codeId} className="pa-letter">
          <p>{portalName}</p>
          <p>{new Date().toLocaleDateString(i18n.language, { dateStyle: 'long' })}</p>
          <p>
            {providerName}
            <br />
            {t('desk.letter.npi', { npi })}
          </p>
          <h1>{t('desk.letter.title', { portalName })}</h1>
          <p>{t('desk.letter.lead')}</p>
          <p className="pa-letter__code">{code}</p>
          <ol>
            <li>{t('desk.letter.open', { address })}</li>
            <li>{t('desk.letter.enter', { npi })}</li>
            <li>{t('desk.letter.follow')}</li>
          </ol>
          <p>{t('desk.letter.secret')}</p>
          {support === undefined ? null : (
            <p>{t('desk.letter.support', { phone: support.phone, hours })}</p>
          )}
        </article>
      ))}
    </div>,
    document.body,
  );
}
