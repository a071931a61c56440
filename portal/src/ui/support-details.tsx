import { useId, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Refusal } from '@portal-auth/client';

/** Refusals of the browser itself, of which no log knows. */
const OF_THE_BROWSER: readonly string[] = [
  'PASSKEY_CANCELLED',
  'PASSKEY_UNUSABLE',
  'PASSKEY_EXISTS',
];

type Copied = 'NOT_YET' | 'DONE' | 'FAILED';

/** What support needs to find this attempt in the log: quiet, and closed until it is wanted. */
export function SupportDetails({ refusal }: { refusal: Refusal }) {
  const { t } = useTranslation();
  const id = useId();
  // The time at which the refusal arrived, whenever the details are opened.
  const at = useMemo(() => refusal && new Date().toISOString(), [refusal]);
  const [copied, setCopied] = useState<Copied>('NOT_YET');
  if (OF_THE_BROWSER.includes(refusal.code)) return null;
  const rows: [label: string, value: string | undefined][] = [
    [t('details.code'), refusal.code],
    [t('details.time'), at],
    [t('details.request'), refusal.requestId],
    [t('details.attempt'), refusal.attemptId],
  ];
  const shown = rows.filter(([, value]) => value !== undefined);
  const text = shown.map(([label, value]) => `${label}: ${value}`).join('\n');
  const copy = (): void => {
    const { clipboard } = navigator as { clipboard?: Clipboard };
    const written = clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    written.then(
      () => setCopied('DONE'),
      () => setCopied('FAILED'),
    );
  };
  return (
    <details className="pa-details">
      <summary>{t('details.title')}</summary>
      <p>{t('details.text')}</p>
      <dl>
        {shown.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd translate="no">{value}</dd>
          </div>
        ))}
      </dl>
      <button
        type="button"
        className="usa-button usa-button--unstyled"
        aria-describedby={`${id}-copied`}
        onClick={copy}
      >
        {t('details.copy')}
      </button>
      <span id={`${id}-copied`} role="status" className="pa-details__copied">
        {copied === 'DONE' ? t('details.copied') : ''}
        {copied === 'FAILED' ? t('details.notCopied') : ''}
      </span>
    </details>
  );
}
