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
    ...(code === undefined
      ? []
      : [
          `<p style="font-size:32px;letter-spacing:6px;font-weight:bold;margin:24px 0">${encodeHtml(code)}</p>`,
        ]),
    ...(link === undefined ? [] : [button(link.href, link.label)]),
    ...rest.map(paragraph),
  ];
  return [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<meta name="color-scheme" content="light dark"><title>${encodeHtml(subject)}</title></head>`,
    `<body style="margin:0;padding:24px;${FONT};font-size:16px;line-height:1.5"><main style="max-width:560px;margin:0 auto">`,
    `<p style="margin:0 0 24px;font-weight:bold">${encodeHtml(portalName)}</p>`,
    ...body,
    '</main></body></html>',
  ].join('');
}

function paragraph(text: string): string {
  return `<p style="margin:0 0 16px">${encodeHtml(text)}</p>`;
}

function button(href: string, label: string): string {
  const style =
    'display:inline-block;padding:12px ' +
    '20px;border-radius:4px;background:#005ea2;color:#ffffff;text-decoration:none;font-weight:bold';
  return `<p style="margin:24px 0"><a href="${encodeHtml(href)}" style="${style}">${encodeHtml(label)}</a></p><p style="margin:0 0 16px;word-break:break-all">${encodeHtml(href)}</p>`;
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
