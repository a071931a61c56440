// Shows the alarms that are raised; a quiet stack has one line.
import { element, find, time } from './page-parts.js';

let shown;

export function showAlarms(alarms) {
  const raised = alarms.filter(({ state }) => state === 'ALARM');
  const now = JSON.stringify(raised);
  if (now === shown) return;
  shown = now;
  const quiet = `None of ${alarms.length} alarms is raised.`;
  find('alarms').replaceChildren(
    ...(raised.length === 0
      ? [element('li', { class: 'empty' }, quiet)]
      : raised.map(({ name, since, reason }) =>
          element(
            'li',
            {},
            element('strong', {}, name),
            element('span', { class: 'meta' }, `${reason} · since ${time(since)}`),
          ),
        )),
  );
}
