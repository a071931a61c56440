export { closeShared as default } from './shared.ts';
