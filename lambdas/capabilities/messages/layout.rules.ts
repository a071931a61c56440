/**
 * Lays an e-mail out as plain text and as HTML: one column, no images, no scripts, readable without
 * styles, dark mode safe.
 */
import type { EmailWording } from './wording.rules.ts';

export interface Email {
  subject: string;
  text: string;
  html: string;
}

const FONT =
  "font-family:'Source Sans Pro',-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

export function layOut(wording: EmailWording, portalName: string): Email {
  return {
    subject: wording.subject,
    text: asText(wording, portalName),
    html: asHtml(wording, portalName),
  };
}

function asText({ heading, paragraphs, code, link }: EmailWording, portalName: string): string {
  const [first = '', ...rest] = paragraphs;
  return [
    heading,
    first,
    ...(code === undefined ? [] : [code]),
    ...(link === undefined ? [] : [link.href]),
    ...rest,
    portalName,
  ].join('\n\n');
}

function asHtml(wording: EmailWording, portalName: string): string {
  const { language, subject, heading, paragraphs, code, link } = wording;
  const [first = '', ...rest] = paragraphs;
  const body = [
    `<h1 style="font-size:22px;line-height:1.3;margin:0 0 16px">${encodeHtml(heading)}</h1>`,
    paragraph(first),
    ...(code === undefined ? [] : [paragraph(code, CODE_STYLE)]),
    ...(link === undefined ? [] : [button(link.href, link.label)]),
    ...rest.map((text) => paragraph(text)),
  ];
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width">',
    `<meta name="color-scheme" content="light dark"><title>${encodeHtml(subject)}</title></head>`,
    `<body style="margin:0;padding:24px;${FONT};font-size:16px;line-height:1.5">`,
    '<main style="max-width:560px;margin:0 auto">',
    paragraph(portalName, 'margin:0 0 24px;font-weight:bold'),
    ...body,
    '</main></body></html>',
  ].join('');
}

const CODE_STYLE = 'font-size:32px;letter-spacing:6px;font-weight:bold;margin:24px 0';

function paragraph(text: string, style = 'margin:0 0 16px'): string {
  return `<p style="${style}">${encodeHtml(text)}</p>`;
}

function button(href: string, label: string): string {
  const style =
    'display:inline-block;padding:12px 20px;border-radius:4px;' +
    'background:#005ea2;color:#ffffff;text-decoration:none;font-weight:bold';
  const anchor = `<a href="${encodeHtml(href)}" style="${style}">${encodeHtml(label)}</a>`;
  return [
    `<p style="margin:24px 0">${anchor}</p>`,
    paragraph(href, 'margin:0 0 16px;word-break:break-all'),
  ].join('');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function encodeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
