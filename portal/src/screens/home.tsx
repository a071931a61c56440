import { useTranslation } from 'react-i18next';
import { Link, useLocation, useOutletContext } from 'react-router';
import type { HomeLink } from '../../../contract/portal-config.ts';
import type { Me } from '../../../contract/portal.ts';
import { usePortal } from '../portal-context.tsx';
import { dateAndTime } from '../ui/dates.ts';
import { type Fact, Facts } from '../ui/facts.tsx';
import { HomeIcon } from '../ui/home-icon.tsx';
import { Screen } from '../ui/screen.tsx';
import { PasskeyOffer } from './passkey-offer.tsx';

/** How a registration ends: its browser is offered a passkey. */
export interface Registered {
  registered: true;
}

/** What people sign in for, from the stage's settings, and their own account. */
export function Component() {
  const { t } = useTranslation();
  const me = useOutletContext<Me>();
  const { registered } = (useLocation().state ?? {}) as Partial<Registered>;
  const { homeLinks } = usePortal().config;
  const tiles = homeLinks.filter(({ roles }) => roles === undefined || roles.includes(me.role));
  const rows: Fact[] = [
    [t('home.username'), me.username],
    [t('home.email'), me.email],
    [t('home.phone'), me.maskedPhone],
    [t('home.method'), t(`methods.${me.method}`)],
    [t('home.role'), t(`roles.${me.role}`)],
    [t('home.provider'), me.npi],
  ];
  return (
    <Screen title={t('home.title', { name: me.firstName })} lead={useSignInBefore(me)} wide>
      {registered === true ? <PasskeyOffer /> : null}
      {tiles.length === 0 ? null : (
        <ul className="pa-tiles">
          {tiles.map((tile) => (
            <Tile key={tile.url} tile={tile} />
          ))}
        </ul>
      )}
      <h2>{t('home.account')}</h2>
      <div className="pa-cards">
        {me.role === 'ADMIN' ? (
          <Card to="/setup/users" title={t('home.manage')} text={t('home.manageText')} />
        ) : null}
        <Card to="/account" title={t('home.security')} text={t('home.securityText')} />
      </div>
      <Facts rows={rows} />
    </Screen>
  );
}

/** In words: when the person signed in before, and how. */
function useSignInBefore({ previousSignInAt, previousLoginMethod }: Me): string {
  const { t } = useTranslation();
  if (previousSignInAt === undefined) return t('home.firstSignIn');
  const time = dateAndTime(previousSignInAt);
  if (previousLoginMethod === undefined) return t('home.lastSignIn', { time });
  return t('home.lastSignInBy', { time, method: t(`home.signInMethods.${previousLoginMethod}`) });
}

function Tile({ tile }: { tile: HomeLink }) {
  const { i18n } = useTranslation();
  const { url, icon, title, text, titleEs = title, textEs = text } = tile;
  const isSpanish = i18n.language === 'es';
  return (
    <li>
      <a href={url} className="pa-tile">
        <HomeIcon icon={icon} />
        <strong>{isSpanish ? titleEs : title}</strong>
        <span>{isSpanish ? textEs : text}</span>
      </a>
    </li>
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
