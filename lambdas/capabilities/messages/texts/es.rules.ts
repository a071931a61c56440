/**
 * Messages and calls in Spanish, as it is written in the United States. In text messages no vowel
 * but e has an accent, because GSM 03.38 has no other.
 */
import type { CodeTexts, MessageTexts } from './message-texts.rules.ts';

const code = (what: string, why: string, text: (digits: string) => string): CodeTexts => ({
  heading: `Su ${what}`,
  subject: (portalName) => `Su ${what} para ${portalName}`,
  use: (portalName) => `Escriba este código en ${portalName} ${why}.`,
  text,
});

const PASSWORD_RESET = code(
  'código para restablecer la contraseña',
  'para elegir una contraseña nueva',
  (digits) => `Escriba ${digits} para cambiar su contraseña.`,
);

const UNITS = {
  second: 'segundo',
  minute: 'minuto',
  hour: 'hora',
};

const NOT_ASKED = 'Si usted no pidió esta llamada,';
const NEW_PASSWORD = 'Llamamos porque alguien está eligiendo una contraseña nueva para su cuenta.';
const REGISTERING = 'Llamamos porque alguien se está registrando con este número.';

const notices: MessageTexts['notices']['of'] = {
  REGISTRATION_COMPLETE: {
    subject: 'Su registro está completo',
    what: 'La autenticación multifactor está configurada para su cuenta.',
  },
  REENROLMENT_COMPLETE: {
    subject: 'Se configuró de nuevo su acceso',
    what: 'Su cuenta se registró de nuevo, con otra contraseña y otro factor.',
  },
  PASSWORD_CHANGED: {
    subject: 'Se cambió su contraseña',
    what:
      'Se cambió su contraseña. Se cerraron todas las sesiones y se olvidaron los dispositivos ' +
      'recordados.',
  },
  PASSWORD_UNCERTAIN: {
    subject: 'Es posible que se haya cambiado su contraseña',
    what:
      'Un cambio de su contraseña no llegó a completarse. Ingrese con la contraseña nueva, o con ' +
      'la anterior si esa no funciona. Se cerraron todas las sesiones y se olvidaron los ' +
      'dispositivos recordados.',
  },
  PASSWORD_SET: {
    subject: 'Se creó una contraseña',
    what: 'Se creó una contraseña para su cuenta, como un paso de su registro.',
  },
  DEVICE_REMEMBERED: {
    subject: 'Se recordó un dispositivo',
    what:
      'Se recordó un navegador para su cuenta con Recordarme. ' +
      'El navegador se olvida automáticamente al cabo de unas horas.',
  },
  EMAIL_CHANGED: {
    subject: 'Se cambió su correo electrónico',
    what: 'Se cambió el correo electrónico con el que inicia sesión.',
  },
  EMAIL_CHANGE_UNDONE: {
    subject: 'Se deshizo un cambio de su correo electrónico',
    what:
      'Su cuenta usa de nuevo su correo electrónico anterior. Se cerraron todas ' +
      'las sesiones, y se anularon sus códigos de recuperación y las llaves de acceso agregadas ' +
      'desde ese cambio.',
  },
  PHONE_CHANGED: {
    subject: 'Se cambió su número de teléfono',
    what: 'Se cambió el número de teléfono de su cuenta.',
  },
  PHONE_REMOVED: {
    subject: 'Se quitó su número de teléfono',
    what: 'Se quitó el número de teléfono de su cuenta. Los códigos van a su correo electrónico.',
  },
  PASSKEY_ADDED: {
    subject: 'Se agregó una llave de acceso',
    what:
      'Se agregó una llave de acceso a su cuenta. Con ella se puede iniciar sesión sin contraseña ' +
      'ni código.',
  },
  PASSKEY_REMOVED: {
    subject: 'Se eliminó una llave de acceso',
    what: 'Se eliminó una llave de acceso de su cuenta. Ya no sirve para iniciar sesión.',
  },
  PASSKEY_CLONED: {
    subject: 'Se rechazó una llave de acceso',
    what:
      'Se rechazó una llave de acceso de su cuenta, porque parece que fue copiada. Elimínela en ' +
      'Mi cuenta y agregue una nueva.',
  },
  RECOVERY_CODES_ISSUED: {
    subject: 'Se crearon códigos de recuperación',
    what: 'Se crearon diez códigos de recuperación para su cuenta. Los anteriores ya no sirven.',
  },
  RECOVERY_CODE_USED: {
    subject: 'Se usó un código de recuperación',
    what:
      'Alguien inició sesión en su cuenta con un código de recuperación. Ese código ya no se ' +
      'puede usar.',
  },
  REGISTRATION_RESET: {
    subject: 'Se restableció su registro',
    what:
      'Otra persona restableció su registro. Terminaron todas las sesiones. Puede registrarse de ' +
      'nuevo con el enlace de su correo, o con su nombre de usuario y su contraseña.',
  },
  CALL_NOT_REQUESTED: {
    subject: 'Se rechazó una llamada de verificación',
    what:
      'Alguien contestó una llamada de verificación para su cuenta y dijo que no la había ' +
      'pedido. Se canceló ese intento. Quien lo empezó puede tener su contraseña: elija una ' +
      'nueva.',
  },
  ACCOUNT_DISABLED: {
    subject: 'Se desactivó su cuenta',
    what: 'Se desactivó su cuenta. Terminaron todas las sesiones.',
  },
  ACCOUNT_ENABLED: {
    subject: 'Se activó su cuenta',
    what: 'Se activó de nuevo su cuenta.',
  },
  ACCOUNT_LOCKED: {
    subject: 'Su cuenta está bloqueada',
    what:
      'Hubo demasiados códigos o contraseñas incorrectos para su cuenta, así que por ahora no se ' +
      'aceptan más. Un bloqueo corto termina por sí solo en una hora como máximo. Uno más largo ' +
      'termina cuando usted completa un restablecimiento de contraseña o sigue un enlace de ' +
      'registro.',
  },
  ROLE_CHANGED: {
    subject: 'Se cambió su función',
    what: 'Se cambió su función en el portal. Inicie sesión de nuevo.',
  },
  ADDRESS_CHANGED: {
    subject: 'Se cambió el correo electrónico registrado',
    what:
      'Se cambió el correo electrónico registrado de su cuenta. ' +
      'Desde ahora los mensajes sobre ella van a la dirección nueva.',
  },
};

