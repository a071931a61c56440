import type { RefusalCode } from '@portal-auth/client';

export const refusals: Record<RefusalCode, string> = {
  REQUEST_INVALID:
    'Hay datos del formulario que no se pueden usar. Corrija los campos marcados e inténtelo ' +
    'de nuevo.',
  TOKEN_INVALID: 'Su sesión ha terminado. Empiece de nuevo.',
  CREDENTIALS_INVALID:
    'El nombre de usuario o la contraseña no son correctos. Revise ambos e inténtelo de ' +
    'nuevo, o consulte la ayuda.',
  FORBIDDEN: 'No tiene permiso para hacer esto. Consulte al administrador de su proveedor.',
  PASSKEY_REQUIRED:
    'Los administradores de este portal necesitan una llave de acceso. Cree una en Mi cuenta; ' +
    'después podrá administrar usuarios.',
  REGISTRATION_CODE_INVALID:
    'El NPI o el código de registro no son correctos, o el código ya se usó. Revise ambos o ' +
    'pida un código nuevo a su representante del portal.',
  LINK_INVALID: 'El enlace venció o ya se usó. Pida uno nuevo a continuación.',
  SELF_RESET:
    'No puede hacer esto con su propia cuenta. Pídaselo a otro administrador de su proveedor.',
  NOT_FOUND:
    'No lo hemos encontrado. Es posible que se haya eliminado; vuelva atrás e inténtelo de nuevo.',
  STEP_OUT_OF_ORDER:
    'Este paso ya se dio, quizá en otra pestaña. Le mostramos en qué punto está el registro.',
  USERNAME_TAKEN:
    'Este nombre de usuario ya existe. Elija otro, o restablezca su registro si ya se ' +
    'registró antes.',
  EMAIL_TAKEN:
    'Este correo electrónico pertenece a otro acceso. Use otra dirección o inicie sesión con ella.',
  ALREADY_REGISTERED: 'Su registro ya está completo. Inicie sesión con su correo electrónico.',
  ACCOUNT_DISABLED: 'Esta cuenta está desactivada. Actívela primero.',
  FLOW_EXPIRED:
    'Pasó demasiado tiempo, un intento más reciente lo sustituyó o su cuenta cambió. Empiece de ' +
    'nuevo.',
  TOO_LARGE: 'Es más de lo que podemos aceptar. Acórtelo e inténtelo de nuevo.',
  CODE_MISMATCH: 'El código no es correcto. Revíselo e introdúzcalo de nuevo.',
  CODE_EXPIRED: 'El código venció. Envíe un código nuevo.',
  TOO_MANY_ATTEMPTS:
    'El código se ingresó mal demasiadas veces. Envíe un código nuevo; si tampoco se ' +
    'permite, espere una hora e inténtelo de nuevo.',
  CALL_NOT_CONFIRMED:
    'La llamada no se confirmó con la tecla #. Pida otra llamada o elija un código.',
  WORKFORCE_EMAIL:
    'Los empleados no se registran aquí. Use el botón de acceso de Empleados u otra dirección.',
  NPI_INVALID: 'Este NPI no es válido. Compárelo con sus registros.',
  EMAIL_NOT_ON_RECORD:
    'Use el correo electrónico que consta en su cuenta. Si ya no lo tiene, pida al administrador ' +
    'de su proveedor que lo corrija.',
  EMAIL_BOUNCED:
    'El correo enviado a esta dirección fue devuelto. Revise cómo está escrita o use otra. ' +
    'Mañana puede volver a probarla.',
  PASSWORD_TOO_SHORT: 'La contraseña es demasiado corta. Use al menos 8 caracteres.',
  PASSWORD_TOO_LONG: 'La contraseña es demasiado larga. Use como máximo 256 caracteres.',
  PASSWORD_COMMON:
    'Esta contraseña es demasiado fácil de adivinar o apareció en una filtración. Elija otra; ' +
    'unas palabras sin relación funcionan bien.',
  PASSWORD_CONTAINS_IDENTITY:
    'La contraseña contiene su nombre, usuario o correo electrónico. Elija otra que no los ' +
    'contenga.',
  PASSWORD_INVALID:
    'La contraseña empieza o termina con un espacio, o tiene caracteres que no se pueden ' +
    'usar. Elija otra.',
  PHONE_INVALID: 'No es una línea directa válida. Ingrese un número de 10 dígitos.',
  PHONE_EXTENSION: 'No se admiten extensiones. Ingrese una línea directa de 10 dígitos.',
  PHONE_NOT_ALLOWED:
    'Este tipo de número no se puede usar: ni gratuitos ni de tarificación especial. ' +
    'Ingrese una línea directa de Estados Unidos.',
  RATE_LIMITED: 'Llegaron demasiadas solicitudes a la vez. Espere un minuto e inténtelo de nuevo.',
  RESEND_TOO_SOON: 'Se acaba de enviar un código. Espere 15 segundos antes de enviar otro.',
  UNSUPPORTED_MEDIA_TYPE:
    'El portal envió una solicitud que el servicio no puede leer. ' +
    'Vuelva a cargar la página e inténtelo de nuevo.',
  FACTOR_TOO_OLD: 'Confirme que es usted antes de cambiar esto.',
  PASSKEY_LIMIT:
    'Una cuenta tiene como máximo diez llaves de acceso. Elimine una antes de agregar otra.',
  PASSKEY_INVALID:
    'No se pudo verificar la llave de acceso. Inténtelo de nuevo o elija otra forma.',
  CURRENT_PASSWORD_INVALID: 'La contraseña actual no es correcta.',
  CALL_IN_PROGRESS:
    'Hay otra llamada en curso a este número. Espere a que termine o elija otro método.',
  ACCOUNT_LOCKED:
    'Hubo demasiados códigos incorrectos para esta cuenta y por ahora no se aceptan más.',
  SEND_LIMIT:
    'Se pidieron demasiados códigos o llamadas, o se rechazó la última llamada. Elija otra forma ' +
    'o inténtelo más tarde.',
  INTERNAL: 'Algo falló por nuestra parte. Inténtelo de nuevo en un minuto.',
  DELIVERY_FAILED: 'No se pudo enviar el mensaje. Inténtelo de nuevo o elija otra forma.',
  UNAVAILABLE: 'El servicio no está disponible en este momento. Inténtelo de nuevo en un minuto.',
  TERMS_OUTDATED: 'Los términos cambiaron mientras los leía. Lea y acepte los actuales.',
  TICKET_INVALID:
    'No fue posible iniciar la sesión directamente. Inicie sesión con su nueva contraseña.',
  ANSWER_INVALID: 'Eso no se puede usar aquí. Ingrese los 6 dígitos del código.',
  UNREACHABLE: 'No pudimos conectar con el servicio. Revise su conexión e inténtelo de nuevo.',
  SIGN_IN_REFUSED:
    'El correo electrónico o la contraseña no son correctos. Revise ambos o restablezca su ' +
    'contraseña.',
  SIGN_IN_PAUSED:
    'Hubo demasiadas contraseñas incorrectas. Espere unos minutos o restablezca su contraseña.',
  SIGN_IN_ENDED:
    'Este inicio de sesión ha terminado: tardó demasiado o un paso se rechazó demasiadas ' +
    'veces. Inicie sesión de nuevo.',
  PASSKEY_REFUSED:
    'No se aceptó esta llave de acceso. Puede que se haya eliminado. Inicie sesión con su correo ' +
    'electrónico y contraseña.',
  PASSKEY_CANCELLED:
    'No se usó ninguna llave de acceso: se cerró el aviso del navegador, o este dispositivo no ' +
    'tiene una que sirva. Inténtelo de nuevo o elija otra forma.',
  PASSKEY_UNUSABLE:
    'Este navegador no puede usar la llave de acceso aquí. Abra el portal en su dirección ' +
    'habitual o elija otra forma.',
  PASSKEY_EXISTS: 'Este dispositivo ya tiene una llave de acceso para su cuenta.',
  DEVICE_NOT_RECOGNISED: 'Este navegador ya no se recuerda. Inicie sesión con su contraseña.',
};
