import type { Needs } from '../platform/needs.ts';

/** The archive itself gives the function the stream and the bucket. */
export const ARCHIVE_NEEDS: Needs = {};
