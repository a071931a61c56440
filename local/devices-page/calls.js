// The phone: it rings, speaks and takes keys.
import { ask, element, find, time } from './page-parts.js';

const KEYS = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '*', '0', '#'];
const SHOWN_CALLS = 4;
const spoken = new Map();
let shown = '';

export function showCalls(calls) {
  const newest = calls.slice(0, SHOWN_CALLS);
  for (const call of newest) speak(call);
  document.title = newest.some(({ state }) => state === 'RINGING')
    ? '☎ Ringing: Mailbox and phone'
    : 'Mailbox and phone';
  const now = JSON.stringify(newest);
  if (now === shown) return;
  shown = now;
  const focused = document.activeElement?.dataset?.key;
  find('calls').replaceChildren(
    ...(newest.length === 0
      ? [element('p', { class: 'empty' }, 'No calls yet.')]
      : newest.map(callOf)),
  );
  if (focused !== undefined) document.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function callOf(call) {
  const { contactId, to, at, state, said, keys, voice } = call;
  const words = { RINGING: 'Ringing…', ANSWERED: 'Connected', ENDED: 'Call ended' }[state];
  const parts = [
    element('strong', {}, `${words} ${to}`),
    element('p', { class: 'meta' }, voice === undefined ? time(at) : `${time(at)}, ${voice}`),
  ];
  if (said.length > 0)
    parts.push(element('ol', {}, ...said.map((sentence) => element('li', {}, sentence))));
  if (keys.length > 0) parts.push(element('p', { class: 'meta' }, `Pressed: ${keys.join(' ')}`));
  const press = (label, route, body, kind = '') => {
    const button = element(
      'button',
      { type: 'button', class: kind, 'data-key': `${contactId}/${label}` },
      label,
    );
    button.addEventListener('click', () => void ask('POST', `calls/${contactId}/${route}`, body));
    return button;
  };
  if (state === 'RINGING')
    parts.push(
      element(
        'p',
        { class: 'buttons' },
        press('Answer', 'answer', {}, 'primary'),
        press('Decline', 'hang-up', {}),
      ),
    );
  if (state === 'ANSWERED')
    parts.push(
      element(
        'div',
        { class: 'keys', role: 'group', 'aria-label': 'Keypad' },
        ...KEYS.map((key) => press(key, 'keys', { keys: key })),
      ),
      element('p', { class: 'buttons' }, press('Hang up', 'hang-up', {})),
    );
  return element('div', { class: `call call--${state.toLowerCase()}` }, ...parts);
}

/** Polly voices that speak Spanish. */
const SPANISH = ['Lupe', 'Pedro'];

function speak({ contactId, state, said, voice }) {
  const before = spoken.get(contactId);
  spoken.set(contactId, said.length);
  // Sentences from before this page was opened are not spoken again.
  if (before === undefined && state === 'ENDED') return;
  if (!find('sound').checked || !('speechSynthesis' in window)) return;
  for (const sentence of said.slice(before ?? 0)) {
    const utterance = new SpeechSynthesisUtterance(sentence);
    utterance.lang = SPANISH.includes(voice) ? 'es-US' : 'en-US';
    speechSynthesis.speak(utterance);
  }
}
