/** Textos de la página en la que se elige el idioma. */
import type * as english from './en-language.ts';

export const language: typeof english.language = {
  title: 'Idioma',
  lead: 'El portal, los correos, los mensajes de texto y las llamadas usan este idioma.',
  choose: 'Su idioma',
  save: 'Guardar',
};
