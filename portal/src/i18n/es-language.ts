/** Textos de la página en la que se elige el idioma. */
import type * as english from './en-language.ts';

export const language: typeof english.language = {
  title: 'Idioma',
  lead: 'En él aparecen las páginas del portal y recibe los correos, los mensajes de texto y las llamadas.',
  choose: 'Su idioma',
  save: 'Guardar',
};
