import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ExplanationView, Person } from '@portal-auth/client/employees';
import { DEFAULT_LANGUAGE } from '../../../contract/languages.ts';
import { LANGUAGE_NAMES } from '../i18n/index.ts';
import { dateAndTime } from '../ui/dates.ts';
import { type Fact, Facts } from '../ui/facts.tsx';
import { Sends } from './sends.tsx';

/** Why a person cannot get in: status, factors, locks, open flows, sends and sign-ins. */
export function Explanation({ person, view }: { person: Person; view: ExplanationView }) {
  const { t } = useTranslation();
  return (
    <>
      <h2>{t('desk.status')}</h2>
      <p>{t(`desk.meaning.${view.status}`)}</p>
      <PersonFacts person={person} factors={view.factors} />
      <Locks locks={view.locks} />
      <Flows flows={view.flows} />
      <Sends sends={view.sends} />
      <SignIns signIns={view.signIns} />
    </>
  );
}

function PersonFacts({ person, factors }: { person: Person; factors: ExplanationView['factors'] }) {
  const { t } = useTranslation();
  const { method, maskedEmail, maskedPhone, passkeys = 0, recoveryCodes = 0 } = factors;
  const { language = DEFAULT_LANGUAGE } = factors;
  const nothing = t('users.nothing');
  const rows: Fact[] = [
    [
      t('home.provider'),
      <Link key="npi" to={`/help-desk/providers/${person.npi}`}>
        {person.npi}
      </Link>,
    ],
    [t('users.role'), t(`roles.${person.role}`)],
    [t('users.method'), method === undefined ? nothing : t(`methods.${method}`)],
    [t('desk.emailOnRecord'), maskedEmail ?? nothing],
    [t('users.phone'), maskedPhone ?? nothing],
    [t('desk.language'), <span lang={language}>{LANGUAGE_NAMES[language]}</span>],
    [t('desk.passkeys'), passkeys === 0 ? nothing : String(passkeys)],
    [t('desk.recoveryCodes'), recoveryCodes === 0 ? nothing : String(recoveryCodes)],
  ];
  return <Facts rows={rows} />;
}

function Locks({ locks }: Pick<ExplanationView, 'locks'>) {
  const { t } = useTranslation();
  return (
    <>
      <h2>{t('desk.locks')}</h2>
      {locks.length === 0 ? <p>{t('desk.noLocks')}</p> : null}
      <ul>
        {locks.map(({ lock, until }) => (
          <li key={lock}>
            {t(`desk.lock.${lock}`)}
            {until === undefined ? null : ` ${t('desk.endsAt', { time: dateAndTime(until) })}`}
          </li>
        ))}
      </ul>
    </>
  );
}

function Flows({ flows }: Pick<ExplanationView, 'flows'>) {
  const { t, i18n } = useTranslation();
  const stepOf = (step: string): string =>
    i18n.exists(`desk.flowSteps.${step}`)
      ? t('desk.atStep', { step: t(`desk.flowSteps.${step as 'DONE'}`) })
      : '';
  return (
    <>
      <h2>{t('desk.flows')}</h2>
      {flows.length === 0 ? <p>{t('desk.noFlows')}</p> : null}
      <ul>
        {flows.map(({ flow, step, until }) => (
          <li key={flow}>
            {[
              t(`desk.flow.${flow}`),
              step === undefined ? '' : stepOf(step),
              until === undefined ? '' : t('desk.endsAt', { time: dateAndTime(until) }),
            ]
              .filter(Boolean)
              .join(' ')}
          </li>
        ))}
      </ul>
    </>
  );
}

function SignIns({ signIns }: Pick<ExplanationView, 'signIns'>) {
  const { t } = useTranslation();
  return (
    <>
      <h2>{t('desk.signIns')}</h2>
      {signIns.length === 0 ? <p>{t('desk.noSignIns')}</p> : null}
      <ul>
        {signIns.map(({ at, loginMethod }) => (
          <li key={at}>
            {dateAndTime(at)}
            {loginMethod === undefined ? '' : ` (${t(`desk.signInBy.${loginMethod}`)})`}
          </li>
        ))}
      </ul>
    </>
  );
}
