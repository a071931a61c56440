/** The page: one heading, one form, and what was refused. */
const form = document.querySelector('#form');
const heading = document.querySelector('h1');
const said = document.querySelector('#said');

export function say(text) {
  said.textContent = text;
}

/**
 * Shows a form of these fields, and resolves with what was typed.
 * @param typed what was typed before, which the form still shows; passwords are typed again
 */
export function ask(title, fields, button, typed) {
  heading.textContent = title;
  form.replaceChildren(
    ...Object.entries(fields).map(([name, type]) => {
      const label = document.createElement('label');
      const input = Object.assign(document.createElement('input'), { name, type });
      if (typed !== undefined && type !== 'password') input.value = typed.get(name);
      label.append(`${name} `, input);
      return label;
    }),
    Object.assign(document.createElement('button'), { textContent: button }),
  );
  return new Promise((resolve) => {
    form.onsubmit = (event) => {
      event.preventDefault();
      resolve(new FormData(form));
    };
  });
}

/**
 * Shows the form again until the HTTP API accepts what is typed, and says why it does not.
 * @param step what to show, and what to send of what was typed
 * @returns what the HTTP API answered
 */
export async function askUntilAccepted({ title, fields = {}, button, send }) {
  for (let typed; ;) {
    typed = await ask(title, fields, button, typed);
    const result = await send(typed);
    say(result.ok ? '' : result.refusal.code);
    if (result.ok) return result.value;
  }
}

/** Asks step by step until the flow is done. @returns its last answer, which has the ticket */
export async function askEachStep(progress, steps) {
  while (progress.state.step !== 'DONE')
    progress = await askUntilAccepted(steps[progress.state.step](progress.state));
  return progress;
}
