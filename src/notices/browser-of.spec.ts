import { browserOf } from './browser-of.js';

const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)';
const ANDROID = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)';
const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)';

describe('browserOf', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox, Linux'],
    [`${WINDOWS} Chrome/142.0.0.0 Safari/537.36`, 'Chrome, Windows'],
    [`${WINDOWS} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`, 'Edge, Windows'],
    [`${WINDOWS} Chrome/142.0.0.0 Safari/537.36 OPR/120.0.0.0`, 'Opera, Windows'],
    [`${ANDROID} Chrome/142.0.0.0 Mobile Safari/537.36`, 'Chrome, Android'],
    [`${ANDROID} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`, 'Samsung Internet, Android'],
    [`${IPHONE} Version/18.1 Mobile/15E148 Safari/604.1`, 'Safari, iOS'],
    [`${IPHONE} CriOS/142.0.0.0 Mobile/15E148 Safari/604.1`, 'Chrome, iOS'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Safari/605.1.15',
      'Safari, macOS',
    ],
    ['Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko', 'Internet Explorer, Windows'],
    ['CFNetwork app (iPhone)', 'iOS'],
    ['curl/8.5.0', ''],
    ['', ''],
  ])('calls %p %p', (userAgent, name) => {
    expect(browserOf(userAgent).name).toBe(name);
  });

  it('says nothing in the words of the caller', () => {
    expect(browserOf('<b>https://evil.example</b> Firefox/1 Linux').name).toBe('Firefox, Linux');
  });

  it('sees through an update', () => {
    const families = (name: string, versions: readonly string[]) =>
      new Set(versions.map((version) => browserOf(name.replaceAll('#', version)).family));
    expect(families(`${WINDOWS} Chrome/#.0.0.0 Safari/537.36`, ['142', '143']).size).toBe(1);
    expect(families('CityApp/# okhttp/4.#', ['1.9', '1.10.2']).size).toBe(1);
    expect(families('curl/#', ['8.5.0', '8.10.1']).size).toBe(1);
  });

  it('tells programs and systems apart', () => {
    const agents = [
      '',
      'curl/8.5.0',
      'CityApp/1.0',
      'CityApp/1.0 (Android)',
      `${WINDOWS} Chrome/142.0.0.0 Safari/537.36`,
      `${WINDOWS} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0`,
      `${ANDROID} Chrome/142.0.0.0 Mobile Safari/537.36`,
    ];
    expect(new Set(agents.map((agent) => browserOf(agent).family)).size).toBe(agents.length);
  });
});
