/** What a stage needs for its people: quotas of AWS, settings, and money. */
import type { StageSettings } from '../../lib/settings.ts';
import { canaryMonth, FIXED_MONTH, MONTHLY_USER, perThousand } from './prices.ts';
import { QUOTAS, type Rates, sharesOf } from './quotas.ts';
import { WAYS } from './usage.ts';

export interface Crowd {
  people: number;
  /** Sign-ins a minute on the busiest morning. */
  morning: number;
  /** Shares of the ways to sign in; they add up to 1. */
  mix: Rates;
  /** Sign-ins of one person on a day. */
  daily: number;
}

/** Half by e-mail, a third by text, and few calls; a remembered device is asked for no code. */
export const USUAL_MIX: Rates = {
  EMAIL: 0.4,
  SMS: 0.35,
  CALL: 0.05,
  DEVICE: 0.2,
};

const WORKDAYS = 22;

export function report(crowd: Crowd, settings: StageSettings): string {
  return [
    `${number(crowd.people)} people, ${number(crowd.morning)} sign-ins a minute in the morning, ` +
      `stage ${settings.stage}`,
    '',
    ...quotaLines(ratesOf(crowd)),
    '',
    ...settingLines(crowd, settings),
    '',
    ...costLines(crowd, settings),
  ].join('\n');
}

export function ratesOf({ morning, mix }: Crowd): Rates {
  return scaled(mix, morning / 60);
}

function scaled(mix: Rates, perSecond: number): Rates {
  return Object.fromEntries(WAYS.map((way) => [way, mix[way] * perSecond])) as Rates;
}

function quotaLines(rates: Rates): string[] {
  const lines = QUOTAS.map(({ name, byDefault, needs }) => {
    const needed = needs(rates);
    const verdict = needed * 2 <= byDefault ? 'ok' : 'RAISE';
    return (
      `${verdict.padEnd(6)}${rounded(needed).padStart(8)} of ` +
      `${number(byDefault).padEnd(7)}${name}`
    );
  });
  return ['Quotas, needed of the default; half of each stays free for bursts:', ...lines];
}

function settingLines({ people, daily, mix, morning }: Crowd, settings: StageSettings): string[] {
  const { limits } = settings;
  const aDay = people * daily;
  const wanted: [keyof typeof limits, number][] = [
    ['dailyTextBreaker', aDay * mix.SMS * 2],
    ['dailyCallBreaker', aDay * mix.CALL * 2],
    ['dailyEmailBreaker', aDay * mix.EMAIL * 2],
    // Each sign-in is followed by about two requests to the HTTP API.
    ['requestsPerSecond', (morning / 60) * 4],
  ];
  const lines = wanted.map(([name, needed]) => {
    const verdict = limits[name] >= needed ? 'ok' : 'RAISE';
    return (
      `${verdict.padEnd(6)}limits.${name} = ${limits[name]}, wanted ` +
      `${Math.ceil(needed)} or more`
    );
  });
  return ['Settings, twice an ordinary day:', ...lines];
}

function costLines({ people, daily, mix }: Crowd, { canary }: StageSettings): string[] {
  const aMonth = people * daily * WORKDAYS;
  const ways = WAYS.map((way) => ({ way, cost: (aMonth * mix[way] * perThousand(way)) / 1000 }));
  const users = people * MONTHLY_USER;
  const watched = canary === undefined ? 0 : canaryMonth(canary.everyMinutes);
  const total = ways.reduce((sum, { cost }) => sum + cost, users + watched + FIXED_MONTH);
  return [
    'Cost of a month in US dollars at list prices:',
    ...ways.map(({ way, cost }) =>
      costLine(cost, `${way}, ${perThousand(way).toFixed(2)} a thousand`),
    ),
    costLine(users, 'Cognito, beyond the free tier at most'),
    costLine(FIXED_MONTH, 'the stage itself'),
    ...(canary === undefined
      ? []
      : [costLine(watched, `the canary, every ${canary.everyMinutes} minutes`)]),
    costLine(total, 'in all'),
  ];
}

function costLine(dollars: number, what: string): string {
  return `${number(Math.round(dollars)).padStart(9)}  ${what}`;
}

/** Which default quotas break, and which first, as sign-ins a second grow tenfold. */
export function growth(mix: Rates): string {
  const lines = [1, 10, 100, 1000].flatMap((perSecond) => {
    const broken = sharesOf(scaled(mix, perSecond)).filter(({ share }) => share > 1);
    const named = broken.map(({ name, share }) => `        ${rounded(share)} × ${name}`);
    return [
      `${number(perSecond).padStart(6)} a second:${named.length === 0 ? ' none' : ''}`,
      ...named,
    ];
  });
  return ['Default quotas that break, the first one first:', ...lines].join('\n');
}

function rounded(value: number): string {
  return value >= 100 ? number(Math.round(value)) : value.toFixed(1);
}

function number(value: number): string {
  return value.toLocaleString('en-US');
}
