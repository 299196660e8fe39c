import { ConfigurationFault, loadConfig } from '../config/load-config.js';
import { assertConfiguredFormats } from './configured-formats.js';

const faultsOf = (variables: Record<string, string>): readonly string[] => {
  try {
    assertConfiguredFormats(loadConfig(variables));
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationFault);
    return (error as ConfigurationFault).faults;
  }
};

describe('assertConfiguredFormats', () => {
  it('takes the defaults', () => {
    expect(faultsOf({})).toEqual([]);
  });

  it('takes what stays within the origins of the configuration', () => {
    const sound = {
      LINK_ORIGINS: 'https://app.example.org',
      DEFAULT_REGISTER_URL_FORMAT: 'https://app.example.org/{token}/{email}',
      DEFAULT_RESET_PASSWORD_URL_FORMAT: '/reset?t={token}&e={email}',
      DEFAULT_REGISTER_EMAIL_FORMAT: 'Hello {email}\n\n{link}\n\nhttps://app.example.org/help',
    };
    expect(faultsOf(sound)).toEqual([]);
  });

  it.each([
    ['DEFAULT_REGISTER_URL_FORMAT', 'https://evil.example/{token}/{email}'],
    ['DEFAULT_REGISTER_URL_FORMAT', '//evil.example/{token}/{email}'],
    ['DEFAULT_REGISTER_URL_FORMAT', 'set/{token}/{email}'],
    ['DEFAULT_REGISTER_URL_FORMAT', '/set password/{token}/{email}'],
    ['DEFAULT_RESET_PASSWORD_URL_FORMAT', 'https://{email}/{token}'],
    ['DEFAULT_RESET_PASSWORD_URL_FORMAT', `/${'a'.repeat(2_000)}/{token}/{email}`],
    ['DEFAULT_REGISTER_EMAIL_FORMAT', 'Go to https://evil.example/ or {link}'],
    ['DEFAULT_REGISTER_EMAIL_FORMAT', '{link}\u0007'],
  ])('names %s when it is %j', (name, value) => {
    const faults = faultsOf({ [name]: value });
    expect(faults).toEqual([expect.stringMatching(new RegExp(`^${name}: must [^\\n]*$`))]);
    expect(faults.join()).not.toContain('evil');
  });

  it('tells every faulty format at once', () => {
    const names = [
      'DEFAULT_REGISTER_URL_FORMAT',
      'DEFAULT_RESET_PASSWORD_URL_FORMAT',
      'DEFAULT_REGISTER_EMAIL_FORMAT',
    ];
    const foreign = 'https://evil.example/{token}/{email}';
    const faults = faultsOf({
      DEFAULT_REGISTER_URL_FORMAT: foreign,
      DEFAULT_RESET_PASSWORD_URL_FORMAT: foreign,
      DEFAULT_REGISTER_EMAIL_FORMAT: 'https://evil.example/{link}',
    });
    expect(faults.map((fault) => fault.split(':')[0])).toEqual(names);
  });
});
