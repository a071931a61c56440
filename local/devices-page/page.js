// Shows the answers of the machine's control routes, and refreshes them every second.
import { showAlarms } from './alarms.js';
import { showCalls } from './calls.js';
import { ask, element, find, time } from './page-parts.js';

const EVERY_MS = 1000;
let openMail;
let shown = '';

function codeOf(text) {
  return /\b\d{6}\b/.exec(text)?.[0];
}

function copyButton(text) {
  const code = codeOf(text);
  if (code === undefined) return [];
  const button = element('button', { type: 'button' }, `Copy ${code}`);
  button.addEventListener('click', () =>
    navigator.clipboard.writeText(code).then(() => {
      button.textContent = 'Copied';
    }),
  );
  return [button];
}

function showMail(mails) {
  const filter = find('mail-filter').value.trim().toLowerCase();
  const wanted = mails.filter(({ to }) => to.toLowerCase().includes(filter));
  const now = JSON.stringify([wanted.map(({ id }) => id), openMail]);
  if (now === shown) return;
  shown = now;
  find('mail-list').replaceChildren(
    ...wanted.map((mail) => {
      const button = element(
        'button',
        { type: 'button', 'aria-current': String(mail.id === openMail) },
        element('strong', {}, mail.subject ?? ''),
        element('span', { class: 'meta' }, `${mail.to} · ${time(mail.at)}`),
      );
      button.addEventListener('click', () => openThe(mail, mails));
      return element('li', {}, button);
    }),
  );
  const newest = wanted[0];
  if (newest !== undefined && openMail === undefined) openThe(newest, mails);
}

function openThe(mail, mails) {
  openMail = mail.id;
  const parts = [
    element('h3', {}, mail.subject ?? ''),
    element('p', { class: 'meta' }, `From ${mail.from} to ${mail.to}, ${time(mail.at)}`),
    element('p', { class: 'buttons' }, ...copyButton(mail.text)),
  ];
  if (mail.html !== undefined) {
    // No script of a mail runs; its links open beside this page.
    parts.push(
      element('iframe', {
        title: 'The e-mail',
        sandbox: 'allow-popups allow-popups-to-escape-sandbox',
        srcdoc: `<base target="_blank">${mail.html}`,
      }),
    );
  }
  parts.push(
    element(
      'details',
      mail.html === undefined ? { open: '' } : {},
      element('summary', {}, 'As plain text'),
      element('pre', {}, mail.text),
    ),
  );
  find('mail-open').replaceChildren(...parts);
  showMail(mails);
}

let shownTexts = '';
function showTexts(texts) {
  const now = texts.map(({ id }) => id).join();
  if (now === shownTexts && now !== '') return;
  shownTexts = now;
  find('texts').replaceChildren(
    ...(texts.length === 0
      ? [element('li', { class: 'empty' }, 'No text messages yet.')]
      : texts.map(({ to, at, text }) =>
          element(
            'li',
            {},
            element('p', {}, text),
            element('p', { class: 'meta' }, `${to} · ${time(at)}`),
            element('p', { class: 'buttons' }, ...copyButton(text)),
          ),
        )),
  );
}

async function look() {
  try {
    const [messages, calls, { now }, alarms] = await Promise.all([
      ask('GET', 'messages'),
      ask('GET', 'calls'),
      ask('GET', 'clock'),
      ask('GET', 'alarms'),
    ]);
    showMail(messages.filter(({ channel }) => channel === 'EMAIL'));
    showTexts(messages.filter(({ channel }) => channel === 'SMS'));
    showCalls(calls);
    showAlarms(alarms);
    find('now').textContent = new Date(now).toLocaleString();
    find('connection').textContent = '';
  } catch {
    find('connection').textContent = 'The stack does not answer. Is npm start running?';
  }
}

function announce(words) {
  find('done').textContent = words;
}

find('clock').addEventListener('click', async ({ target }) => {
  const { seconds } = target.dataset;
  if (seconds === undefined) return;
  await ask('POST', 'clock', { advanceSeconds: Number(seconds) });
  announce(`The clock moved on by ${seconds} seconds.`);
  await look();
});
const FAULTS = {
  fail: { error: 'ThrottlingException' },
  slow: { delayMs: 3000 },
  lost: { afterEffect: true },
};
find('faults').addEventListener('submit', async (event) => {
  event.preventDefault();
  const form = new FormData(event.target);
  await ask('POST', 'faults', {
    service: form.get('service'),
    times: Number(form.get('times')),
    ...FAULTS[form.get('kind')],
  });
  announce('The fault is set.');
});
find('no-faults').addEventListener('click', async () => {
  await ask('DELETE', 'faults');
  announce('No faults are set.');
});
find('empty').addEventListener('click', async () => {
  await ask('DELETE', 'messages');
  openMail = undefined;
  find('mail-open').replaceChildren(element('p', { class: 'empty' }, 'No mail.'));
  await look();
});
find('mail-filter').addEventListener('input', () => void look());

void ask('GET', 'outputs').then(({ portalUrl }) => {
  find('portal').href = portalUrl;
});
void (async function follow() {
  await look();
  setTimeout(follow, EVERY_MS);
})();
