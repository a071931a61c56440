import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Language, LANGUAGES } from '../../contract/languages.ts';
import { speechFor } from '../../lambdas/capabilities/calls/speech.rules.ts';
import { layOut } from '../../lambdas/capabilities/messages/layout.rules.ts';
import { noticeEmail, noticeText } from '../../lambdas/capabilities/messages/notices.rules.ts';
import type {
  LinkOccasion,
  NoticeName,
  Purpose,
} from '../../lambdas/capabilities/messages/purposes.rules.ts';
import { textsIn } from '../../lambdas/capabilities/messages/texts/texts.rules.ts';
import {
  codeEmail,
  codeText,
  duration,
  type EmailWording,
  linkEmail,
} from '../../lambdas/capabilities/messages/wording.rules.ts';
import { preferredLanguage } from '../../lambdas/ground/platform/accept-language.rules.ts';

const PORTAL = { name: 'Cedar Provider Portal', host: 'portal.example' };
const portalName = PORTAL.name;
const CODE = '012345';
const LINK = 'https://portal.example/register#token';
/** The longest that a stage may give each. */
const LIFE = { SMS: 600_000, EMAIL: 600_000, LINK: 3_600_000 };

const keysOf = <K extends string>(record: Record<K, unknown>) => Object.keys(record) as K[];
const { codes, links, notices } = textsIn('en');
const PURPOSES: Purpose[] = keysOf(codes.of);
const OCCASIONS: LinkOccasion[] = keysOf(links.of);
const NOTICES: NoticeName[] = keysOf(notices.of);

/** Every e-mail of a language, by what it is for. */
function emailsIn(language: Language): [string, EmailWording][] {
  const message = { language, portalName };
  return [
    ...PURPOSES.map((purpose): [string, EmailWording] => [
      purpose,
      codeEmail({ ...message, purpose, code: CODE, lifeMs: LIFE.EMAIL }),
    ]),
    ...OCCASIONS.map((occasion): [string, EmailWording] => [
      occasion,
      linkEmail({ ...message, occasion, href: LINK, lifeMs: LIFE.LINK }),
    ]),
    ...NOTICES.map((notice): [string, EmailWording] => [notice, noticeEmail(message, notice)]),
    ['EMAIL_CHANGED with its link', noticeEmail(message, 'EMAIL_CHANGED', { undo: LINK })],
    ...[0, 1, 9].map((codesLeft): [string, EmailWording] => [
      `RECOVERY_CODE_USED with ${codesLeft} left`,
      noticeEmail(message, 'RECOVERY_CODE_USED', { codesLeft }),
    ]),
  ];
}

/** Every text message of a language. */
function textMessagesIn(language: Language): [string, string][] {
  return [
    ...PURPOSES.map((purpose): [string, string] => [
      purpose,
      codeText({ language, portal: PORTAL, purpose, code: CODE, lifeMs: LIFE.SMS }),
    ]),
    ...keysOf(notices.texts).map((notice): [string, string] => [
      notice,
      noticeText({ language, portalName }, notice),
    ]),
  ];
}

/** Every sentence that a call of a language says. */
function spokenIn(language: Language): string[] {
  const speeches = PURPOSES.flatMap((purpose) => [
    speechFor({ language, portalName, purpose, mode: 'POUND' }),
    speechFor({ language, portalName, purpose, mode: 'MATCH' }),
    speechFor({ language, portalName, purpose, spokenCode: CODE }),
  ]);
  return speeches.flatMap(({ language: _tag, mode: _mode, ...said }) => Object.values(said));
}

const wordsIn = (text: string) =>
  (text
    .replaceAll(portalName, '')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? []) as string[];

function wordsOf(language: Language): Set<string> {
  const emails = emailsIn(language).map(([, wording]) => {
    const { subject, heading, paragraphs, link } = wording;
    return [subject, heading, ...paragraphs, link?.label ?? ''].join(' ');
  });
  const texts = textMessagesIn(language).map(([, text]) => text.split('\n')[0] ?? '');
  return new Set([...emails, ...texts, ...spokenIn(language)].flatMap(wordsIn));
}

/** What text messages are charged for by the character (3GPP TS 23.038, section 6.2.1). */
const GSM_ALPHABET = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡' +
    'ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);

