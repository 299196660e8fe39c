import type { Texts } from './texts.js';

export const pl: Texts = {
  again: 'Spróbuj ponownie',
  back: 'Wróć do logowania',
  busy: 'Serwer jest zajęty. Spróbuj ponownie za {time}.',
  tooMany: 'Zbyt wiele prób. Spróbuj ponownie za {time}.',
  network:
    'Nie można połączyć się z serwerem. Wpisany tekst pozostał na miejscu: sprawdź połączenie i spróbuj ponownie.',
  failed: 'Serwer nie mógł wykonać tej operacji. Wpisany tekst pozostał na miejscu: spróbuj ponownie.',
  invalid: 'Te dane nie zostały przyjęte. Sprawdź je.',
  sending: 'Chwileczkę…',
  emptyField: 'Wypełnij to pole.',
  email: 'Adres e-mail',
  emailInvalid: 'Wpisz cały adres e-mail, na przykład ada@example.org.',
  password: 'Hasło',
  showPassword: 'Pokaż hasła',
  hidePassword: 'Ukryj hasła',

  signInTitle: 'Logowanie',
  identifier: 'Adres e-mail lub nazwa użytkownika',
  remember: 'Nie wylogowuj mnie w tej przeglądarce',
  signIn: 'Zaloguj się',
  signInByPasskey: 'Zaloguj się kluczem dostępu',
  toForgotten: 'Nie pamiętam hasła',
  toLink: 'Wyślij mi odnośnik do logowania',
  toNewPassword: 'Wyślij mi odnośnik do ustawienia nowego hasła',
  toRegister: 'Utwórz konto',
  wrongCredentials: 'Nie ma takiego konta albo hasło jest nieprawidłowe.',
  userBlocked: 'To konto jest zablokowane. Zwróć się do osób prowadzących tę usługę.',
  emailNotConfirmed:
    'Twój adres e-mail nie jest jeszcze potwierdzony. Otwórz odnośnik z wiadomości, którą do Ciebie wysłaliśmy. Jeśli nie możesz jej znaleźć, poproś poniżej o odnośnik do ustawienia nowego hasła: on też potwierdza adres.',
  passwordExpired: 'Twoje hasło wygasło. Poproś poniżej o odnośnik, aby ustawić nowe.',
  factorMissing:
    'To konto musi mieć drugi składnik logowania, a jeszcze go nie ma. Zwróć się do osób prowadzących tę usługę.',
  passkeyCancelled:
    'Klucz dostępu nie został użyty: operację anulowano albo trwała zbyt długo. Możesz spróbować ponownie.',
  passkeyImpossible:
    'Ta przeglądarka lub to urządzenie nie pozwala tu użyć klucza dostępu. Zaloguj się w inny sposób.',
  passkeyUnknown:
    'Tym kluczem dostępu nie można się tu zalogować. Wybierz inny albo zaloguj się w inny sposób.',

  secondStepTitle: 'Jeszcze jeden krok',
  appCode: 'Kod z aplikacji uwierzytelniającej',
  recoveryCode: 'Jeden z Twoich kodów zapasowych',
  emailCode: 'Kod z wiadomości, którą do Ciebie wysłaliśmy',
  toApp: 'Użyj aplikacji uwierzytelniającej',
  toRecovery: 'Użyj kodu zapasowego',
  toPasskey: 'Użyj klucza dostępu',
  passkeyText: 'Użyj jednego ze swoich kluczy dostępu: przeglądarka o niego poprosi.',
  trustDevice: 'Ufaj temu urządzeniu przez 30 dni',
  wrongCode: 'Ten kod jest nieprawidłowy albo został już użyty. Wpisz nowy.',
  codePerhaps:
    'Ten kod jest nieprawidłowy albo został już użyty, być może przy ostatniej próbie, na którą odpowiedź nie dotarła. Wpisz nowy.',
  codeMalformed: 'To nie jest kod. Sprawdź, co wpisujesz.',
  stepOver: 'To logowanie trwało zbyt długo. Zacznij od nowa.',

  linkTitle: 'Logowanie',
  linkText:
    'Ten odnośnik zaloguje Cię w tej przeglądarce. Jeśli to nie była Twoja prośba, zamknij tę stronę.',
  linkButton: 'Zaloguj się teraz',
  linkDoneTitle: 'Logowanie powiodło się',
  linkDone: 'Możesz wrócić do swojej aplikacji. Możesz zamknąć tę stronę.',
  linkDeadTitle: 'Ten odnośnik stracił ważność',
  linkDead:
    'Został już użyty, wygasł albo zastąpił go nowszy; albo Twoje konto ma drugi składnik logowania lub hasło, które najpierw trzeba zmienić. Poproś o nowy odnośnik albo zaloguj się w inny sposób.',
  linkPerhaps:
    'Połączenie zostało przerwane, zanim nadeszła odpowiedź: logowanie mogło się udać. Wróć do swojej aplikacji; jeśli się nie udało, poproś o nowy odnośnik.',
  askLinkTitle: 'Logowanie przez odnośnik',
  askLinkText:
    'Wyślemy odnośnik na Twój adres. Zaloguje Cię on raz, w ciągu 15 minut, bez hasła. Nie działa dla kont z drugim składnikiem logowania.',
  toAccount: 'Moje konto',

  brokenTitle: 'Ten odnośnik jest niekompletny',
  broken:
    'Dla bezpieczeństwa odnośnik znika z paska adresu zaraz po otwarciu, więc odświeżenie strony go nie przywróci. Otwórz jeszcze raz odnośnik z wiadomości, a jeśli go kopiujesz, skopiuj go w całości.',

  registerTitle: 'Utwórz konto',
  registerText: 'Wyślemy wiadomość na ten adres. Zawarty w niej odnośnik pozwoli Ci ustawić hasło.',
  register: 'Utwórz konto',
  mailedTitle: 'Zajrzyj do skrzynki',
  mailedHint: 'Jeśli nie nadejdzie w ciągu kilku minut, zajrzyj do folderu ze spamem.',
  registered: 'Wysłaliśmy wiadomość na adres {email}. Otwórz zawarty w niej odnośnik, aby kontynuować.',
  registeredReady: 'Konto dla {email} jest gotowe.',
  registeredPerhaps:
    'Za pierwszym razem połączenie zostało przerwane: jeśli konto wtedy powstało, Twoje hasło już działa.',
  registeredTitle: 'Twoje konto jest gotowe',
  notAllowed: 'Tego adresu nie można tu zarejestrować.',
  registerClosed: 'Nie można tu samodzielnie utworzyć konta. Zwróć się do osób prowadzących tę usługę.',

  forgottenTitle: 'Nie pamiętasz hasła?',
  forgottenText: 'Wyślemy na Twój adres odnośnik, za pomocą którego ustawisz nowe hasło.',
  sendLink: 'Wyślij odnośnik',
  mailed:
    'Jeśli istnieje konto dla {email}, wiadomość jest już w drodze. Otwórz zawarty w niej odnośnik, aby kontynuować.',

  setTitle: 'Ustaw hasło',
  resetTitle: 'Ustaw nowe hasło',
  forAccount: 'Dla konta',
  newPassword: 'Nowe hasło',
  repeatPassword: 'Powtórz nowe hasło',
  savePassword: 'Zapisz hasło',
  passwordDoneTitle: 'Hasło zostało zapisane',
  passwordDone: 'Możesz się nim teraz zalogować. Wcześniej otwarte sesje zostały zakończone.',
  passwordDead: 'Został już użyty, wygasł albo zastąpił go nowszy. Poproś o nowy odnośnik.',
  passwordPerhaps:
    'Połączenie zostało przerwane, zanim nadeszła odpowiedź: hasło mogło zostać zapisane. Spróbuj się nim zalogować, a jeśli się nie uda, poproś o nowy odnośnik.',
  differ: 'Hasła nie są takie same.',
  insecure: 'To hasło jest zbyt łatwe do odgadnięcia. Wybierz inne.',
  ruleBroken: 'Hasło nie spełnia jeszcze wszystkich zasad.',
  tooLong: 'To hasło jest za długie.',
  samePassword: 'To jest Twoje obecne hasło. Wybierz inne.',
  linkOrPassword:
    'Nie można użyć tego hasła lub tego odnośnika. Spróbuj innego hasła albo poproś o nowy odnośnik.',

  rules: 'Hasło musi zawierać:',
  ruleMet: '(spełnione)',
  ruleUnmet: '(jeszcze niespełnione)',
  minLength: 'znaki: co najmniej {min}',
  minDigits: 'cyfry: co najmniej {min}',
  minLower: 'małe litery: co najmniej {min}',
  minUpper: 'wielkie litery: co najmniej {min}',
  minSpecial: 'znaki specjalne: co najmniej {min} (spośród {characters})',

  accountTitle: 'Moje konto',
  signedInAs: 'Zalogowano jako',
  signOut: 'Wyloguj się',
  sessions: 'Gdzie trwa Twoje logowanie',
  thisSession: 'ta sesja',
  lastUsed: 'ostatnio użyta {time}',
  unknownProgram: 'Nieznany program',
  endOthers: 'Zakończ wszystkie inne sesje',
  othersEnded: 'Wszystkie inne sesje zostały zakończone.',
  more: 'Pokaż więcej',
};
