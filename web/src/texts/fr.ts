import type { Texts } from './texts.js';

export const fr: Texts = {
  again: 'Réessayer',
  back: 'Retour à la connexion',
  busy: 'Le serveur est occupé. Réessayez dans {time}.',
  tooMany: 'Trop de tentatives. Réessayez dans {time}.',
  network: 'Le serveur est injoignable. Votre saisie est conservée : vérifiez votre connexion et réessayez.',
  failed: 'Le serveur n’a pas pu le faire. Votre saisie est conservée : réessayez.',
  invalid: 'Ceci ne peut pas être utilisé. Vérifiez votre saisie.',
  sending: 'Un instant…',
  emptyField: 'Remplissez ce champ.',
  email: 'Adresse e-mail',
  emailInvalid: 'Saisissez une adresse e-mail complète, comme ada@example.org.',
  password: 'Mot de passe',
  showPassword: 'Afficher les mots de passe',
  hidePassword: 'Masquer les mots de passe',

  signInTitle: 'Connexion',
  identifier: 'Adresse e-mail ou nom d’utilisateur',
  remember: 'Rester connecté dans ce navigateur',
  signIn: 'Se connecter',
  toForgotten: 'J’ai oublié mon mot de passe',
  toRegister: 'Créer un compte',
  wrongCredentials: 'Ce compte n’existe pas ou le mot de passe est faux.',
  userBlocked: 'Ce compte est bloqué. Adressez-vous aux responsables de ce service.',
  emailNotConfirmed:
    'Votre adresse e-mail n’est pas encore confirmée. Ouvrez le lien du message que nous vous avons envoyé.',
  passwordExpired:
    'Votre mot de passe est trop ancien. Demandez un lien ci-dessous et choisissez-en un nouveau.',

  secondStepTitle: 'Encore une étape',
  appCode: 'Code de votre application d’authentification',
  recoveryCode: 'Un de vos codes de secours',
  emailCode: 'Code du message que nous vous avons envoyé',
  toApp: 'Utiliser l’application d’authentification',
  toRecovery: 'Utiliser un code de secours',
  trustDevice: 'Faire confiance à cet appareil pendant 30 jours',
  wrongCode: 'Ce code est faux ou a déjà été utilisé. Saisissez-en un nouveau.',
  codeMalformed: 'Ceci n’est pas un code. Vérifiez-le.',
  stepOver: 'Cette connexion a attendu trop longtemps. Recommencez.',

  linkTitle: 'Connexion',
  linkText: 'Ce lien vous connecte, dans ce navigateur. Si vous ne l’avez pas demandé, fermez cette page.',
  linkButton: 'Se connecter maintenant',
  linkDoneTitle: 'Connexion réussie',
  linkDone: 'Vous pouvez continuer dans votre application. Vous pouvez fermer cette page.',
  linkDeadTitle: 'Ce lien n’est plus valable',
  linkDead:
    'Il a déjà été utilisé, il a expiré, un lien plus récent l’a remplacé, ou votre mot de passe doit d’abord être renouvelé. Demandez un nouveau lien.',
  linkPerhaps:
    'La connexion a été coupée avant la réponse : vous êtes peut-être déjà connecté. Retournez dans votre application ; sinon, demandez un nouveau lien.',
  toAccount: 'Mon compte',

  brokenTitle: 'Ce lien est incomplet',
  broken:
    'Pour votre sécurité, le lien est retiré de la barre d’adresse dès son ouverture ; recharger la page ne le rétablit pas. Ouvrez de nouveau le lien du message et, si vous le copiez, copiez-le en entier.',

  registerTitle: 'Créer un compte',
  registerText:
    'Nous envoyons un message à cette adresse. Son lien vous permet de choisir votre mot de passe.',
  register: 'Créer le compte',
  mailedTitle: 'Consultez votre messagerie',
  registered: 'Nous avons envoyé un message à {email}. Ouvrez son lien pour continuer.',
  registeredReady: 'Le compte de {email} est prêt.',
  registeredTitle: 'Votre compte est prêt',
  passwordNeeded: 'Ce service demande un mot de passe tout de suite. Choisissez-en un.',
  notAllowed: 'Cette adresse ne peut pas être inscrite ici.',
  registerClosed:
    'Personne ne peut créer de compte ici soi-même. Adressez-vous aux responsables de ce service.',

  forgottenTitle: 'Mot de passe oublié ?',
  forgottenText: 'Nous envoyons à votre adresse un lien avec lequel vous choisissez un nouveau mot de passe.',
  sendLink: 'Envoyer le lien',
  forgotten:
    'S’il y a un compte pour {email}, un message est en route. Ouvrez le lien qu’il contient pour continuer.',

  setTitle: 'Définissez votre mot de passe',
  resetTitle: 'Choisissez un nouveau mot de passe',
  forAccount: 'Pour le compte',
  newPassword: 'Nouveau mot de passe',
  repeatPassword: 'Nouveau mot de passe, encore une fois',
  savePassword: 'Enregistrer le mot de passe',
  passwordDoneTitle: 'Votre mot de passe est enregistré',
  passwordDone:
    'Vous pouvez maintenant vous connecter avec ce mot de passe. Les sessions ouvertes auparavant sont terminées.',
  passwordDead:
    'Il a déjà été utilisé, il a expiré ou un lien plus récent l’a remplacé. Demandez un nouveau lien.',
  passwordPerhaps:
    'La connexion a été coupée avant la réponse : le mot de passe a peut-être été enregistré. Essayez de vous connecter avec celui-ci ; si cela échoue, demandez un nouveau lien.',
  differ: 'Les deux mots de passe ne sont pas identiques.',
  insecure: 'Ce mot de passe est trop facile à deviner. Choisissez-en un autre.',
  ruleBroken: 'Le mot de passe ne respecte pas encore toutes les règles.',
  tooLong: 'Ce mot de passe est trop long.',
  samePassword: 'C’est votre mot de passe actuel. Choisissez-en un autre.',
  linkOrPassword:
    'Ce mot de passe ou ce lien ne peut pas être utilisé. Essayez un autre mot de passe ou demandez un nouveau lien.',

  rules: 'Le mot de passe doit avoir :',
  ruleMet: '(rempli)',
  ruleUnmet: '(manque encore)',
  minLength: 'caractères : au moins {min}',
  minDigits: 'chiffres : au moins {min}',
  minLower: 'minuscules : au moins {min}',
  minUpper: 'majuscules : au moins {min}',
  minSpecial: 'caractères spéciaux : au moins {min} (parmi {characters})',

  accountTitle: 'Mon compte',
  signedInAs: 'Vous êtes connecté avec le compte',
  signOut: 'Se déconnecter',
  sessions: 'Où vous êtes connecté',
  thisSession: 'cette session',
  lastUsed: 'dernière utilisation {time}',
  unknownProgram: 'Programme inconnu',
  endOthers: 'Terminer toutes les autres sessions',
  othersEnded: 'Toutes les autres sessions sont terminées.',
  more: 'Afficher plus',
};
