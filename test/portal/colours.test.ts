import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const light = readFileSync('portal/src/portal.css', 'utf8');
const dark = readFileSync('portal/src/dark.css', 'utf8');
const variables = (css: string) => [...css.matchAll(/^ +(--pa-[\w-]+):/gm)].map(([, name]) => name);

test('the portal names its colours in one place, so that the dark has one for each', () => {
  const rules = light.slice(light.indexOf('}'));
  expect(rules.match(/#[0-9a-f]{3,8}\b/gi)).toBeNull();
  const same = ['--pa-on-button', '--pa-idle'];
  expect(variables(light).filter((name) => !variables(dark).includes(name))).toEqual(same);
});

test('every colour that a rule uses is defined', () => {
  const used = [...`${light}${dark}`.matchAll(/var\((--pa-[\w-]+)\)/g)].map(([, name]) => name);
  const defined = [...variables(light), ...variables(dark)];
  expect(used.filter((name) => !defined.includes(name))).toEqual([]);
});
