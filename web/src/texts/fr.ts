import type { Texts } from './texts.js';

export const fr: Texts = {
  again: 'Réessayer',
  back: 'Retour à la connexion',
  busy: 'Le serveur est occupé. Réessayez dans {time}.',
  tooMany: 'Trop de tentatives. Réessayez dans {time}.',
  network: 'Le serveur est injoignable. Votre saisie est conservée : vérifiez votre connexion et réessayez.',
  failed: 'Le serveur n’a pas pu traiter votre demande. Votre saisie est conservée : réessayez.',
  invalid: 'Cette saisie n’est pas acceptée. Vérifiez-la.',
  sending: 'Un instant…',
  emptyField: 'Remplissez ce champ.',
  email: 'Adresse e-mail',
  emailInvalid: 'Saisissez une adresse e-mail complète, comme ada@example.org.',
  password: 'Mot de passe',
  showPassword: 'Afficher les mots de passe',
  hidePassword: 'Masquer les mots de passe',

  signInTitle: 'Connexion',
  identifier: 'Adresse e-mail ou nom d’utilisateur',
  remember: 'Rester connecté sur ce navigateur',
  signIn: 'Se connecter',
  signInByPasskey: 'Se connecter avec une clé d’accès',
  toForgotten: 'J’ai oublié mon mot de passe',
  toLink: 'Recevoir un lien de connexion',
  toNewPassword: 'Recevoir un lien pour choisir un nouveau mot de passe',
  toRegister: 'Créer un compte',
  wrongCredentials: 'Ce compte n’existe pas ou le mot de passe est incorrect.',
  userBlocked: 'Ce compte est bloqué. Adressez-vous aux responsables de ce service.',
  emailNotConfirmed:
    'Votre adresse e-mail n’est pas encore confirmée. Ouvrez le lien du message que nous vous avons envoyé. Si vous ne le trouvez pas, demandez ci-dessous un lien pour choisir un nouveau mot de passe : il confirme aussi l’adresse.',
  passwordExpired: 'Votre mot de passe a expiré. Demandez ci-dessous un lien pour en choisir un nouveau.',
  factorMissing:
    'Ce compte doit avoir un second facteur et n’en a pas encore. Adressez-vous aux responsables de ce service.',
  passkeyCancelled:
    'Aucune clé d’accès n’a été utilisée : l’opération a été annulée ou a duré trop longtemps. Vous pouvez réessayer.',
  passkeyImpossible:
    'Ce navigateur ou cet appareil ne peut pas utiliser de clé d’accès ici. Connectez-vous autrement.',
  passkeyUnknown:
    'Cette clé d’accès ne permet pas de se connecter ici. Choisissez-en une autre ou connectez-vous autrement.',

  secondStepTitle: 'Encore une étape',
  appCode: 'Code de votre application d’authentification',
  recoveryCode: 'Un de vos codes de secours',
  emailCode: 'Code du message que nous vous avons envoyé',
  toApp: 'Utiliser l’application d’authentification',
  toRecovery: 'Utiliser un code de secours',
  toPasskey: 'Utiliser une clé d’accès',
  passkeyText: 'Utilisez une de vos clés d’accès : votre navigateur vous la demandera.',
  trustDevice: 'Faire confiance à cet appareil pendant 30 jours',
  wrongCode: 'Ce code est incorrect ou a déjà été utilisé. Saisissez-en un nouveau.',
  codePerhaps:
    'Ce code est incorrect ou a déjà été utilisé, peut-être lors de votre dernier essai, dont la réponse s’est perdue. Saisissez-en un nouveau.',
  codeMalformed: 'Ce n’est pas un code. Vérifiez votre saisie.',
  stepOver: 'Vous avez attendu trop longtemps. Recommencez la connexion.',

  linkTitle: 'Connexion',
  linkText: 'Ce lien vous connecte, dans ce navigateur. Si vous ne l’avez pas demandé, fermez cette page.',
  linkButton: 'Se connecter maintenant',
  linkDoneTitle: 'Connexion réussie',
  linkDone: 'Vous pouvez continuer dans votre application. Vous pouvez fermer cette page.',
  linkDeadTitle: 'Ce lien n’est plus valable',
  linkDead:
    'Il a déjà été utilisé, il a expiré ou un lien plus récent l’a remplacé ; ou bien votre compte a un second facteur ou un mot de passe à renouveler d’abord. Demandez un nouveau lien ou connectez-vous autrement.',
  linkPerhaps:
    'La connexion a été coupée avant la réponse : vous êtes peut-être déjà connecté. Retournez dans votre application ; sinon, demandez un nouveau lien.',
  askLinkTitle: 'Se connecter par un lien',
  askLinkText:
    'Nous enverrons un lien à votre adresse. Il vous connecte une fois, dans les 15 minutes, sans mot de passe. Il ne fonctionne pas pour les comptes protégés par un second facteur.',
  toAccount: 'Mon compte',

  brokenTitle: 'Ce lien est incomplet',
  broken:
    'Pour votre sécurité, le lien est retiré de la barre d’adresse dès son ouverture ; recharger la page ne le rétablit pas. Ouvrez de nouveau le lien du message et, si vous le copiez, copiez-le en entier.',

  registerTitle: 'Créer un compte',
  registerText:
    'Nous enverrons un message à cette adresse. Le lien qu’il contient vous permettra de choisir votre mot de passe.',
  register: 'Créer le compte',
  mailedTitle: 'Consultez votre messagerie',
  mailedHint: 'S’il n’arrive pas dans quelques minutes, regardez dans le dossier des courriers indésirables.',
  registered: 'Nous avons envoyé un message à {email}. Ouvrez le lien qu’il contient pour continuer.',
  registeredReady: 'Le compte de {email} est prêt.',
  registeredPerhaps:
    'La connexion a d’abord été coupée : si votre compte a été créé à ce moment-là, votre mot de passe fonctionne déjà.',
  registeredTitle: 'Votre compte est prêt',
  notAllowed: 'Cette adresse n’est pas autorisée à s’inscrire ici.',
  registerClosed:
    'Il n’est pas possible de créer soi-même un compte ici. Adressez-vous aux responsables de ce service.',

  forgottenTitle: 'Mot de passe oublié ?',
  forgottenText: 'Nous enverrons à votre adresse un lien pour choisir un nouveau mot de passe.',
  sendLink: 'Envoyer le lien',
  mailed:
    'S’il y a un compte pour {email}, un message est en route. Ouvrez le lien qu’il contient pour continuer.',

  setTitle: 'Définissez votre mot de passe',
  resetTitle: 'Choisissez un nouveau mot de passe',
  forAccount: 'Pour le compte',
  newPassword: 'Nouveau mot de passe',
  repeatPassword: 'Confirmez le nouveau mot de passe',
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

  rules: 'Le mot de passe doit contenir :',
  ruleMet: '(respecté)',
  ruleUnmet: '(pas encore respecté)',
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
