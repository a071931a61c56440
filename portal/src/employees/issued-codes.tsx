import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton, Actions } from '../ui/buttons.tsx';
import { Message } from '../ui/notice.tsx';
import { Letters } from './letters.tsx';
import type { Issued } from './issued.ts';

/** New codes: shown once, to copy or to print. They are in no storage and no address. */
export function IssuedCodes({
  npi,
  issued,
  onDone,
}: {
  npi: string;
  issued: Issued;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  const [copied, setCopied] = useState<'COPIED' | 'FAILED'>();
  useEffect(() => {
    heading.current?.focus();
    setCopied(undefined);
  }, [issued]);
  const copy = (): void =>
    void navigator.clipboard.writeText(issued.codes.map(({ code }) => code).join('\n')).then(
      () => setCopied('COPIED'),
      () => setCopied('FAILED'),
    );
  return (
    <section className="pa-next" aria-labelledby="issued-heading">
      <h2 id="issued-heading" ref={heading} tabIndex={-1}>
        {t('desk.issuedTitle', { count: issued.codes.length })}
      </h2>
      <p>{t('desk.issuedText')}</p>
      <ul className="pa-codes">
        {issued.codes.map(({ codeId, code }) => (
          <li key={codeId}>{code}</li>
        ))}
      </ul>
      {copied === undefined ? null : (
        <Message type={copied === 'COPIED' ? 'success' : 'warning'}>
          {t(copied === 'COPIED' ? 'desk.copied' : 'desk.notCopied')}
        </Message>
      )}
      <Actions>
        <ActionButton onClick={copy}>{t('desk.copyAll')}</ActionButton>
        <ActionButton kind="outline" onClick={() => window.print()}>
          {t('desk.print')}
        </ActionButton>
        <ActionButton kind="outline" onClick={onDone}>
          {t('desk.hideCodes')}
        </ActionButton>
      </Actions>
      <Letters npi={npi} issued={issued} />
    </section>
  );
}
