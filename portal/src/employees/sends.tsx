import { useTranslation } from 'react-i18next';
import type { ExplanationView } from '@portal-auth/client/employees';
import { dateAndTime } from '../ui/dates.ts';

type Send = ExplanationView['sends'][number];

/** What went out to a person, and whether it arrived, the newest first. */
export function Sends({ sends }: { sends: readonly Send[] }) {
  const { t } = useTranslation();
  const arrival = useArrival();
  if (sends.length === 0)
    return (
      <>
        <h2>{t('desk.sends')}</h2>
        <p>{t('desk.noSends')}</p>
      </>
    );
  return (
    <>
      <h2>{t('desk.sends')}</h2>
      <div className="pa-table" role="region" aria-label={t('desk.sends')} tabIndex={0}>
        <table className="usa-table usa-table--borderless">
          <thead>
            <tr>
              <th scope="col">{t('users.when')}</th>
              <th scope="col">{t('users.what')}</th>
              <th scope="col">{t('desk.arrived')}</th>
            </tr>
          </thead>
          <tbody>
            {sends.map((send, index) => (
              <tr key={`${send.at}/${index}`}>
                <td>{dateAndTime(send.at)}</td>
                <td>
                  <What send={send} />
                </td>
                <td>{arrival(send)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

/** `Code sent (text message)`: a detail that is newer than this page is left out. */
function What({ send: { event, cause = '', factor = '' } }: { send: Send }) {
  const { t, i18n } = useTranslation();
  const failed = cause === 'DELIVERY_FAILED';
  const detail = failed ? factor : cause;
  const words = i18n.exists(`outcomes.${detail}`)
    ? ` (${t(`outcomes.${detail as 'SIGN_IN'}`)})`
    : '';
  return `${failed && isTried(event) ? t(`desk.tried.${event}`) : t(`events.${event}`)}${words}`;
}

/** What is not sent if the service refuses it. */
const TRIED = ['CODE_SENT', 'LINK_SENT', 'CALL_PLACED'] as const;

function isTried(event: string): event is (typeof TRIED)[number] {
  return TRIED.some((tried) => tried === event);
}

/** What is known of the arrival: nobody reports that a message was read. */
function useArrival(): (send: Send) => string {
  const { t, i18n } = useTranslation();
  return ({ event, cause, failure = '' }) => {
    if (event === 'EMAIL_BOUNCED')
      return t(cause === 'COMPLAINT' ? 'desk.complained' : 'desk.bounced');
    if (cause !== 'DELIVERY_FAILED') return t('desk.handedOver');
    return i18n.exists(`desk.failures.${failure}`)
      ? t(`desk.failures.${failure as 'OUTAGE'}`)
      : t('desk.notSent');
  };
}
