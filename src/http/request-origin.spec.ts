import { isForeignBrowserRequest } from './request-origin.js';

describe('isForeignBrowserRequest', () => {
  const ours = ['https://gate.example', 'https://app.example'];

  it.each([
    [{}, false],
    [{ origin: 'https://gate.example' }, false],
    [{ origin: 'https://app.example', 'sec-fetch-site': 'cross-site' }, false],
    [{ origin: 'https://app.example', 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'same-origin' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ origin: 'https://evil.example' }, true],
    [{ origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: 'http://gate.example' }, true],
    [{ origin: 'https://gate.example.evil.example' }, true],
    [{ origin: 'https://gate.example, https://evil.example' }, true],
    [{ origin: 'null' }, true],
    [{ origin: '' }, true],
    [{ 'sec-fetch-site': 'cross-site' }, true],
    [{ 'sec-fetch-site': 'same-site' }, true],
    [{ 'sec-fetch-site': 'Cross-Site' }, true],
    [{ 'sec-fetch-site': 'same-origin, cross-site' }, true],
  ])('%j is foreign: %s', (headers, isForeign) => {
    expect(isForeignBrowserRequest(headers, ours)).toBe(isForeign);
  });
});
