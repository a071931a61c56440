/** Textos de llaves de acceso y códigos de recuperación al iniciar sesión. */
import type * as english from './en-passkeys.ts';

export const passkeys: typeof english.passkeys = {
  login: 'ACCEDER CON LLAVE DE ACCESO',
  loginText: 'Sin contraseña ni código: con su huella, su rostro o el PIN de su dispositivo.',
  signIn: 'Iniciar sesión con una llave de acceso',
  or: 'o bien',
  instead: 'Usar una llave de acceso',
  useTitle: 'Use su llave de acceso',
  useLead:
    'Su navegador le pide su huella, su rostro o el PIN de su dispositivo. Si no lo hace, pulse ' +
    'el botón.',
  continue: 'Continuar con la llave de acceso',
  onlyLead:
    'Los administradores de este portal inician sesión con su llave de acceso. Si no tiene ' +
    'consigo el dispositivo, use uno de sus códigos de recuperación.',
  cannot:
    'Este navegador no puede usar llaves de acceso. Use un código de recuperación o inicie ' +
    'sesión desde su propio dispositivo.',
  offerTitle: 'La próxima vez, inicie sesión sin código',
  offerLead:
    'Con una llave de acceso usted inicia sesión con su huella, su rostro o el PIN de este ' +
    'dispositivo: sin escribir la contraseña y sin esperar un código. Hágalo solo en un ' +
    'dispositivo propio.',
  aDevice: 'Mi dispositivo',
  make: 'Crear una llave de acceso',
  notNow: 'Ahora no',
  made: 'Su llave de acceso está lista. La próxima vez elija ACCEDER CON LLAVE DE ACCESO.',
};

export const recovery: typeof english.recovery = {
  instead: 'Usar un código de recuperación',
  enterTitle: 'Ingrese un código de recuperación',
  enterLead: 'Use uno de los códigos que guardó cuando los creó. Cada uno sirve una vez.',
  code: 'Código de recuperación',
  codeHint: '12 letras y dígitos, como ABCD-EFGH-2345. No importan los guiones ni las mayúsculas.',
  faulty: 'Ingrese las 12 letras y dígitos de un código de recuperación',
  usedUp:
    'Demasiados códigos de recuperación fueron incorrectos y este acceso ya no acepta más. Elija ' +
    'otra forma o comience de nuevo.',
};
