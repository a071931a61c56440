import type { HomeLink } from '../../../contract/portal-config.ts';

/** Outlines in a square of 24 units. */
const PATHS: Record<HomeLink['icon'], string> = {
  CASES: 'M4 7h16v12H4zM9 7V4h6v3M4 12h16',
  MESSAGES: 'M3 6h18v12H3zM3 7l9 6 9-6',
  REPORTS: 'M4 20h16M7 20v-6M12 20V6M17 20v-9',
  CALENDAR: 'M4 6h16v14H4zM4 10h16M8 3v4M16 3v4',
  LINK: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
};

export function HomeIcon({ icon }: Pick<HomeLink, 'icon'>) {
  return (
    <svg className="pa-tile__icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[icon]} />
    </svg>
  );
}
