/** The texts of the employees' pages in Spanish. */
import type { EmployeeWords } from './en-employees.ts';

export const esEmployees: EmployeeWords = {
  refusals: {
    TOKEN_INVALID_DESK: 'Su sesión ha terminado. Inicie sesión de nuevo y repita esto.',
    FORBIDDEN_DESK:
      'Solo el grupo de la mesa de ayuda puede hacer esto, y nadie decide lo que solicitó.',
    NOT_FOUND_DESK:
      'Aquí no hay nada, o ya no lo hay: quizá alguien se adelantó. Vuelva y mire de nuevo.',
    RATE_LIMITED_DESK:
      'Ha alcanzado el número de consultas o cambios que un empleado puede hacer en una hora. ' +
      'Pida a un colega que continúe, o espere.',
    STEP_OUT_OF_ORDER_DESK:
      'Esto no se puede hacer tal como están las cosas. Quizá un colega las cambió, aún no ' +
      'consta ninguna dirección, o antes hay que restablecer el registro del último ' +
      'administrador de un proveedor. Vuelva a cargar la página.',
    ALREADY_REGISTERED_DESK:
      'Esta persona está registrada. Restablezca primero el registro si debe registrarse de nuevo.',
    WORKFORCE_EMAIL_DESK:
      'Esta dirección es de un empleado y no puede registrarse aquí. Pida otra.',
    RESEND_TOO_SOON_DESK:
      'Se envió un enlace en el último minuto. Pida a la persona que lo busque, o espere un ' +
      'minuto.',
    REQUEST_INVALID_DESK: 'Algo aquí no se puede usar. Corríjalo e inténtelo de nuevo.',
  },
  employees: {
    leaving: 'Inicio de sesión de empleados',
    leavingText: 'Le llevamos a la página de inicio de sesión de su organización…',
    downTitle: 'El inicio de sesión de empleados no responde',
    failedTitle: {
      CANCELLED: 'Se canceló el inicio de sesión',
      NOT_ADMITTED: 'Esta cuenta no se puede usar aquí',
      EXPIRED: 'El inicio de sesión ha caducado',
      PROVIDER_FAILED: 'Falló el inicio de sesión de su organización',
      NOT_OURS: 'No se pudo verificar el inicio de sesión',
      UNREACHABLE: 'No se pudo completar el inicio de sesión',
    },
    failed: {
      CANCELLED: 'Usted lo canceló o su organización lo rechazó. No se cambió nada.',
      NOT_ADMITTED:
        'Su correo electrónico no es de esta organización. Inicie sesión con su cuenta de ' +
        'empleado.',
      EXPIRED:
        'Se inició en otra pestaña, tardó demasiado o ya se completó. Empiece de nuevo, por favor.',
      PROVIDER_FAILED:
        'La página de inicio de sesión de su organización informó de un fallo. Inténtelo de ' +
        'nuevo; si vuelve a fallar, consulte a su servicio de informática.',
      NOT_OURS:
        'La respuesta no corresponde al inicio de sesión de esta pestaña y no se usó. Empiece de ' +
        'nuevo, por favor.',
      UNREACHABLE: 'No pudimos conectar con el servicio. Revise su conexión y empiece de nuevo.',
    },
    otherAccount: 'Usar otra cuenta',
    endedLead: 'La sesión de un empleado dura una hora. Lo que no se envió se ha perdido.',
    providerSession:
      'Su sesión en su organización puede seguir abierta en este navegador. En un equipo ' +
      'compartido, ciérrela también allí.',
    endProviderSession: 'Cerrar sesión en su organización',
    unfinished:
      'Ha salido de esta página. El servicio de inicio de sesión no respondió, así que este ' +
      'navegador puede tener aún una sesión allí.',
    firstTitle: 'Inicie sesión como empleado',
    firstLead: 'Esta página es para empleados que han iniciado sesión.',
    signedInAs: 'Ha iniciado sesión como {{email}}.',
    recorded:
      'Cada búsqueda, cada consulta de una persona y cada cambio quedan registrados con su ' +
      'identificador de empleado. Cada cambio necesita un motivo.',
    findText: 'Vea por qué alguien no puede entrar, y ayude.',
    codesText: 'Emita y revoque los códigos con los que se registran los proveedores.',
    approvalsText: 'Decida lo que solicitó un colega.',
    approvalsWaiting_one: '{{count}} espera a un segundo empleado',
    approvalsWaiting_other: '{{count}} esperan a un segundo empleado',
    notInGroup: 'Usted no está en el grupo de la mesa de ayuda, así que aquí no puede hacer nada.',
    askWhom:
      'Si debería estarlo, pida a quien administra los grupos en el directorio de su ' +
      'organización que le agregue. Después cierre la sesión e iníciela de nuevo.',
    navPeople: 'Buscar personas',
    navProviders: 'Proveedores',
    navApprovals: 'Aprobaciones',
  },
  desk: {
    findTitle: 'Buscar a una persona',
    findLead: 'Busque por un dato que diga quien llama. La coincidencia es exacta.',
    seekBy: 'Buscar por',
    by: {
      username: 'Nombre de usuario',
      email: 'Correo electrónico',
      phone: 'Número de teléfono',
      npi: 'NPI del proveedor',
    },
    faults: {
      username: 'Ingrese un nombre de usuario',
      email: 'Ingrese un correo electrónico con la forma nombre@example.com',
      phone: 'Ingrese un número de teléfono',
      npi: 'Ingrese los 10 dígitos de un NPI. Compárelo con el de quien llama',
      reason: 'Diga por qué, con 3 a 500 caracteres',
      checks: 'Marque todos los puntos de la lista',
      count: 'Ingrese un número de 1 a 50',
      providerName: 'Ingrese el nombre del proveedor, con 120 caracteres como máximo',
    },
    found_one: '{{count}} persona',
    found_other: '{{count}} personas',
    nobody: 'No se encontró a nadie.',
    nobodyText: 'Compruebe la ortografía con quien llama, o busque por otro dato.',
    backToFind: 'Buscar a otra persona',
    next: 'Qué hacer ahora',
    steps: {
      MAIL_LINK:
        'Envíe el enlace de nuevo y pida a la persona que mire el buzón de la dirección que ' +
        'consta.',
      CORRECT_BOUNCED_EMAIL:
        'El correo enviado a la dirección que consta fue devuelto. Compruebe quién llama y corrija ' +
        'la dirección.',
      ASK_FOR_EMAIL:
        'Pida un correo electrónico, compruebe quién llama y regístrelo como la dirección ' +
        'que consta.',
      FORMER_PORTAL_LOGIN:
        'Pida a la persona que entre con el usuario y la contraseña del portal anterior, por el ' +
        'enlace del primer acceso.',
      CONTINUE_AT_PORTAL_LOGIN:
        'Pida a la persona que entre por el enlace del primer acceso: el registro continúa.',
      FIND_OUT_WHY_DISABLED:
        'Averigüe por qué se desactivó (los eventos dicen quién lo hizo) y actívela si procede.',
      RESET_PASSWORD_OR_UNLOCK:
        'Pida a la persona que restablezca la contraseña, o desbloquee la cuenta.',
      WAIT_OR_UNLOCK: 'Pida a la persona que espere hasta {{time}}, o desbloquee la cuenta.',
      USE_EMAIL_ADDRESS:
        'Nada impide iniciar sesión. Pida a la persona que use el correo electrónico, no el ' +
        'usuario.',
      RESET_PASSWORD:
        'Si olvidó la contraseña, la persona la restablece en la página de inicio de sesión.',
      REPLACE_LOST_PHONE:
        'Si perdió el teléfono, restablezca el registro: la persona registra otro.',
    },
    otherActs: 'Qué más puede hacer',
    acts: {
      LINK: 'Enviar el enlace de nuevo',
      EMAIL: 'Corregir la dirección',
      RESET: 'Restablecer el registro',
      UNLOCK: 'Desbloquear',
      ENABLE: 'Activar',
      DISABLE: 'Desactivar',
    },
    actTexts: {
      LINK:
        'Envía un enlace de registro a la dirección que consta. El enlace anterior deja de ' +
        'valer.',
      EMAIL:
        'Sustituye la dirección que consta y envía un enlace de registro a la nueva. Se avisa a ' +
        'la dirección anterior.',
      RESET:
        'Termina todas las sesiones, los dispositivos recordados y las llaves de acceso. La ' +
        'persona debe registrarse de nuevo con un enlace que enviamos a la dirección que consta.',
      UNLOCK: 'Quita todos los bloqueos y devuelve los códigos y llamadas del día.',
      ENABLE:
        'Permite que la persona vuelva a iniciar sesión, con la misma contraseña y los ' +
        'mismos factores.',
      DISABLE:
        'Termina todas las sesiones e impide que la persona inicie sesión hasta que alguien ' +
        'la active.',
    },
    questions: {
      LINK: '¿Enviar de nuevo el enlace a {{name}}?',
      EMAIL: '¿Corregir la dirección de {{name}}?',
      RESET: '¿Restablecer el registro de {{name}}?',
      UNLOCK: '¿Desbloquear a {{name}}?',
      ENABLE: '¿Activar a {{name}}?',
      DISABLE: '¿Desactivar a {{name}}?',
    },
    done: {
      LINK: 'Se envió de nuevo el enlace a {{name}}.',
      EMAIL: 'La dirección de {{name}} es ahora {{email}}. Un enlace va en camino.',
      RESET:
        'Se restableció el registro de {{name}}. Un enlace va en camino a la dirección que consta.',
      UNLOCK: '{{name}} ya no tiene bloqueos.',
      ENABLE: 'Se activó a {{name}}.',
      DISABLE: 'Se desactivó a {{name}}.',
    },
    second: {
      ALWAYS: 'Un segundo empleado debe aprobarlo en el plazo de una hora.',
      LAST:
        'Si el proveedor no tiene otro administrador activo, un segundo empleado debe aprobarlo ' +
        'en el plazo de una hora.',
    },
    requested:
      'Aún no se cambió nada: un segundo empleado debe aprobarlo antes de las {{time}}. Espera ' +
      'en Aprobaciones.',
    waiting: '{{act}}: lo solicitó {{name}}, espera a un segundo empleado hasta las {{time}}.',
    reason: 'Motivo',
    reasonHint:
      'Queda en el registro de auditoría. No escriba contraseñas, códigos ni datos de salud.',
    checksTitle: 'Antes de restablecer',
    checks: {
      callBack:
        'Terminé la llamada y llamé a un número que conocemos por nuestros propios registros, no ' +
        'por quien llamó.',
      confirm:
        'La persona dijo un nombre de usuario, un nombre completo y un proveedor que coinciden ' +
        'con esta página.',
      colleague:
        'La persona misma pidió el restablecimiento; en caso de duda, pregunté al administrador ' +
        'del proveedor.',
    },
    status: 'Estado',
    meaning: {
      INVITED: 'Se registró con un código; el enlace enviado no se usó hasta el final.',
      IMPORTED: 'Importada del portal anterior; aún no se ha registrado aquí.',
      ENROLLING: 'Ha creado una contraseña y aún no ha confirmado un teléfono.',
      RESET: 'El registro se restableció y debe hacerse de nuevo.',
      ACTIVE: 'Registrada; puede iniciar sesión.',
      DISABLED: 'Desactivada; nada de la cuenta funciona.',
    },
    emailOnRecord: 'Dirección que consta',
    passkeys: 'Llaves de acceso',
    language: 'Idioma de los mensajes',
    recoveryCodes: 'Códigos de recuperación sin usar',
    locks: 'Bloqueos',
    noLocks: 'No hay bloqueos.',
    lock: {
      HOUR_OF_WRONG_CODES: 'Demasiados códigos incorrectos en una hora.',
      WRONG_CODES: 'Demasiados códigos incorrectos seguidos. Termina al restablecer la contraseña.',
      HOUR_OF_PORTAL_PASSWORDS:
        'Demasiadas contraseñas del portal incorrectas en una hora, desde donde se intentó.',
      PORTAL_PASSWORDS:
        'Demasiadas contraseñas del portal incorrectas seguidas. Termina con un enlace enviado.',
      LEASE: 'Se está creando una contraseña.',
    },
    endsAt: 'Termina: {{time}}.',
    flows: 'Empezado y sin completar',
    noFlows: 'No hay nada abierto.',
    flow: {
      REGISTRATION: 'Hay un registro abierto.',
      LINK: 'Se envió un enlace que no se usó. Uno nuevo lo sustituye.',
    },
    atStep: 'Siguiente paso: {{step}}.',
    flowSteps: {
      CHOOSE_METHOD: 'elegir el método de acceso',
      ENTER_EMAIL: 'ingresar el correo electrónico',
      VERIFY_EMAIL: 'verificar el correo electrónico',
      SET_PASSWORD: 'crear una contraseña',
      ENTER_PHONE: 'ingresar el número de teléfono',
      VERIFY_PHONE: 'verificar el teléfono',
      DONE: 'ninguno, está completo',
    },
    sends: 'Lo que se envió',
    noSends: 'No se ha enviado nada últimamente.',
    tried: { CODE_SENT: 'Código', LINK_SENT: 'Enlace', CALL_PLACED: 'Llamada' },
    arrived: 'Llegada',
    handedOver: 'Entregado, y no devuelto',
    notSent: 'No se envió',
    bounced: 'Se devolvió: el buzón no lo acepta',
    complained: 'Marcado como correo no deseado',
    failures: {
      THROTTLED: 'No se envió: demasiado a la vez. Que la persona lo intente de nuevo',
      DENIED:
        'No se envió: el número se dio de baja o no se permite el envío. Avise a los operadores',
      REFUSED: 'No se envió: se rechazó el destino. Compruébelo con la persona',
      NO_ANSWER:
        'No se envió: el servicio de envío no respondió. Que la persona lo intente de nuevo',
      OUTAGE: 'No se envió: el servicio de envío no funciona. Avise a los operadores',
    },
    signIns: 'Últimos inicios de sesión',
    noSignIns: 'No hay inicios de sesión recientes.',
    signInBy: { PHONE: 'por teléfono', EMAIL: 'por correo', PASSKEY: 'con llave de acceso' },
    eventsText: 'Leer todo el historial cuenta como una consulta más de la persona.',
    showEvents: 'Mostrar los eventos',
    approvalsTitle: 'Aprobaciones',
    approvalsLead: 'Lo que espera a un segundo empleado. Cada cosa espera una hora.',
    noApprovals: 'No hay nada en espera.',
    refresh: 'Mirar de nuevo',
    requestedBy: 'Lo solicitó',
    waitsUntil: 'Espera hasta las',
    own: 'Usted lo solicitó. Otro empleado debe decidir.',
    approve: 'Aprobar',
    deny: 'Denegar',
    approveLabel: 'Aprobar para {{username}}',
    denyLabel: 'Denegar para {{username}}',
    decide: {
      APPROVED: '{{act}}: ¿aprobarlo para {{username}}?',
      DENIED: '{{act}}: ¿denegarlo para {{username}}?',
    },
    decideText: {
      APPROVED: 'Se hace de inmediato, y el registro de auditoría nombra a ambos.',
      DENIED: 'No se cambia nada, y el registro de auditoría nombra a ambos.',
    },
    decided: {
      APPROVED: 'Aprobado y hecho para {{username}}.',
      DENIED: 'Denegado para {{username}}. No se cambió nada.',
    },
    providersTitle: 'Proveedores y códigos de registro',
    providersLead: 'Ingrese el NPI del proveedor.',
    providerTitle: 'Proveedor {{npi}}',
    newProvider: 'Este proveedor aún no se conoce. Se crea con sus primeros códigos de registro.',
    otherProvider: 'Otro proveedor',
    issueTitle: 'Emitir códigos de registro',
    count: 'Número de códigos',
    countHint: 'Uno para cada persona, 50 a la vez como máximo.',
    roleOfCodes: 'Rol de quien se registre con ellos',
    providerName: 'Nombre del proveedor',
    otherName: 'Nombre nuevo del proveedor, si ha cambiado',
    issue: 'Emitir códigos',
    issuedTitle_one: '{{count}} código nuevo',
    issuedTitle_other: '{{count}} códigos nuevos',
    issuedText:
      'Cópielos o imprímalos ahora: se muestran esta única vez y nadie puede consultarlos después.',
    copyAll: 'Copiar todos',
    copied: 'Copiado.',
    notCopied: 'El navegador no permite copiar. Seleccione los códigos y cópielos.',
    print: 'Imprimir cartas',
    hideCodes: 'Ocultar los códigos',
    codes: 'Códigos de registro',
    noCodes: 'No hay códigos de registro.',
    codeId: 'Id.',
    codeStatus: 'Situación',
    codeStatuses: { OPEN: 'Abierto', REDEEMED: 'Usado', REVOKED: 'Revocado' },
    issued: 'Emitido',
    revoke: 'Revocar',
    revokeLabel: 'Revocar {{codeId}}',
    revokeQuestion: '¿Revocar el código {{codeId}}?',
    revokeText: 'Nadie podrá registrarse con él.',
    revoked: 'Se revocó el código {{codeId}}.',
    letter: {
      npi: 'NPI: {{npi}}',
      title: 'Su código de registro para {{portalName}}',
      lead: 'Con este código se registra una persona en el portal:',
      open: 'Abra {{address}}',
      enter: 'Ingrese el NPI {{npi}} y el código de arriba.',
      follow: 'Ingrese sus datos y abra el enlace que le enviamos por correo.',
      secret:
        'El código sirve una vez. Guárdelo en secreto hasta entonces; nunca lo pedimos por ' +
        'teléfono ni por correo.',
      support: '¿Preguntas? Llame al {{phone}}, {{hours}}.',
    },
  },
};
