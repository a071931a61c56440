import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseTermsFile } from '../../../contract/terms-file.ts';

const FILE = '---\ntitle: Terms of Use\neffectiveAt: 2026-10-01\n---\n\n# Terms\n\nText.\n';

describe('a file with terms of use', () => {
  test('has a title, a time and a text', () => {
    expect(parseTermsFile(FILE)).toEqual({
      title: 'Terms of Use',
      effectiveAt: '2026-10-01T00:00:00.000Z',
      markdown: '# Terms\n\nText.\n',
    });
  });

  test('has the same text with either kind of line break', () => {
    expect(parseTermsFile(FILE.replaceAll('\n', '\r\n'))).toEqual(parseTermsFile(FILE));
  });

  test('may have a colon in its title', () => {
    expect(parseTermsFile(FILE.replace('Terms of Use', 'Terms: of Use')).title).toBe(
      'Terms: of Use',
    );
  });

  test('may have a rule in its text', () => {
    expect(parseTermsFile(`${FILE}\n---\n\nMore.\n`).markdown).toContain('More.');
  });

  test.each([
    ['front matter', '# Terms\n'],
    ['a title', FILE.replace('title: Terms of Use\n', '')],
    ['a time', FILE.replace('effectiveAt: 2026-10-01\n', '')],
    ['a valid time', FILE.replace('2026-10-01', 'soon')],
    ['a text', FILE.replace(/# Terms[\s\S]*/, '')],
    ['anything', ''],
  ])('fails without %s', (_what, text) => {
    expect(() => parseTermsFile(text)).toThrow('A terms file must begin with');
  });
});

const VERSIONS = 'lambdas/capabilities/terms/versions';

test.each(readdirSync(VERSIONS).filter((name) => name.endsWith('.md')))(
  'the terms %s are valid',
  (name) => {
    const { title, markdown } = parseTermsFile(readFileSync(`${VERSIONS}/${name}`, 'utf8'));
    expect(title.length).toBeGreaterThan(3);
    expect(markdown.length).toBeGreaterThan(100);
  },
);
