import { useTranslation } from 'react-i18next';
import { Link, useOutletContext } from 'react-router';
import type { Me } from '../../../contract/portal.ts';
import { dateAndTime } from '../ui/dates.ts';
import { Screen } from '../ui/screen.tsx';

export function Component() {
  const { t } = useTranslation();
  const me = useOutletContext<Me>();
  const rows = [
    [t('home.username'), me.username],
    [t('home.email'), me.email],
    ...(me.maskedPhone === undefined ? [] : [[t('home.phone'), me.maskedPhone]]),
    [t('home.method'), t(`methods.${me.method}`)],
    [t('home.role'), t(`roles.${me.role}`)],
    [t('home.provider'), me.npi],
  ];
  return (
    <Screen
      title={t('home.title', { name: me.firstName })}
      lead={
        me.lastSignInAt === undefined
          ? t('home.firstSignIn')
          : t('home.lastSignIn', { time: dateAndTime(me.lastSignInAt) })
      }
      wide
    >
      <h2>{t('home.next')}</h2>
      <div className="pa-cards">
        {me.role === 'ADMIN' ? (
          <Card to="/setup/users" title={t('home.manage')} text={t('home.manageText')} />
        ) : null}
        <Card to="/account" title={t('home.devices')} text={t('home.devicesText')} />
      </div>
      <h2>{t('home.account')}</h2>
      <dl className="pa-facts">
        {rows.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="pa-small">{t('home.here')}</p>
    </Screen>
  );
}

function Card({ to, title, text }: { to: string; title: string; text: string }) {
  return (
    <Link to={to} className="pa-card">
      <strong>{title}</strong>
      <span>{text}</span>
    </Link>
  );
}
