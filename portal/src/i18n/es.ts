/** Every text of the portal in Spanish. */
import type { Words } from './en.ts';
import { account, undoEmail } from './es-account.ts';
import { passkeys, recovery } from './es-passkeys.ts';
import { details } from './es-details.ts';
import { refusals } from './es-refusals.ts';

export const es: Omit<Words, 'refusals'> & { refusals: typeof refusals } = {
  refusals,
  details,
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
    signInAgain: 'Iniciar sesión de nuevo',
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
  },
  back: {
    stays:
      'Los pasos anteriores ya están hechos y no se pueden repetir. Continúe desde aquí, o salga ' +
      'con un botón de esta página.',
    goOn: 'Continuar donde estaba',
  },
  states: {
    loading: 'Cargando…',
    signingIn: 'Iniciando su sesión…',
    errorPrefix: 'Hay un error:',
    volatile:
      'Este navegador no guarda datos de esta página: al cargarla de nuevo o abrir otra pestaña ' +
      'se cierra la sesión. Permita los datos del sitio o salga del modo privado para cambiarlo.',
    working: 'Un momento…',
    errorTitle: 'Hay un problema',
    onRecord: 'La dirección que consta es {{maskedEmail}}.',
    waitSeconds: 'Puede intentarlo de nuevo en {{seconds}} segundos.',
    waitMinutes: 'Puede intentarlo de nuevo en {{minutes}} minutos.',
  },
  fields: {
    email: 'Correo electrónico',
    workEmail: 'Correo electrónico del trabajo',
    password: 'Contraseña',
    currentPassword: 'Contraseña actual',
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
    email: 'Ingrese un correo electrónico con el formato nombre@ejemplo.com',
    passwordMissing: 'Ingrese su contraseña',
    newPassword: 'Use al menos 8 caracteres, sin espacio al principio ni al final',
    passwordLong: 'Use como máximo 256 caracteres',
    confirm: 'Las dos contraseñas no coinciden. Ingrese la misma contraseña dos veces',
    username:
      'Ingrese un nombre de 3 a 32 letras, dígitos, puntos, guiones o guiones bajos que ' +
      'empiece por letra o dígito',
    usernameMissing: 'Ingrese su nombre de usuario',
    npi: 'Ingrese los 10 dígitos de su NPI. Compárelo con sus documentos',
    registrationCode: 'Ingrese su código de registro',
    firstName: 'Ingrese su nombre',
    lastName: 'Ingrese su apellido',
    phone: 'Ingrese un teléfono directo de 10 dígitos',
    code: 'Ingrese los 6 dígitos del código',
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
    lead: 'Ingrese el correo electrónico y la contraseña que creó al registrarse.',
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
    titleSms: 'Ingrese el código de su teléfono',
    titleEmail: 'Ingrese el código de su correo',
    titleCall: 'Ingrese el código de la llamada',
    sentSms: 'Enviamos un mensaje con un código de verificación a',
    sentEmail: 'El código se ha enviado. Cópielo en el cuadro de abajo. Lo enviamos a',
    sentCall: 'Le llamamos con un código de verificación:',
    expiresIn: 'El código funciona {{time}} más.',
    expired: 'El código venció. Envíe un código nuevo.',
    usedUp: 'El código ya no funciona. Envíe un código nuevo.',
    resent: 'Enviamos un código nuevo a {{destination}}.',
    resendIn: 'Puede enviar un código nuevo en {{seconds}} s.',
    attemptsLeft_one: 'Queda {{count}} intento',
    attemptsLeft_other: 'Quedan {{count}} intentos',
    notThere: '¿No llega? Revise el correo no deseado o envíe un código nuevo.',
  },
  call: {
    titles: {
      CALLING: 'Conteste la llamada',
      ANSWERED: 'Presione la tecla #',
      ANSWERED_MATCH: 'Marque los dos dígitos',
      CONFIRMED: 'La llamada está confirmada',
      NO_ANSWER: 'Nadie contestó',
      FAILED: 'La llamada no se confirmó',
      EXPIRED: 'La llamada terminó',
    },
    deniedTitle: 'La llamada fue rechazada',
    deniedLead:
      'Alguien contestó y presionó 9: no había pedido la llamada. Terminamos este intento y no ' +
      'se cambió nada.',
    deniedYou:
      'Si presionó 9 por error, empiece de nuevo con un código por mensaje o por correo. Durante ' +
      'una hora no llamamos a este número.',
    deniedOther: 'Si otra persona lo inició, puede que conozca su contraseña. Elija una nueva.',
    lead: 'Estamos llamando al',
    press: 'Conteste y presione la tecla # para confirmar que es usted.',
    press_MATCH: 'Conteste y confirme que es usted con los dos dígitos siguientes.',
    match: 'Marque estos dos dígitos en su teléfono y presione #',
    deny: 'Si no pidió una llamada, presione 9 o cuelgue.',
    deny_MATCH: 'Si no pidió una llamada, presione 9 y #, o cuelgue.',
    CALLING: 'Llamando… su teléfono sonará en un momento.',
    ANSWERED: 'Llamada contestada. Presione ahora la tecla #.',
    ANSWERED_MATCH: 'Llamada contestada. Marque los dos dígitos y presione #.',
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
    mfa:
      'Para iniciar sesión hace falta un segundo factor además de la contraseña: un código por ' +
      'mensaje o por correo, o una llamada. La ayuda para iniciar sesión explica cómo funciona.',
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
  session: {
    ends: 'Su sesión se cerrará a las {{time}}.',
    save: 'Termine lo que está escribiendo e inicie sesión de nuevo después.',
  },
  support: { call: '¿Necesita ayuda? Llame al' },
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
    forgotHint:
      'Enviamos un enlace de registro a la dirección que consta, por su nombre de usuario.',
  },
  registration: {
    step: 'Paso {{step}} de {{count}}:',
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
      lead: 'Ingrese un número al que podamos enviar un código por SMS o llamar.',
    },
    changeMethod: 'Cambiar el método',
    changeNumber: 'Usar otro número',
    done: {
      title: 'El registro está completo',
      lead: 'Su acceso está listo. Inicie sesión con su correo y su nueva contraseña.',
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
    lead: 'Ingrese su NPI y el código de registro de su proveedor.',
    detailsTitle: 'Su cuenta',
    detailsLead: 'Cree su nombre de usuario e ingrese sus datos de contacto.',
    contact: 'Datos de contacto',
    completeTitle: 'El registro está completo',
    completeLead:
      'Para completar la autenticación multifactor, debe hacer clic en el enlace de su correo ' +
      'en {{linkSeconds, duration}}.',
    sentTo: 'Enviamos el enlace a',
    validUntil: 'El enlace funciona hasta las {{time}}.',
    correct: 'Enviar otra vez o corregir la dirección',
    corrected: 'Enviamos un enlace nuevo. El anterior ya no funciona.',
    notArrived: '¿No llega? Revise el correo no deseado o pida que se envíe otra vez.',
    again: 'Enviar el enlace otra vez',
    errorLead: 'Si ya se registró antes, podemos enviar el enlace a su correo registrado.',
    another: 'Registrar otra cuenta',
  },
  link: {
    opening: 'Abriendo su registro…',
    whose: 'Complete su registro',
    whoseLead: 'Este enlace continúa el registro de la cuenta siguiente.',
    mailedTo: 'Enviado a',
    notYours: '¿No es su cuenta? Cierre esta página; no se ha cambiado nada.',
    title: 'Este enlace venció o ya se usó',
    lead:
      'Los enlaces funcionan durante {{linkSeconds, duration}} y hasta que elija su método de ' +
      'acceso. Podemos enviarle uno nuevo.',
    noneTitle: 'Este enlace no está completo',
    noneLead: 'Copie el enlace entero del correo o pida uno nuevo.',
  },
  resetLink: {
    title: 'Error de registro',
    lead:
      'Ingrese su nombre de usuario. Enviamos un correo a la dirección registrada para ' +
      'completar el registro.',
    incompleteTitle: 'Registro incompleto',
    incompleteLead:
      'Ingrese el correo y la contraseña con los que empezó el registro. Enviamos un ' +
      'enlace para completarlo.',
    sentTitle: 'Revise su correo',
    sent:
      'Si hay un registro por completar, enviamos un enlace a su correo registrado. Funciona ' +
      'durante {{linkSeconds, duration}}.',
    sentHelp:
      '¿Nada tras unos minutos? Revise el correo no deseado y luego consulte al ' +
      'administrador de su proveedor.',
  },
  help: {
    title: 'Ayuda para iniciar sesión',
    whatIsMfa: '¿Qué es la autenticación multifactor?',
    whatIsMfaText:
      'La autenticación multifactor (MFA) comprueba quién es usted por más de un método ' +
      'independiente. Además de la contraseña, pide un código que enviamos por mensaje o por ' +
      'correo, o una tecla que usted presiona en una llamada a su teléfono registrado.',
    howItWorks: 'Cómo funciona',
    howItWorksText:
      'Escribe su contraseña y después el código de su teléfono o de su correo, o contesta ' +
      'nuestra llamada. A quien conozca su contraseña le falta el segundo factor: un solo ' +
      'secreto perdido no abre su cuenta.',
    employees: 'Empleados',
    employeesText: 'Los empleados usan el botón ACCEDER de Empleados en la página de acceso.',
    users: 'Usuarios cliente/proveedor',
    usersText:
      'Acceda con ACCEDER CON TELÉFONO o ACCEDER CON CORREO y el correo que registró. Si ' +
      'olvidó su contraseña, restablézcala.',
    resetPassword: 'Restablecer su contraseña',
    portalPassword: '¿Olvidó la contraseña de su acceso anterior al portal?',
    portalPasswordLink: 'Reciba un enlace de registro por nombre de usuario',
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
      'Los códigos tienen 6 dígitos y funcionan una vez. Un código por correo para iniciar ' +
      'sesión funciona {{emailCodeSeconds, duration}}; uno que verifica una dirección en un ' +
      'registro o un restablecimiento, más tiempo, como muestra la página. Uno por mensaje ' +
      'funciona {{smsCodeSeconds, duration}}. En una llamada, presione # para confirmar; ' +
      'presione 9 si no la pidió. Nunca pedimos un código por teléfono ni por correo.',
    remember: 'Recordarme',
    rememberText:
      'Marque Recordarme antes de acceder y este navegador le dejará entrar sin contraseña ni ' +
      'código durante {{rememberDeviceHours}} horas, con el mismo botón. Desmárquelo para ' +
      'desactivarlo. Funciona tras cerrar el navegador: el ajuste “Continuar donde lo ' +
      'dejaste” ya no hace falta.',
  },
  reset: {
    title: 'Restablezca su contraseña',
    lead: 'Ingrese el correo con el que inicia sesión. Enviamos un código de verificación.',
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
    lastSignIn: 'Su acceso anterior a este: {{time}}',
    lastSignInBy: 'Su acceso anterior a este: {{time}}, con {{method}}',
    signInMethods: { PHONE: 'teléfono', EMAIL: 'correo electrónico', PASSKEY: 'llave de acceso' },
    firstSignIn: 'Este es su primer acceso.',
    provider: 'NPI del proveedor',
    role: 'Función',
    method: 'Método de acceso',
    username: 'Nombre de usuario',
    email: 'Correo',
    phone: 'Teléfono',
    account: 'Su cuenta',
    manage: 'Administrar usuarios',
    manageText: 'Vea los usuarios de su proveedor y restablezca un registro.',
    security: 'Mi cuenta',
    securityText:
      'Llaves de acceso, contraseña, correo, teléfono, dispositivos y actividad reciente.',
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
  account,
  passkeys,
  recovery,
  undoEmail,
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
    from: 'desde {{address}}',
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
    lead: 'La próxima vez, este navegador pide su contraseña y un código.',
    endedTitle: 'Se cerró su sesión',
    endedLead: 'Su sesión terminó. No se pierde nada de lo que guardó.',
    remembered:
      'Este navegador se recuerda hasta las {{time}}: hasta entonces entra sin contraseña.',
    shared: 'En una computadora compartida, olvídelo ahora.',
    forget: 'Olvidar este navegador',
    forgotten: 'Este navegador se olvidó. El próximo acceso pide su contraseña y un código.',
  },
  events: {
    CODE_SENT: 'Código enviado',
    CODE_REFUSED: 'Código incorrecto',
    FACTOR_PASSED: 'Segundo factor verificado',
    TICKET_USED: 'Acceso directo tras el registro o el restablecimiento',
    CALL_PLACED: 'Llamada hecha',
    CALL_CONFIRMED: 'Llamada confirmada',
    CALL_DENIED: 'Llamada rechazada con 9',
    SIGNED_IN: 'Sesión iniciada',
    TERMS_ACCEPTED: 'Términos de uso aceptados',
    DEVICE_REMEMBERED: 'Navegador recordado',
    DEVICE_PROVEN: 'Acceso con un navegador recordado',
    DEVICE_REFUSED: 'Navegador recordado rechazado',
    DEVICE_FORGOTTEN: 'Navegador recordado olvidado',
    ACCOUNT_LOCKED: 'Cuenta bloqueada por respuestas incorrectas',
    ACCOUNT_CREATED: 'Cuenta creada',
    ACCOUNT_IMPORTED: 'Cuenta importada',
    CONTACT_EMAIL_CHANGED: 'Correo electrónico cambiado',
    LINK_SENT: 'Enlace de registro enviado',
    LINK_USED: 'Enlace de registro usado',
    REGISTRATION_OPENED: 'Registro empezado',
    EMAIL_VERIFIED: 'Correo electrónico verificado',
    PASSWORD_SET: 'Contraseña creada',
    PHONE_VERIFIED: 'Teléfono verificado',
    REGISTRATION_COMPLETED: 'Registro completado',
    REGISTRATION_RESET: 'Registro restablecido',
    PORTAL_PASSWORD_REFUSED: 'Contraseña del portal incorrecta',
    PASSWORD_RESET_STARTED: 'Restablecimiento de contraseña empezado',
    PASSWORD_RESET_COMPLETED: 'Contraseña restablecida',
    SIGNED_OUT_EVERYWHERE: 'Todas las sesiones cerradas',
    STATUS_CHANGED: 'Estado cambiado',
    ROLE_CHANGED: 'Función cambiada',
    EMAIL_BOUNCED: 'Correo devuelto',
    LOOKED_AT: 'Cuenta consultada',
    LINK_RESENT: 'Enlace de registro enviado otra vez',
    ACCOUNT_UNLOCKED: 'Cuenta desbloqueada',
    ACCOUNT_ERASED: 'Cuenta borrada',
    PASSKEY_ADDED: 'Llave de acceso añadida',
    PASSKEY_RENAMED: 'Llave de acceso renombrada',
    PASSKEY_REMOVED: 'Llave de acceso eliminada',
    PASSKEY_PROVEN: 'Llave de acceso verificada',
    PASSKEY_REFUSED: 'Llave de acceso rechazada',
    PASSKEY_CLONED: 'Llave de acceso rechazada, porque parece que se usa una copia',
    RECOVERY_CODES_ISSUED: 'Códigos de recuperación emitidos',
    RECOVERY_CODE_USED: 'Código de recuperación usado',
    PASSWORD_CHANGED: 'Contraseña cambiada',
    CURRENT_PASSWORD_REFUSED: 'Contraseña actual incorrecta',
    EMAIL_CHANGED: 'Correo de acceso cambiado',
    EMAIL_CHANGE_UNDONE: 'Cambio de correo deshecho',
    PHONE_CHANGED: 'Teléfono cambiado',
    PHONE_REMOVED: 'Teléfono eliminado',
    LANGUAGE_CHANGED: 'Idioma de los mensajes cambiado',
    CODES_ISSUED: 'Códigos de registro emitidos',
    CODES_REVOKED: 'Códigos de registro anulados',
    LEGAL_HOLD_PLACED: 'Retención legal impuesta',
    LEGAL_HOLD_RELEASED: 'Retención legal levantada',
    PEOPLE_SOUGHT: 'Personas buscadas',
    APPROVAL_REQUESTED: 'Aprobación solicitada',
    APPROVAL_DENIED: 'Aprobación denegada',
  },
  outcomes: {
    PASSKEY: 'llave de acceso',
    SIGN_IN: 'para iniciar sesión',
    EMAIL_VERIFICATION: 'para verificar el correo',
    PHONE_VERIFICATION: 'para verificar el teléfono',
    PASSWORD_RESET_EMAIL: 'para restablecer la contraseña',
    PASSWORD_RESET_PHONE: 'para restablecer la contraseña',
    SMS: 'mensaje de texto',
    CALL: 'llamada',
    EMAIL: 'correo',
    PHONE: 'teléfono',
    PASSWORD: 'con usuario y contraseña',
    LINK: 'con un enlace',
    USERNAME: 'pedido por nombre de usuario',
    CREDENTIALS: 'pedido con correo y contraseña',
    STAFF: 'por un administrador o la asistencia',
    SIGN_UP: 'al registrarse',
    FIRST: 'por primera vez',
    AGAIN: 'de nuevo',
    RESET: 'restablecido',
    ACTIVE: 'activo',
    DISABLED: 'desactivado',
    ENABLED: 'activado',
    PORTAL_PASSWORD: 'contraseña del portal',
    ON_RECORD: 'dirección que consta',
    EN: 'inglés',
    ES: 'español',
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
