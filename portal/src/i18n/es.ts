/** Every text of the portal in Spanish. */
import type { Words } from './en.ts';
import { refusals } from './es-refusals.ts';

export const es: Omit<Words, 'refusals'> & { refusals: typeof refusals } = {
  refusals,
  brand: {
    skip: 'Saltar al contenido principal',
    language: 'English',
    languageLabel: 'View this page in English',
    footer: 'Sobre este portal',
  },
  footer: {
    help: 'Ayuda para iniciar sesión',
    terms: 'Términos de uso',
    privacy: 'Esta página no carga nada de otras empresas ni usa cookies publicitarias.',
  },
  actions: {
    back: 'Atrás',
    cancel: 'Cancelar',
    continue: 'Continuar',
    next: 'Siguiente',
    tryAgain: 'Intentar de nuevo',
    signIn: 'Iniciar sesión',
    login: 'Acceder',
    submit: 'Enviar',
    toLogin: 'Volver a las opciones de acceso',
    sendCode: 'Enviar código',
    callMe: 'Llamarme',
    callInstead: 'Llamarme por teléfono',
    sendVerificationCode: 'Enviar código de verificación',
    verifyCode: 'Verificar código',
    sendNewCode: 'Enviar código nuevo',
    change: 'Cambiar',
    create: 'Crear',
    reset: 'Restablecer',
    loadMore: 'Mostrar más',
    search: 'Buscar',
    showPassword: 'Mostrar contraseña',
    hidePassword: 'Ocultar contraseña',
  },
  states: {
    loading: 'Cargando…',
    working: 'Un momento…',
    errorTitle: 'Hay un problema',
    reference: 'Referencia para soporte: {{requestId}}',
    onRecord: 'La dirección que consta es {{maskedEmail}}.',
    waitSeconds: 'Puede intentarlo de nuevo en {{seconds}} segundos.',
  },
  fields: {
    email: 'Correo electrónico',
    workEmail: 'Correo electrónico del trabajo',
    password: 'Contraseña',
    newPassword: 'Contraseña nueva',
    confirmPassword: 'Confirmar contraseña nueva',
    username: 'Nombre de usuario',
    npi: 'Identificador nacional de proveedor (NPI)',
    registrationCode: 'Código de registro',
    firstName: 'Nombre',
    lastName: 'Apellido',
    phone: 'Número de teléfono',
    code: 'Código de verificación',
    country: 'Código de país',
  },
  hints: {
    password:
      'Al menos 8 caracteres. Unas pocas palabras sin relación son una buena contraseña; no ' +
      'hacen falta dígitos ni símbolos.',
    username: 'De 3 a 32 letras, dígitos, puntos, guiones o guiones bajos.',
    npi: '10 dígitos',
    registrationCode: 'Lo encuentra en la carta o el mensaje de su representante del portal.',
    phone: 'Una línea directa de 10 dígitos. No se admiten extensiones.',
    code: '6 dígitos',
    maskedEmail: 'La dirección que consta es {{maskedEmail}}.',
    contactEmail: 'Aquí enviamos su enlace de registro. Revíselo bien.',
  },
  faults: {
    email: 'Introduzca un correo electrónico con el formato nombre@ejemplo.com',
    passwordMissing: 'Introduzca su contraseña',
    newPassword: 'Use al menos 8 caracteres, sin espacio al principio ni al final',
    passwordLong: 'Use como máximo 256 caracteres',
    confirm: 'Las dos contraseñas no coinciden. Introduzca la misma contraseña dos veces',
    username:
      'Introduzca un nombre de 3 a 32 letras, dígitos, puntos, guiones o guiones bajos que ' +
      'empiece por letra o dígito',
    usernameMissing: 'Introduzca su nombre de usuario',
    npi: 'Introduzca los 10 dígitos de su NPI. Compárelo con sus documentos',
    registrationCode: 'Introduzca su código de registro',
    firstName: 'Introduzca su nombre',
    lastName: 'Introduzca su apellido',
    phone: 'Introduzca un teléfono directo de 10 dígitos',
    code: 'Introduzca los 6 dígitos del código',
    terms: 'Marque la casilla para aceptar los Términos de uso',
  },
  options: {
    title: 'Opciones de acceso',
    lead: 'Elija cómo quiere iniciar sesión.',
    employees: 'Empleados',
    employeesText: 'Use este botón si tiene una cuenta de empleado.',
    employeesLogin: 'ACCEDER',
    provider: 'Cliente/Proveedor',
    providerText: 'Use estos botones si es un usuario cliente o proveedor.',
    phone: 'ACCEDER CON TELÉFONO',
    phoneText_SMS: 'Le enviamos un código por mensaje.',
    phoneText_CALL: 'Le enviamos un código por mensaje o le llamamos.',
    email: 'ACCEDER CON CORREO',
    emailText: 'Le enviamos un código por correo.',
    remember: 'Recordarme',
    rememberHint:
      'Omite contraseña y código en este navegador durante {{rememberDeviceHours}} horas. No ' +
      'lo use en un dispositivo compartido.',
    rememberNote:
      'También funciona tras cerrar el navegador: no hace falta ningún ajuste de inicio.',
    register: 'Si aún no tiene una cuenta, puede',
    registerLink: 'registrarse aquí',
    first: 'Si es su primer acceso con autenticación multifactor,',
    firstLink: 'haga clic aquí',
    firstEnd: 'para completar su registro.',
    trouble: '¿Problemas para iniciar sesión?',
    troubleLink: 'Haga clic aquí',
    signedIn: 'Ha iniciado sesión en esta pestaña.',
    signedInLink: 'Ir a la página de inicio',
  },
  signIn: {
    title: 'Inicie sesión con su correo electrónico',
    withPhone: 'Acceso con teléfono',
    withEmail: 'Acceso con correo',
    lead: 'Introduzca el correo electrónico y la contraseña que creó al registrarse.',
    forgot: '¿Olvidó su contraseña?',
    wrongAccount: '¿Tiene un nombre de usuario pero aún no un acceso por correo?',
    firstLogin: 'Complete su primer acceso',
  },
  factor: {
    titlePhone: 'Verifique que es usted',
    leadPhone:
      'Tenemos registrado el siguiente número. Podemos enviarle un código por SMS o llamarle.',
    titleEmail: 'Verifique su correo electrónico',
    leadEmail: 'Enviamos un código de verificación a esta dirección.',
    shortLife:
      'El código funciona durante {{emailCodeSeconds, duration}}. Abra su correo antes de ' +
      'enviarlo.',
    noPhone: 'Esta cuenta no tiene teléfono. Puede iniciar sesión con un código por correo.',
    noCall: 'Aquí no se ofrecen llamadas.',
    byEmail: 'Usar correo',
    byPhone: 'Usar teléfono',
  },
  code: {
    titleSms: 'Introduzca el código de su teléfono',
    titleEmail: 'Introduzca el código de su correo',
    titleCall: 'Introduzca el código de la llamada',
    sentSms: 'Enviamos un mensaje con un código de verificación a',
    sentEmail: 'El código se ha enviado. Cópielo en el cuadro de abajo. Lo enviamos a',
    sentCall: 'Le llamamos con un código de verificación:',
    expiresIn: 'El código funciona {{time}} más.',
    expired: 'El código ha caducado. Envíe un código nuevo.',
    resendIn: 'Puede enviar un código nuevo en {{seconds}} s.',
    attemptsLeft_one: 'Queda {{count}} intento',
    attemptsLeft_other: 'Quedan {{count}} intentos',
    notThere: '¿No llega? Mire en el correo no deseado o envíe un código nuevo.',
  },
  call: {
    title: 'Conteste la llamada',
    lead: 'Estamos llamando al',
    press: 'Conteste y pulse la tecla # para confirmar que es usted.',
    press_MATCH: 'Conteste y confirme que es usted con los dos dígitos siguientes.',
    match: 'Marque estos dos dígitos en su teléfono y pulse #',
    deny: 'Si no pidió una llamada, pulse 9 o cuelgue.',
    deny_MATCH: 'Si no pidió una llamada, pulse 9 y #, o cuelgue.',
    CALLING: 'Llamando… su teléfono sonará en un momento.',
    ANSWERED: 'Llamada contestada. Pulse ahora la tecla #.',
    ANSWERED_MATCH: 'Llamada contestada. Marque los dos dígitos y pulse #.',
    CONFIRMED: 'Confirmado. Un momento…',
    NO_ANSWER: 'Nadie contestó la llamada.',
    FAILED: 'La llamada terminó sin la tecla #.',
    FAILED_MATCH: 'La llamada terminó sin los dos dígitos.',
    EXPIRED: 'La llamada tardó demasiado y ya no es válida.',
    again: 'Llamar otra vez',
    sendCode: 'Enviar un código',
  },
  locked: {
    title: 'Esta cuenta está bloqueada por ahora',
    until:
      'Está bloqueada hasta el {{time}}. No hace falta esperar: restablecer la contraseña la ' +
      'desbloquea.',
    untilReset: 'Está bloqueada hasta que restablezca su contraseña.',
  },
  strength: {
    label: 'Seguridad de la contraseña',
    SHORT: 'Demasiado corta: use al menos 8 caracteres.',
    GUESSABLE: 'Demasiado fácil de adivinar. Añada una o dos palabras sin relación con usted.',
    FAIR: 'Aceptable.',
    GOOD: 'Buena.',
    STRONG: 'Muy segura.',
  },
  verified: {
    title: 'Su correo electrónico está verificado',
    text: 'El código se ha verificado. Ya puede continuar.',
  },
  terms: {
    title: 'Acuerdo de términos de uso',
    lead: 'Lea y acepte los términos para usar el portal.',
    agree: 'He leído y acepto estos términos de uso.',
    effective: 'En vigor desde el {{date}} (versión {{version}})',
    decline: 'No aceptar y salir',
  },
  incomplete: {
    title: 'Su registro no está completo',
    ENROLLING:
      'Creó una contraseña pero no terminó el registro. Podemos enviar un enlace a su correo ' +
      'registrado para completarlo.',
    RESET:
      'Su registro se restableció. Regístrese de nuevo con el enlace que enviamos a su ' +
      'correo, o con su nombre de usuario y contraseña.',
    DISABLED: 'Su cuenta está desactivada. Consulte al administrador de su proveedor.',
    sendLink: 'Enviarme un enlace',
    portalLogin: 'Usar nombre de usuario y contraseña',
  },
  ended: {
    title: 'Inicie sesión de nuevo',
    lead: 'Este inicio de sesión terminó y no se cambió nada.',
  },
  portalLogin: {
    title: 'Acceso',
    lead:
      'Si aún no se registró para la autenticación multifactor, use su acceso del portal para ' +
      'completar el registro. Si no, vuelva a la página principal con el botón Atrás.',
    forgot: '¿Olvidó su contraseña?',
  },
  registration: {
    step: 'Paso',
    of: 'de',
    completed: 'completado',
    notCompleted: 'sin completar',
    stepper: 'Progreso del registro',
    steps: { method: 'Método', email: 'Correo', password: 'Contraseña', phone: 'Teléfono' },
    method: {
      title: 'Método de acceso',
      lead: 'Seleccione el método de autenticación multifactor para continuar.',
      note:
        'Nota: el teléfono debe tener 10 dígitos y no puede tener extensión. En ambos métodos ' +
        'se pide un correo; elija correo solo si no tiene una línea directa.',
      phone: 'TELÉFONO',
      phoneText_SMS: 'Un código por mensaje',
      phoneText_CALL: 'Un código por mensaje, o una llamada',
      email: 'CORREO',
      emailText: 'Un código por correo',
    },
    email: {
      title: 'Su correo del trabajo',
      lead: 'Desde ahora iniciará sesión con esta dirección. Enviamos un código para verificarla.',
      leadAgain:
        'Empezó un registro con la dirección siguiente. Escríbala completa y enviamos un código ' +
        'para verificarla de nuevo.',
    },
    password: {
      title: 'Cree una contraseña',
      lead: 'El código se ha verificado. Ya puede continuar.',
      note: 'Esta será la contraseña con la que iniciará sesión desde ahora.',
    },
    phone: {
      title: 'Su número de teléfono',
      lead: 'Introduzca un número al que podamos enviar un código por SMS o llamar.',
    },
    changeMethod: 'Cambiar el método',
    changeNumber: 'Usar otro número',
    done: {
      title: 'El registro está completo',
      lead: 'Su acceso está listo. Inicie sesión con su correo y su nueva contraseña.',
      enterEmail:
        'Su acceso está listo. Escriba el correo electrónico que registró para iniciar sesión ahora.',
    },
    none: {
      title: 'No hay ningún registro abierto',
      lead:
        'Pasó demasiado tiempo o se abrió en otro lugar. Empiécelo de nuevo; lo que ya hizo ' +
        'se conserva.',
    },
  },
  signUp: {
    title: 'Regístrese en el portal',
    lead: 'Introduzca su NPI y el código de registro de su proveedor.',
    detailsTitle: 'Su cuenta',
    detailsLead: 'Cree su nombre de usuario e introduzca sus datos de contacto.',
    contact: 'Datos de contacto',
    completeTitle: 'El registro está completo',
    completeLead:
      'Para completar la autenticación multifactor, debe hacer clic en el enlace de su correo ' +
      'en {{linkSeconds, duration}}.',
    sentTo: 'Enviamos el enlace a',
    validUntil: 'El enlace funciona hasta las {{time}}.',
    correct: 'Enviar otra vez o corregir la dirección',
    corrected: 'Enviamos un enlace nuevo. El anterior ya no funciona.',
    notArrived: '¿No llega? Mire en el correo no deseado o pida que se envíe otra vez.',
    again: 'Enviar el enlace otra vez',
    errorLead: 'Si ya se registró antes, podemos enviar el enlace a su correo registrado.',
    another: 'Registrar otra cuenta',
  },
  link: {
    opening: 'Abriendo su registro…',
    title: 'Este enlace ha caducado o ya se usó',
    lead:
      'Los enlaces funcionan una vez y durante {{linkSeconds, duration}}. Podemos enviarle ' +
      'uno nuevo.',
    already: 'Ya está registrado',
    alreadyLead: 'Su registro está completo. Inicie sesión.',
    noneTitle: 'Este enlace no está completo',
    noneLead: 'Copie el enlace entero del correo o pida uno nuevo.',
  },
  resetLink: {
    title: 'Error de registro',
    lead:
      'Introduzca su nombre de usuario. Enviamos un correo a la dirección registrada para ' +
      'completar el registro.',
    incompleteTitle: 'Registro incompleto',
    incompleteLead:
      'Introduzca el correo y la contraseña con los que empezó el registro. Enviamos un ' +
      'enlace para completarlo.',
    sentTitle: 'Revise su correo',
    sent:
      'Si hay un registro por completar, enviamos un enlace a su correo registrado. Funciona ' +
      'durante {{linkSeconds, duration}}.',
    sentHelp:
      '¿Nada tras unos minutos? Mire en el correo no deseado y luego consulte al ' +
      'administrador de su proveedor.',
  },
  help: {
    title: 'Ayuda para iniciar sesión',
    employees: 'Empleados',
    employeesText: 'Los empleados usan el botón ACCEDER de Empleados en la página de acceso.',
    users: 'Usuarios cliente/proveedor',
    usersText:
      'Acceda con ACCEDER CON TELÉFONO o ACCEDER CON CORREO y el correo que registró. Si ' +
      'olvidó su contraseña, restablézcala.',
    resetPassword: 'Restablecer su contraseña',
    mfa: 'Ayuda de autenticación multifactor',
    registration: 'Registro',
    registrationText:
      'Si ya tiene una cuenta del portal, vuelva a la página de acceso, busque la frase sobre ' +
      'el primer acceso con autenticación multifactor y haga clic en el enlace. Se le pedirán ' +
      'su nombre de usuario y contraseña del portal; después configurará la autenticación ' +
      'multifactor.',
    registrationLink: 'Complete su primer acceso',
    incomplete: 'Registro incompleto',
    incompleteText:
      'Requisito: empezó el registro multifactor, verificó su correo y creó una contraseña, ' +
      'pero no terminó.',
    incompleteLink: 'Haga clic aquí',
    incompleteEnd:
      'para enviar un enlace al correo registrado y completar el registro. Necesitará el ' +
      'correo y la contraseña con los que lo empezó.',
    error: 'Error de registro',
    errorText: 'Si el registro muestra un error, pida un enlace por nombre de usuario.',
    errorLink: 'Restablecer por nombre de usuario',
    codes: 'Códigos y llamadas',
    codesText:
      'Los códigos tienen 6 dígitos y funcionan una vez. Un código por correo funciona ' +
      '{{emailCodeSeconds, duration}}; uno por mensaje, {{smsCodeSeconds, duration}}. En una ' +
      'llamada, pulse # para confirmar; pulse 9 si no la pidió. Nunca pedimos un código por ' +
      'teléfono ni por correo.',
    remember: 'Recordarme',
    rememberText:
      'Marque Recordarme antes de acceder y este navegador le dejará entrar sin contraseña ni ' +
      'código durante {{rememberDeviceHours}} horas, con el mismo botón. Desmárquelo para ' +
      'desactivarlo. Funciona tras cerrar el navegador: el ajuste “Continuar donde lo ' +
      'dejaste” ya no hace falta.',
  },
  reset: {
    title: 'Restablezca su contraseña',
    lead: 'Introduzca el correo con el que inicia sesión. Enviamos un código de verificación.',
    phoneTitle: 'Verifique su teléfono',
    phoneLead: 'Su acceso usa un teléfono, así que también lo verificamos.',
    passwordTitle: 'Elija una contraseña nueva',
    passwordLead:
      'Al cambiarla se cierran todas sus sesiones y se olvidan los dispositivos recordados.',
    doneTitle: 'Su contraseña ha cambiado',
    doneLead: 'Inicie sesión con su contraseña nueva.',
    sentNote: 'Si una cuenta tiene esta dirección, recibirá un código ahora.',
  },
  home: {
    title: 'Le damos la bienvenida, {{name}}',
    lastSignIn: 'Último acceso: {{time}}',
    firstSignIn: 'Este es su primer acceso.',
    provider: 'NPI del proveedor',
    role: 'Función',
    method: 'Método de acceso',
    username: 'Nombre de usuario',
    email: 'Correo',
    phone: 'Teléfono',
    account: 'Su cuenta',
    next: '¿Qué desea hacer?',
    manage: 'Administrar usuarios',
    manageText: 'Vea los usuarios de su proveedor y restablezca un registro.',
    devices: 'Seguridad y dispositivos',
    devicesText: 'Vea los dispositivos recordados o cierre todas las sesiones.',
    here: 'Aquí empiezan las páginas de su portal.',
  },
  nav: {
    label: 'Principal',
    home: 'Inicio',
    setup: 'Configuración',
    manageUsers: 'Administrar usuarios',
    account: 'Mi cuenta',
    signOut: 'Cerrar sesión',
  },
  roles: { STANDARD: 'Usuario estándar', ADMIN: 'Administrador del proveedor' },
  methods: { PHONE: 'Teléfono', EMAIL: 'Correo' },
  account: {
    title: 'Seguridad y dispositivos',
    devices: 'Dispositivos recordados',
    devicesLead: 'Estos navegadores le dejan entrar sin contraseña ni código hasta que caduquen.',
    none: 'No se recuerda ningún dispositivo.',
    since: 'Desde',
    expires: 'Hasta',
    lastUsed: 'Último uso',
    method: 'Acceso',
    forget: 'Olvidar',
    forgetLabel: 'Olvidar el dispositivo recordado desde {{time}}',
    forgotten: 'El dispositivo se ha olvidado.',
    everywhere: 'Cerrar todas las sesiones',
    everywhereLead:
      'Cierra todas sus sesiones, en este y en los demás dispositivos, y olvida los ' +
      'dispositivos recordados. Hágalo si perdió un dispositivo o ve uno que no conoce.',
    confirm: '¿Cerrar todas las sesiones?',
  },
  users: {
    title: 'Administrar usuarios',
    lead: 'Los usuarios de su proveedor.',
    search: 'Busque por usuario, nombre o apellido',
    found_one: '{{count}} usuario',
    found_other: '{{count}} usuarios',
    more: 'hay más',
    none: 'Ningún usuario coincide.',
    edit: 'Editar {{name}}',
    you: 'usted',
    email: 'Correo',
    phone: 'Teléfono',
    method: 'Método de acceso',
    role: 'Función',
    lastSignIn: 'Último acceso',
    never: 'nunca',
    nothing: 'ninguno',
    resetRegistration: 'Restablecer registro',
    resetText:
      'Cierra las sesiones de este usuario y olvida sus dispositivos. Tendrá que registrarse ' +
      'de nuevo para la autenticación multifactor, con el enlace de la página de acceso o el ' +
      'que le enviamos por correo.',
    resetConfirm: '¿Restablecer el registro de {{name}}?',
    reason: 'Motivo (opcional, queda en el registro de auditoría)',
    resetDone: 'El registro de {{name}} se restableció. Enviamos un enlace.',
    self: 'No puede cambiar aquí su propio registro ni estado.',
    disable: 'Desactivar usuario',
    disableText: 'Cierra las sesiones de este usuario y le impide entrar hasta que lo active.',
    disableConfirm: '¿Desactivar a {{name}}?',
    disabled: '{{name}} está desactivado.',
    enable: 'Activar usuario',
    enabled: '{{name}} está activado.',
    correct: 'Corregir la dirección',
    correctLabel: 'Nuevo correo electrónico',
    correctText:
      'Sustituye la dirección que consta y envía un enlace de registro a la nueva. Se avisa a la ' +
      'dirección anterior.',
    corrected: 'La dirección de {{name}} es ahora {{email}}. Enviamos un enlace allí.',
    reasonGiven: 'Motivo: {{reason}}',
    events: 'Eventos',
    eventsLead: 'Lo que pasó con esta cuenta, lo más reciente primero.',
    noEvents: 'Aún no hay eventos.',
    when: 'Cuándo',
    what: 'Evento',
    who: 'Por',
    editTitle: 'Editar usuario',
    backToList: 'Volver a los usuarios',
  },
  actors: {
    SELF: 'El usuario',
    ADMIN: 'Administrador',
    HELP_DESK: 'Asistencia',
    OPERATOR: 'Operador',
    SYSTEM: 'Sistema',
  },
  statuses: {
    INVITED: 'Invitado',
    IMPORTED: 'Sin registrar',
    ENROLLING: 'Registrándose',
    RESET: 'Restablecido',
    ACTIVE: 'Activo',
    DISABLED: 'Desactivado',
  },
  signedOut: {
    title: 'Ha cerrado la sesión',
    lead: 'Cierre el navegador si comparte este dispositivo.',
  },
  notFound: {
    title: 'Esta página no existe',
    lead: 'La dirección puede estar mal escrita o la página se movió.',
  },
  broken: {
    title: 'Algo falló en esta página',
    lead: 'Cargue la página de nuevo. Si vuelve a pasar, vuelva a las opciones de acceso.',
    reload: 'Cargar la página de nuevo',
  },
};
