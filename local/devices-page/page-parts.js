/** Calls a control route of this machine. */
export async function ask(method, route, body) {
  const response = await fetch(`/_local/${route}`, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (!response.ok && response.status !== 409)
    throw new Error(`${method} ${route} answered ${response.status}`);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}

export function find(id) {
  return document.getElementById(id);
}

/** Text is always set as text: what was sent is never markup here. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...children);
  return made;
}

export function time(iso) {
  return new Date(iso).toLocaleTimeString();
}
