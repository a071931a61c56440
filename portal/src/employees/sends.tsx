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

/** `Code sent (for a sign-in)`: a purpose that is newer than this page is left out. */
function What({ send: { event, cause } }: { send: Send }) {
  const { t, i18n } = useTranslation();
  const purpose =
    cause !== undefined && i18n.exists(`outcomes.${cause}`)
      ? ` (${t(`outcomes.${cause as 'SIGN_IN'}`)})`
      : '';
  return `${t(`events.${event}`)}${purpose}`;
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
