/**
 * The strength estimator with its offline dictionaries: tens of thousands of passwords, most of
 * them from breaches, and English words.
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import { type Estimate, estimateOf } from '../../../contract/password-strength.ts';

const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  // Enough for the usual spellings; a password of substitutions alone is long to try and easy to
  // refuse.
  l33tMaxSubstitutions: 64,
});

export function estimate(password: string, words: string[]): Estimate {
  return estimateOf(estimator.check(password, words));
}
