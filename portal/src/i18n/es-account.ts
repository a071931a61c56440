/** Textos de la cuenta propia. */
import type * as english from './en-account.ts';
import { language } from './es-language.ts';

export const account: typeof english.account = {
  title: 'Mi cuenta',
  lead: 'Cómo inicia sesión y qué ocurrió últimamente.',
  back: 'Volver a mi cuenta',
  change: 'Cambiar',
  add: 'Agregar',
  manage: 'Administrar',
  view: 'Ver',
  rows: {
    email: 'Correo electrónico',
    phone: 'Teléfono',
    language: 'Idioma',
    method: 'Método de acceso',
    password: 'Contraseña',
    passkeys: 'Llaves de acceso',
    recoveryCodes: 'Códigos de recuperación',
    devices: 'Dispositivos recordados',
    activity: 'Actividad reciente',
  },
  noPhone: 'Sin número de teléfono',
  passwordSet: 'Creada',
  passkeyCount_one: '{{count}} llave de acceso',
  passkeyCount_other: '{{count}} llaves de acceso',
  codeCount_one: '{{count}} código sin usar',
  codeCount_other: '{{count}} códigos sin usar',
  deviceCount_one: '{{count}} dispositivo',
  deviceCount_other: '{{count}} dispositivos',
  signedInAt: 'Inicio de sesión: {{time}}',
  unknown: 'No disponible en este momento',
  emailChanged: 'Su correo electrónico ahora es {{email}}. Desde ahora inicie sesión con él.',
  phoneChanged: 'Su número de teléfono ahora es {{phone}}.',
  phoneRemoved: 'Se quitó su número de teléfono. Ahora inicia sesión con códigos por correo.',
  languageChanged:
    'Su idioma está guardado. Los correos, los mensajes de texto y las llamadas lo usarán ' +
    'desde ahora.',
  passwordChanged:
    'Se cambió su contraseña. Terminaron sus sesiones en otros navegadores y todos los ' +
    'dispositivos recordados.',
  language,
  fresh: {
    title: 'Confirme que es usted',
    lead:
      'Su último inicio de sesión fue hace más de diez minutos. Inicie sesión una vez más; lo ' +
      'que ingresó se conserva y continúa enseguida.',
    continue: 'Continuar',
  },
  passkeys: {
    title: 'Llaves de acceso',
    lead:
      'Una llave de acceso le permite iniciar sesión con su huella, su rostro o el PIN de su ' +
      'dispositivo, sin contraseña ni código. Solo funciona en este portal, así que ninguna ' +
      'página falsa puede pedirla.',
    yours: 'Sus llaves de acceso',
    none: 'Todavía no tiene llaves de acceso.',
    created: 'Creada',
    lastUsed: 'Último uso',
    never: 'nunca',
    rename: 'Cambiar nombre',
    renameLabel: 'Cambiar el nombre de {{name}}',
    save: 'Guardar',
    remove: 'Eliminar',
    removeLabel: 'Eliminar {{name}}',
    removeQuestion: '¿Eliminar la llave de acceso {{name}}?',
    removeText:
      'Ya no servirá para iniciar sesión. Su dispositivo puede conservarla en su lista; también ' +
      'puede borrarla allí.',
    added: 'Se agregó la llave de acceso {{name}}.',
    renamed: 'La llave de acceso ahora se llama {{name}}.',
    removed: 'Se eliminó la llave de acceso {{name}}.',
    addTitle: 'Agregar una llave de acceso',
    name: 'Nombre',
    nameHint: 'Para reconocerla más adelante, como “Portátil del trabajo”.',
    faultyName: 'Ingrese un nombre de 60 caracteres como máximo',
    add: 'Agregar una llave de acceso',
    full: 'Una cuenta tiene como máximo diez llaves de acceso. Elimine una para agregar otra.',
    unusable:
      'Este navegador no puede usar llaves de acceso. Pruebe un navegador actual en un ' +
      'dispositivo propio.',
  },
  codes: {
    title: 'Códigos de recuperación',
    lead:
      'Un código de recuperación reemplaza al código por mensaje, llamada o correo cuando usted ' +
      'no puede recibirlo. Su contraseña sigue siendo necesaria. Cada código sirve una vez.',
    left_zero: 'No tiene códigos de recuperación.',
    left_one: 'Tiene {{count}} código de recuperación sin usar.',
    left_other: 'Tiene {{count}} códigos de recuperación sin usar.',
    make: 'Crear diez códigos',
    again: 'Crear diez códigos nuevos',
    againText: 'Los códigos nuevos anulan los anteriores.',
    shownTitle: 'Sus códigos de recuperación',
    shownOnce:
      'Solo se muestran esta vez. Imprímalos o guárdelos en un administrador de contraseñas.',
    copy: 'Copiar',
    copied: 'Se copiaron los códigos.',
    notCopied: 'El navegador no permitió copiar. Seleccione los códigos y cópielos usted.',
    print: 'Imprimir',
    done: 'Ya los guardé',
    list: 'Diez códigos',
    printed:
      '{{portalName}}: códigos de recuperación de {{email}}, creados el {{time}}. Cada uno sirve ' +
      'una vez.',
  },
  password: {
    title: 'Cambie su contraseña',
    lead:
      'Terminan sus sesiones en otros navegadores y todos los dispositivos recordados. Aquí su ' +
      'sesión continúa, y sus llaves de acceso se conservan.',
    save: 'Cambiar contraseña',
  },
  email: {
    title: 'Cambie su correo electrónico',
    lead:
      'Usted inicia sesión con su correo electrónico. Enviamos un código al nuevo y un aviso al ' +
      'actual, desde el que se puede deshacer el cambio durante 72 horas.',
    present: 'Correo actual',
    new: 'Correo electrónico nuevo',
    another: 'Usar otro correo',
    stop: 'No cambiarlo',
  },
  phone: {
    title: 'Su número de teléfono',
    addLead:
      'Agregue un número al que podamos enviar mensajes o llamar. Su método de acceso pasa a ser ' +
      'el teléfono.',
    changeLead: 'El número nuevo se verifica primero y después reemplaza al actual.',
    present: 'Número actual',
    another: 'Usar otro número',
    stop: 'No cambiarlo',
    remove: 'Quitar el número de teléfono',
    removeQuestion: '¿Quitar su número de teléfono?',
    removeText:
      'Desde entonces inicia sesión con códigos por correo. Un código por correo protege menos: ' +
      'considere una llave de acceso.',
  },
  activity: {
    title: 'Actividad reciente',
    lead:
      'Lo que ocurrió con su cuenta, lo más reciente primero. Si algo no fue usted, cambie su ' +
      'contraseña y cierre sesión en todas partes.',
    you: 'Usted',
  },
  devicesTitle: 'Seguridad y dispositivos',
  devices: 'Dispositivos recordados',
  devicesLead: 'Estos navegadores le dejan entrar sin contraseña ni código hasta que venzan.',
  none: 'No se recuerda ningún dispositivo.',
  since: 'Desde',
  expires: 'Hasta',
  lastUsed: 'Último uso',
  browser: 'Navegador',
  method: 'Acceso',
  forget: 'Olvidar',
  thisBrowser: 'Este navegador',
  forgetLabel: 'Olvidar el dispositivo recordado desde {{time}}',
  forgotten: 'El dispositivo se ha olvidado.',
  everywhere: 'Cerrar todas las sesiones',
  everywhereLead:
    'Cierra todas sus sesiones, en este y en los demás dispositivos, y olvida los ' +
    'dispositivos recordados. Hágalo si perdió un dispositivo o ve uno que no conoce.',
  confirm: '¿Cerrar todas las sesiones?',
};

export const undoEmail: typeof english.undoEmail = {
  title: 'Deshacer el cambio de su correo electrónico',
  lead:
    'Se cambió el correo electrónico de su cuenta. Si no fue usted, deshágalo: volverá a iniciar ' +
    'sesión con su correo anterior. Terminan todas las sesiones y los dispositivos recordados, y ' +
    'también sus códigos de recuperación y las llaves de acceso creadas desde entonces.',
  undo: 'Deshacer el cambio',
  keep: '¿Fue usted? Entonces cierre esta página; no se ha cambiado nada.',
  doneTitle: 'El cambio se deshizo',
  doneLead:
    'Vuelve a iniciar sesión con su correo anterior, y todas las sesiones terminaron. Alguien ' +
    'puede conocer su contraseña: elija una nueva ahora.',
  invalidTitle: 'Este enlace venció o ya se usó',
  invalidLead:
    'Un cambio de correo se puede deshacer una vez, durante 72 horas. Si ya no puede iniciar ' +
    'sesión, pregunte al administrador de su proveedor.',
  noneTitle: 'Este enlace no está completo',
  noneLead: 'Copie el enlace entero del correo.',
};
