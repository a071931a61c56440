import type { details as english } from './en-details.ts';

export const details: Record<keyof typeof english, string> = {
  title: 'Detalles para soporte',
  text:
    'Si se comunica con soporte, envíe estos detalles. No contienen contraseñas, códigos ni ' +
    'nombres.',
  code: 'Código',
  time: 'Hora',
  request: 'Solicitud',
  attempt: 'Intento de inicio de sesión',
  copy: 'Copiar los detalles',
  copied: 'Copiado',
  notCopied: 'Su navegador no permite copiar. Seleccione los detalles y cópielos.',
};
