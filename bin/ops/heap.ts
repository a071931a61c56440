/**
 * Keeps the memory of a long import flat. V8 lets its heap grow as long as the machine has memory,
 * since that saves collections; these flags let it grow by a fifth at most over what is in use.
 */
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--semi-space-growth-factor=1');
setFlagsFromString('--heap-growing-percent=20');