describe.each(LANGUAGES)('the messages in %s', (language) => {
  test.each(emailsIn(language))('have every part of the mail %s, and its language', (_name, it) => {
    const { subject, text, html } = layOut(it, portalName);
    expect(html).toMatch(new RegExp(`^<!doctype html><html lang="${language}">`));
    for (const part of [subject, it.heading, ...it.paragraphs]) {
      expect(part).toBe(part.trim());
      expect(part).toMatch(/\S/);
      expect(part).not.toMatch(/undefined|\{\{| {2}|["<>]/);
    }
    expect(text).toContain(portalName);
    expect(subject).toContain(portalName);
    expect(subject.length).toBeLessThanOrEqual(100);
  });

  test('with a code have it as their only number of six digits', () => {
    for (const purpose of PURPOSES) {
      const wording = codeEmail({ language, portalName, purpose, code: CODE, lifeMs: LIFE.EMAIL });
      const text = codeText({ language, portal: PORTAL, purpose, code: CODE, lifeMs: LIFE.SMS });
      for (const message of [layOut(wording, portalName).text, text])
        expect(new Set(message.match(/\d{6,}/g))).toEqual(new Set([CODE]));
      expect(text.split('\n').at(-1)).toBe('@portal.example #012345');
    }
  });

  test.each(textMessagesIn(language))(
    'have the text message %s in the alphabet of text messages, and in one of them',
    (_name, text) => {
      expect([...text].filter((character) => !GSM_ALPHABET.has(character))).toEqual([]);
      expect(text.length).toBeLessThanOrEqual(160);
    },
  );

  test('are spoken without markup, and without a number of more than one digit', () => {
    for (const sentence of spokenIn(language)) {
      expect(sentence).toMatch(/\.$/);
      expect(sentence).not.toMatch(/[<>&$"\r\n]|\d\d/);
    }
  });

  test('speak the language that the contact flow chooses its voice by', () => {
    expect(speechFor({ language, portalName, purpose: 'SIGN_IN' })).toMatchObject({ language });
  });
});

describe('the messages in Spanish', () => {
  test('share only words with the English ones that both languages have', () => {
    const english = wordsOf('en');
    const shared = [...wordsOf('es')].filter((word) => english.has(word));
    expect(shared.sort()).toEqual(['a', 'complete', 'factor', 'ignore', 'no', 'portal']);
  });

  test('say how long a code or link is valid', () => {
    expect([
      duration(30_000, 'es'),
      duration(60_000, 'es'),
      duration(1_200_000, 'es'),
      duration(3_600_000, 'es'),
      duration(14_400_000, 'es'),
    ]).toEqual(['30 segundos', '1 minuto', '20 minutos', '1 hora', '4 horas']);
  });

  test('ask for the keys by their names', () => {
    const { promptText } = speechFor({ language: 'es', portalName, purpose: 'SIGN_IN' });
    expect(promptText).toBe(
      'Le llama Cedar Provider Portal. Llamamos porque alguien está iniciando sesión con su ' +
        'cuenta. Si es usted, presione la tecla numeral. ' +
        'Si usted no pidió esta llamada, presione 9.',
    );
  });
});

describe('the language that a request prefers', () => {
  test.each<[string | undefined, Language | undefined]>([
    ['es', 'es'],
    ['en', 'en'],
    ['ES', 'es'],
    ['es-US', 'es'],
    ['es-419, es;q=0.9, en;q=0.8', 'es'],
    ['en-US,en;q=0.9,es;q=0.8', 'en'],
    ['en;q=0.3, es;q=0.7', 'es'],
    ['es;q=0.5, en;q=0.5', 'es'],
    ['fr-CH, fr;q=0.9, es;q=0.1', 'es'],
    ['fr;q=1.000,\tes ; q=0.001', 'es'],
    ['es;q=0, en;q=0.1', 'en'],
    ['de, *;q=0.5', undefined],
    ['*', undefined],
    ['es;q=0', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('by %j is %s', (header, language) => {
    expect(preferredLanguage(header)).toBe(language);
  });

  test.each([
    'español',
    'english',
    'e',
    'es_US',
    'es;q=2',
    'es;q=1.001',
    'es;q=0.1234',
    'es;q=-1',
    'es;q=',
    'es;level=1',
    'es es',
    'es\r\nX-Injected: 1',
    'es;q=1;q=0',
    '"es"',
    '<script>es</script>',
    "es' OR '1'='1",
    '${jndi:ldap://es}',
    ' '.repeat(900) + ';',
  ])('passes %j over', (header) => {
    expect(preferredLanguage(header)).toBeUndefined();
    expect(preferredLanguage(`${header}, es;q=0.1`.slice(0, 1_000))).not.toBe('en');
  });

  test('is not looked for in more than a header of ordinary length', () => {
    expect(preferredLanguage(`${'fr,'.repeat(300)}es`)).toBe('es');
    expect(preferredLanguage(`${'fr,'.repeat(3_000)}es`)).toBeUndefined();
  });

  test('is one of ours or none, whatever the header', () => {
    const parts = fc.constantFrom('es', 'en', '-', ',', ';', 'q=', '0.5', '1', '*', ' ', '\0', 'é');
    const header = fc.oneof(
      fc.string({ maxLength: 2_000 }),
      fc.array(parts, { maxLength: 400 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(header, (text) => {
        expect([...LANGUAGES, undefined]).toContain(preferredLanguage(text));
      }),
    );
  });
});
