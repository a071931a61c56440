/**
 * The strength estimator with its dictionaries, as the backend has it. It is large: import it only
 * where a password is set.
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import { type Estimate, estimateOf } from '../../contract/password-strength.ts';

const estimator = new ZxcvbnFactory({
  dictionary: { ...common.dictionary, ...english.dictionary },
  graphs: common.adjacencyGraphs,
  l33tMaxSubstitutions: 64,
});

export function estimate(password: string, words: string[]): Estimate {
  return estimateOf(estimator.check(password, words));
}
