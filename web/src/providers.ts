/** Where one may sign in with an account that one has there, by the server's names, as its page says. */
export const providers: readonly string[] = (document.currentScript?.dataset['providers'] ?? '')
  .split(' ')
  .filter((name) => /^[a-z0-9]{1,64}$/.test(name));

/** What people call a provider: the server knows it by a name in lower case. */
export const providerName = (provider: string): string =>
  provider.charAt(0).toUpperCase() + provider.slice(1);