export const es: MessageTexts = {
  duration: (count, unit) => `${count} ${UNITS[unit]}${count === 1 ? '' : 's'}`,
  codes: {
    of: {
      SIGN_IN: code(
        'código de acceso',
        'para terminar de iniciar sesión',
        (digits) => `Escriba ${digits} para entrar en su cuenta.`,
      ),
      EMAIL_VERIFICATION: code(
        'código de verificación',
        'para verificar este correo electrónico',
        (digits) => `Escriba ${digits} para verificar su correo.`,
      ),
      PHONE_VERIFICATION: code(
        'código de verificación',
        'para verificar este número de teléfono',
        (digits) => `Escriba ${digits} para verificar este teléfono.`,
      ),
      PASSWORD_RESET_EMAIL: PASSWORD_RESET,
      PASSWORD_RESET_PHONE: PASSWORD_RESET,
    },
    expires: (life) => `Vence en ${life}.`,
    object: '¿No lo pidió usted? Ignore este mensaje y no comparta el código con nadie.',
    objectText: '¿No lo ha pedido? No lo comparta con nadie.',
  },
  links: {
    of: {
      SIGN_UP: {
        what: (portalName) => `Se creó su cuenta para ${portalName}.`,
        object:
          '¿No se registró usted? Ignore este mensaje: nadie puede usar la cuenta sin el enlace.',
      },
      REQUEST: {
        what: (portalName) => `Se pidió un enlace de registro en ${portalName} para su cuenta.`,
        object: '¿No lo pidió usted? Ignore este mensaje: nada cambia sin el enlace.',
      },
      STAFF: {
        what: (portalName) => `Le enviaron un enlace de registro para ${portalName}.`,
        object:
          '¿No lo esperaba? Pregunte al administrador de su proveedor antes de seguir el enlace.',
      },
      RESET_BY_STAFF: {
        what: (portalName) =>
          `Se restableció su registro en ${portalName}. Podrá iniciar sesión cuando se haya ` +
          'registrado de nuevo.',
        object:
          '¿No lo esperaba? Avise al administrador de su proveedor antes de seguir el enlace.',
      },
    },
    heading: 'Complete su registro',
    subject: (portalName) => `Complete su registro en ${portalName}`,
    follow: (life) =>
      `Siga este enlace para configurar la autenticación multifactor. Vence en ${life}.`,
    label: 'Completar mi registro',
  },
  notices: {
    of: notices,
    texts: {
      REGISTRATION_COMPLETE: 'El acceso con varios factores ya funciona en su cuenta.',
      REENROLMENT_COMPLETE: 'Su cuenta tiene un registro nuevo, con otra contraseña y otro factor.',
      PHONE_CHANGED: 'Su cuenta tiene ahora otro teléfono.',
      PHONE_REMOVED: 'Su cuenta ya no tiene este teléfono. Verificamos su acceso por correo.',
    },
    object:
      '¿No fue usted? Restablezca su contraseña de inmediato y avise al administrador de su ' +
      'proveedor.',
    objectToStaff: '¿No lo esperaba? Avise al administrador de su proveedor.',
    undo: 'Deshacer este cambio',
    codesLeft: (count) =>
      count === 1 ? 'Queda 1 código sin usar.' : `Quedan ${count} códigos sin usar.`,
    lastCode: 'Era el último.',
    makeCodes: 'Cree códigos nuevos en Mi cuenta.',
  },
  calls: {
    caller: (portalName) => `Le llama ${portalName}.`,
    why: {
      SIGN_IN: 'Llamamos porque alguien está iniciando sesión con su cuenta.',
      EMAIL_VERIFICATION: REGISTERING,
      PHONE_VERIFICATION: REGISTERING,
      PASSWORD_RESET_EMAIL: NEW_PASSWORD,
      PASSWORD_RESET_PHONE: NEW_PASSWORD,
    },
    keys: {
      POUND: `Si es usted, presione la tecla numeral. ${NOT_ASKED} presione 9.`,
      MATCH:
        'Si es usted, marque los dos dígitos que ve en su navegador y después la tecla numeral. ' +
        `${NOT_ASKED} presione 9 y la tecla numeral.`,
    },
    code: (digits) =>
      `Su código es: ${digits}. Una vez más: ${digits}. ` +
      `${NOT_ASKED} no diga este código a nadie y presione 9.`,
    thanks: 'Gracias. Puede continuar en su navegador. Adiós.',
    failed: 'No recibimos su respuesta. Adiós.',
    error: 'Lo sentimos, eso no funcionó. Empiece de nuevo en su navegador. Adiós.',
    denied: 'Gracias por avisarnos. Cancelamos ese intento. Adiós.',
  },
};
